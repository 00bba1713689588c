// Whatever an address of the database says, the service and its jobs have the application's rights and no more patience than theirs.

import { sql } from 'kysely'
import t from 'tap'
import { tlsProblem, withoutOptions } from '../../src/platform/database-url.ts'
import { connect } from '../../src/platform/db.ts'
import { jobsPool } from '../../src/platform/jobs.ts'
import { testDatabase } from '../support/database.ts'

t.test('options in the address undo nothing', async t => {
  const { url } = await testDatabase(t)
  const owner = new URL(url).username || 'postgres'
  const hostile = new URL(url)
  hostile.searchParams.append('options', `-c role=${owner} -c statement_timeout=0`)
  hostile.searchParams.append('options', '-c role=none')
  const asked = "select current_user as name, current_setting('statement_timeout') as timeout"

  const db = connect({ url: hostile.href, statementTimeout: 25, onError: () => {} })
  t.teardown(() => db.destroy())
  t.strictSame((await sql.raw(asked).execute(db)).rows, [{ name: 'meent_app', timeout: '25s' }])
  const patient = connect({ url: hostile.href, onError: () => {} })
  t.teardown(() => patient.destroy())
  t.strictSame(
    (await sql.raw(asked).execute(patient)).rows,
    [{ name: 'meent_app', timeout: '2min' }],
    'terminal',
  )
  const pool = jobsPool(hostile.href, () => {})
  t.teardown(() => pool.end())
  t.strictSame((await pool.query(asked)).rows, [{ name: 'meent_app', timeout: '30s' }], 'jobs')
  await t.rejects(pool.query('create table platform.anything (x int)'), /permission denied/)
})

t.test('only the options are taken out', async t => {
  t.equal(
    withoutOptions(
      'postgres://a:b@db.example:5433/meent?sslmode=verify-full&options=-c%20role%3Dx&options=y',
    ),
    'postgres://a:b@db.example:5433/meent?sslmode=verify-full',
  )
  t.match(tlsProblem('postgres://db.example/meent'), /sslmode=verify-full/)
  t.equal(tlsProblem('postgres://db.example/meent?sslmode=verify-full'), undefined)
})
