// The trail only grows: for the application, for the owner of the database, in any way of changing it.

import t from 'tap'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'

const api = await testApp(t)

const changes = {
  update: `update acts.acts set reason = 'an afterthought'`,
  'update of a time': 'update acts.acts set at = now()',
  delete: 'delete from acts.acts',
  truncate: 'truncate acts.acts',
  'truncate, and what hangs on it': 'truncate acts.acts cascade',
  'update by merging': `merge into acts.acts a using (select 1) x on true when matched then update set detail = '{}'`,
  'update by inserting again': `insert into acts.acts (organisation_id, id, at, actor_kind, action, subject_kind, subject_id)
    overriding system value select organisation_id, id, at, 'system', 'x.y', 'x', 'x' from acts.acts
    on conflict (organisation_id, id) do update set action = 'x.y'`,
} as const

for (const [what, statement] of Object.entries(changes))
  t.test(`no ${what}, by the owner or by the application`, async t => {
    const before = await everything(api.owner)
    await t.rejects(api.owner.query(statement), { code: 'MT001' }, 'not even by the owner')
    await t.rejects(
      api.owner.query(`begin; set local role meent_app; ${statement}`),
      { code: /^(42501|MT001)$/ },
      'nor by the application',
    )
    await api.owner.query('rollback')
    t.strictSame(await everything(api.owner), before, 'and nothing changed')
  })

t.test('the application may write an act and nothing else of its row', async t => {
  await api.owner.query('begin; set local role meent_app')
  const insert = (columns: string, values: string) =>
    api.owner.query(
      `insert into acts.acts (organisation_id, at, actor_kind, action, subject_kind, subject_id${columns})
       values ($1, now(), 'system', 'x.y', 'x', 'x'${values}) returning id, recorded_at`,
      [api.organisationId],
    )
  const first = await insert(`, recorded_at`, `, '2001-01-01'`)
  t.ok(Date.now() - first.rows[0].recorded_at.getTime() < 60_000, 'when it was written is Postgres’s word')
  const second = await insert('', '')
  t.ok(BigInt(second.rows[0].id) > BigInt(first.rows[0].id), 'ids ascend')
  await t.rejects(insert(', id', ', 1'), { code: '428C9' }, 'nobody chooses an id')
  await api.owner.query('rollback')
})

t.test('an act that says too little, or who cannot be, is refused', async t => {
  const insert = (set: Record<string, string>) => {
    const row = { actor_kind: `'system'`, action: `'x.y'`, ...set }
    return api.owner.query(
      `insert into acts.acts (organisation_id, at, subject_kind, subject_id, ${Object.keys(row)})
       values (1, now(), 'x', 'x', ${Object.values(row)})`,
    )
  }
  for (const set of [
    { actor_kind: `'person'` },
    { actor_kind: `'key'` },
    { actor_id: 'gen_random_uuid()' },
    { action: `'undo'` },
    { place: `'192.0.2.1'` },
    { reason: `'x'` },
    { on_behalf_of: 'gen_random_uuid()' },
  ])
    await t.rejects(insert(set), { code: '23514' }, JSON.stringify(set))
})
