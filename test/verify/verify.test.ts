// `verify` finds nothing at any moment of the product's life, and each of its laws about what slices say can be broken.

import t, { type Test } from 'tap'
import { type Report, verify } from '../../src/verify/index.ts'
import type { TestApp } from '../support/app.ts'
import { damages } from './damages.ts'
import { tellStory } from './story.ts'

t.setTimeout(120_000)
const brokenIn = (report: Report) => report.laws.filter(law => law.count > 0)
const agrees = (t: Test) => async (api: TestApp, step: string) =>
  void t.strictSame(brokenIn(await verify(api.deps.db)), [], step)

t.test('every law holds after every step, when costs bear the fees', t =>
  tellStory(t, agrees(t), 'costs').then(() => {}),
)

t.test('every law holds after every step, and is found broken', async t => {
  const api = await tellStory(t, agrees(t))
  const report = await verify(api.deps.db)
  t.ok(report.entries > 20 && report.postings > 2 * report.entries - 1 && report.complete)
  const { owner } = api
  await owner.query('set session_replication_role = replica')
  const { rows } = await owner.query<{ name: string }>(`
    select schemaname || '.' || tablename as name from pg_tables
     where schemaname in ('ledger', 'enrolments', 'disbursements', 'reconciliation', 'donations', 'acts', 'auth')`)
  const tables = rows.map(row => row.name)
  const saved = (table: string) => `saved_${table.replace('.', '_')}`
  for (const table of tables) await owner.query(`create temp table ${saved(table)} as table ${table}`)

  for (const [law, ways] of Object.entries(damages))
    for (const [way, statement] of Object.entries(ways))
      await t.test(`found: ${way}`, async t => {
        const { rowCount } = await owner.query(statement)
        t.ok(rowCount, 'something was damaged')
        const broken = brokenIn(await verify(api.deps.db))
        t.ok(
          broken.some(each => each.check === law && each.details.every(detail => detail.length > 5)),
          `${law}; found: ${broken.map(each => each.check).join('; ')}`,
        )
        for (const table of tables)
          await owner.query(
            `delete from ${table}; insert into ${table} overriding system value table ${saved(table)}`,
          )
      })
  t.strictSame(brokenIn(await verify(api.deps.db)), [], 'nothing is found when all is back')
  const shown = await api.ask<{ complete: boolean; findings: unknown[] }>('/v1/ledger-findings', {
    as: 'auditor',
  })
  t.match(shown.body, { complete: true, at: /^\d{4}-/ })
  t.strictSame(shown.body.findings, [])
})
