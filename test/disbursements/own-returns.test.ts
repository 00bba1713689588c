// What came back is paid again only with other eyes: an approver agrees who did not bring in the statement that says so. Else one
// person could invent a return and have the money sent a second time.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { giveRole } from '../../src/auth/index.ts'
import { newKeySecret } from '../../src/auth/key-secret.ts'
import { approveRetries, makePaymentFile } from '../../src/disbursements/index.ts'
import { sha256 } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { importStatement } from '../../src/reconciliation/index.ts'
import { verify } from '../../src/verify/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { returned } from './returns.ts'
import { actor, approved, fund, outcomes, recipient, sent } from './run.ts'

type Bringer = Parameters<typeof importStatement>[1]

/** A month that is paid, and a return that this one brings in. */
async function cameBack(api: TestApp, bringer: (api: TestApp) => Promise<Bringer>) {
  await fund(api, 1_000_000)
  const enrolmentId = await recipient(api, 'NL35MEEN0000000004')
  const cycleId = await approved(api, '2027-03')
  await sent(api, cycleId)
  await api.liveTo('2027-04-05')
  await importStatement(api.deps, await bringer(api), await returned(api, cycleId))
  const action = () => ({ cycleId, idempotencyKey: randomUUID() })
  return { enrolmentId, cycleId, action }
}

t.test('nobody pays again what came back before an approver agreed, and then anybody may', async t => {
  const api = await testApp(t)
  const { enrolmentId, cycleId, action } = await cameBack(api, async () => actor(api, 'treasurer'))
  t.strictSame(await outcomes(api, cycleId), { [enrolmentId]: 'returned AM05' })
  for (const who of ['treasurer', 'operator'] as const)
    await t.rejects(makePaymentFile(api.deps, actor(api, who), action()), { code: 'retry-not-approved' }, who)
  const { rows } = await api.owner.query('select id, payout_id, batch_id from disbursements.attempts')
  const [attempt] = rows
  const rawly = async (sql: string, ...values: unknown[]) => {
    await api.owner.query('begin; set local role meent_app')
    try {
      await api.owner.query(sql, values)
      return 'done'
    } catch (error) {
      return String((error as { code: string }).code)
    } finally {
      await api.owner.query('rollback')
    }
  }
  const again = `insert into disbursements.attempts (organisation_id, id, payout_id, batch_id, end_to_end_id)
    values ($1, gen_random_uuid(), $2, $3, 'NOG-EENS')`
  const retry = `insert into disbursements.retries (organisation_id, attempt_id, approved_by, approved_at)
    values ($1, $2, $3, now())`
  const { organisationId, persons } = api
  t.equal(await rawly(again, organisationId, attempt.payout_id, attempt.batch_id), 'MT001', 'nor by raw SQL')
  t.equal(
    await rawly(retry, organisationId, attempt.id, persons.operator),
    'MT001',
    'agreed to by no approver',
  )
  const key = action()
  await approveRetries(api.deps, actor(api, 'approver'), key)
  await approveRetries(api.deps, actor(api, 'approver'), key)
  await t.rejects(approveRetries(api.deps, actor(api, 'secondApprover'), action()), {
    code: 'nothing-came-back',
  })
  t.equal(await rawly('delete from disbursements.retries'), '42501')
  t.equal(await rawly(again, organisationId, attempt.payout_id, attempt.batch_id), 'done')
  t.type(await makePaymentFile(api.deps, actor(api, 'treasurer'), action()), 'string', 'the treasurer too')
  await t.rejects(makePaymentFile(api.deps, actor(api, 'operator'), action()), {
    code: 'payment-file-exists',
  })
  const { laws } = await verify(api.deps.db, { organisationId })
  t.strictSame(
    laws
      .filter(({ check: law }) => /paying again|statement|payout/.test(law))
      .flatMap(({ count }) => count || []),
    [],
  )
})

const bringers: Record<string, (api: TestApp) => Promise<Bringer>> = {
  'by themselves': async api => actor(api, 'approver'),
  'by a key that they made': async api => {
    const id = randomUUID()
    await api.owner.query(
      `insert into auth.keys (organisation_id, id, key_sha256, start, name, scopes, created_by, expires_at)
       values ($1, $2, $3, 'meent_ab', 'Bank', '{statements.import}', $4, clock_timestamp() + interval '1 day')`,
      [api.organisationId, id, sha256(newKeySecret()), api.persons.approver],
    )
    return { kind: 'key', id }
  },
  'by a second mailbox of theirs': async api => {
    const { deps, organisationId } = api
    const personId = await inTransaction(deps.db, trx =>
      addMember(trx, deps.vault, organisationId, 'second-mailbox', 'auditor'),
    )
    await giveRole(deps, actor(api, 'approver'), { personId, role: 'treasurer', reason: 'Proef' })
    return { kind: 'person', id: personId }
  },
}
for (const [how, bringer] of Object.entries(bringers))
  t.test(`a return that an approver brought in ${how} takes another approver`, async t => {
    const api = await testApp(t)
    const { action } = await cameBack(api, bringer)
    const own = () => approveRetries(api.deps, actor(api, 'approver'), action())
    await t.rejects(own(), { code: 'importer-is-approver' })
    const { rows } = await api.owner.query('select id from disbursements.attempts')
    const rawly = api.owner.query(
      `insert into disbursements.retries (organisation_id, attempt_id, approved_by, approved_at) values ($1, $2, $3, now())`,
      [api.organisationId, rows[0].id, api.persons.approver],
    )
    await t.rejects(rawly, { code: 'MT001' }, 'nor by raw SQL of the owner')
    await approveRetries(api.deps, actor(api, 'secondApprover'), action())
    t.type(await makePaymentFile(api.deps, actor(api, 'operator'), action()), 'string')
  })

t.test('an outcome that no entry of the bank says is refused', async t => {
  const api = await testApp(t)
  await fund(api, 1_000_000)
  await recipient(api, 'NL35MEEN0000000004')
  await sent(api, await approved(api, '2027-03'))
  for (const outcome of ['settled', 'returned', 'rejected'])
    for (const entry of ['null', `'made-up/1'`])
      await t.rejects(
        api.owner.query(
          `update disbursements.attempts set outcome = '${outcome}', outcome_at = now(), outcome_entry = ${entry}`,
        ),
        { code: 'MT001' },
        `${outcome} by ${entry}`,
      )
})
