// A transaction is tried again when somebody else was at the same rows, a few times and no more; anything else is told at once.

import { sql } from 'kysely'
import t from 'tap'
import type { DB } from '../../src/database.ts'
import { connect } from '../../src/platform/db.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testDatabase } from '../support/database.ts'

const { url } = await testDatabase(t)
const db = connect<DB>({ url, onError: () => {} })
t.teardown(() => db.destroy())

/** Fails so many times; answers the try that succeeded, and counts all. */
function failing(times: number, error: object) {
  const work = async () => {
    work.tries += 1
    if (work.tries <= times) throw Object.assign(new Error('refused'), error)
    return work.tries
  }
  work.tries = 0
  return work
}

t.test('tried again, within bounds', async t => {
  const worthIt = [
    { code: '40001' },
    { code: '40P01' },
    { code: '23505', constraint: 'entries_organisation_id_key_key' },
  ]
  const tried = worthIt.map(async error => {
    t.equal(await inTransaction(db, failing(2, error)), 3, `${error.code}: the third time it works`)
    const never = failing(Number.POSITIVE_INFINITY, error)
    await t.rejects(inTransaction(db, never), error)
    t.ok(never.tries >= 5 && never.tries <= 20, `${error.code}: ${never.tries} times, and no more`)
  })
  await Promise.all(tried)
})

t.test('not tried again', async t => {
  const others: { code?: string; constraint?: string }[] = [
    { code: '23505', constraint: 'pools_pkey' },
    { code: '23514' },
    { code: 'MT003' },
    {},
  ]
  for (const error of others) {
    const work = failing(1, error)
    await t.rejects(inTransaction(db, work), { message: 'refused', ...error })
    t.equal(work.tries, 1, JSON.stringify(error))
  }
})

t.test('a real deadlock: both end, and both have their effect once', async t => {
  const take = async (first: string, second: string, result: string) =>
    inTransaction(db, async trx => {
      await trx.insertInto('platform.idempotencyKeys').values(row(result)).execute()
      await sql`select pg_advisory_xact_lock(hashtext(${first}))`.execute(trx)
      await new Promise(resolve => setTimeout(resolve, 100))
      await sql`select pg_advisory_xact_lock(hashtext(${second}))`.execute(trx)
      return result
    })
  const done = await Promise.all([
    take('een', 'twee', 'eerste-sleutel'),
    take('twee', 'een', 'tweede-sleutel'),
  ])
  t.strictSame(done, ['eerste-sleutel', 'tweede-sleutel'])
  const keys = await db.selectFrom('platform.idempotencyKeys').select('key').orderBy('key').execute()
  t.strictSame(
    keys.map(each => each.key),
    done,
  )
})

const row = (key: string) => ({
  organisationId: 1,
  operation: 'test',
  key,
  fingerprint: Buffer.alloc(32),
  resourceId: '00000000-0000-7000-8000-000000000000',
})
