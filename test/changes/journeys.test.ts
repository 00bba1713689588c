// Each kind of change from a proposal to what it does, and what it leaves alone; `verify` finds nothing afterwards.

import t, { type Test } from 'tap'
import { acceptFirstKeys, providerKeys } from '../../src/organisations/index.ts'
import { liveOn } from '../../src/simulation/index.ts'
import { verify } from '../../src/verify/index.ts'
import { approved, cycleOf, fund, outcomes, paydays, recipient, sent } from '../disbursements/run.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { allRefused } from '../support/refused.ts'
import { account, agreed, approve, type ChangeBody, NEW_IBAN, problemOf, proposed } from './run.ts'

const finds = async (api: TestApp) =>
  (await verify(api.deps.db, { organisationId: api.organisationId })).laws.filter(law => law.count > 0)

t.test('a month before and a month after another account of our own', async t => {
  const api = await testApp(t)
  await fund(api, 500_000)
  const enrolmentId = await recipient(api, 'NL08MEEN0000000005')
  const march = await approved(api, '2027-03')
  const change = await proposed(api, 'treasurer', account)
  const batchOfMarch = await sent(api, march)
  t.equal((await approve(api, 'approver', change)).status, 201)
  const ibanOf = async (batch: string) =>
    (
      await api.owner.query(
        `select a.iban from disbursements.batches b join organisations.bank_accounts a on a.id = b.bank_account_id where b.id = $1`,
        [batch],
      )
    ).rows[0]?.iban
  t.equal(await ibanOf(batchOfMarch), 'NL60MEEN0123456789', 'what was made keeps its account')
  await api.liveTo('2027-03-26')
  t.strictSame(
    await outcomes(api, march),
    { [enrolmentId]: 'paid' },
    'and the statement of the old one settles it',
  )
  await fund(api, 200_000, '2027-04-05')
  const april = await approved(api, '2027-04')
  const batchOfApril = await sent(api, april)
  t.equal(await ibanOf(batchOfApril), NEW_IBAN)
  await api.liveTo('2027-04-28')
  t.strictSame(await outcomes(api, april), { [enrolmentId]: 'paid' }, 'the new account pays the next month')
  const founded = await api.ask('/v1/pools', {
    as: 'administrator',
    body: { slug: 'nieuw', name: 'Nieuwe pot', kind: 'community', area: 'Testdorp' },
  })
  t.equal(founded.status, 201)
  const { rows } = await api.owner.query('select count(distinct bank_account_id)::int as n from pools.pools')
  t.equal(rows[0]?.n, 1, 'every pool, a new one too, is paid from it')
  t.strictSame(await finds(api), [])
  await agreed(api, 'treasurer', { ...account, iban: 'NL60MEEN0123456789' })
  t.strictSame(await finds(api), [], 'and one can go back')
})

t.test('terms of a pool, before and after the first gift', async t => {
  const api = await testApp(t)
  const of = (poolId: string, terms: object) => ({ kind: 'pool-terms', poolId, terms })
  const alone = await proposed(api, 'administrator', of(api.pools.open.id, { monthlyAmount: 20_000 }))
  t.match(alone, {
    state: 'alone',
    content: { from: { monthlyAmount: 10_000 }, to: { monthlyAmount: 20_000 } },
  })
  await fund(api, 500_000)
  const enrolmentId = await recipient(api, 'NL08MEEN0000000005')
  const march = await cycleOf(api, '2027-03')
  await api.give(api.pools.open.id, 3_000)
  const terms = { monthlyAmount: 30_000, paydayOfMonth: 10, feeBearer: 'costs', name: 'Pot nieuw' }
  const change = await proposed(api, 'administrator', of(api.pools.open.id, terms))
  t.equal(change.state, 'open', 'somebody gave on the old ones')
  const before = await api.ask<{ monthlyAmount: number }>(`/v1/pools/${api.pools.open.id}`)
  t.equal(before.body.monthlyAmount, 20_000)
  t.equal((await approve(api, 'approver', change)).status, 201)
  t.match((await api.ask(`/v1/pools/${api.pools.open.id}`)).body, terms)
  await api.liveTo('2027-03-12')
  const planned = await paydays(api)
  t.equal(planned['2027-03'], '2027-03-25', 'what was planned keeps its payday')
  const again = await approved(api, '2027-03')
  t.equal(again, march)
  const { rows } = await api.owner.query(
    'select amount::int from disbursements.payouts where enrolment_id = $1',
    [enrolmentId],
  )
  t.strictSame(rows, [{ amount: 20_000 }], 'and who takes part keeps the amount')
  const page = await api.ask<{ text: string }>('/pools/open', { headers: { accept: 'text/html' } })
  t.match(page.body.text, /200[\s\S]*wordt[\s\S]*300/, 'everybody sees what it was and became')
  await fund(api, 2_000, '2027-03-19')
  t.strictSame(await finds(api), [], 'gifts keep who bore their fee')
})

t.test('a gift and new terms at once: never terms that somebody gave on, by one person', async t => {
  const api = await testApp(t)
  for (let round = 0; round < 5; round += 1) {
    const pool = await api.ask<{ id: string }>('/v1/pools', {
      as: 'administrator',
      body: { slug: `race-${round}`, name: `Pot ${round}`, kind: 'community', area: 'Testdorp' },
    })
    const poolId = pool.body.id
    const [gift, change] = await Promise.all([
      api.ask(`/v1/pools/${poolId}/donations`, { body: { amount: 1_000, currency: 'EUR' } }),
      proposed(api, 'administrator', { kind: 'pool-terms', poolId, terms: { termMonths: 6 } }),
    ])
    t.equal(gift.status, 201)
    t.ok(['alone', 'open'].includes(change.state), change.state)
  }
  t.strictSame(await finds(api), [])
})

t.test('a role that approves works from the moment it was approved', async t => {
  const api = await testApp(t)
  const { treasurer } = api.persons
  await fund(api, 500_000)
  await recipient(api, 'NL08MEEN0000000005')
  const cycleId = await cycleOf(api, '2027-03')
  await api.ask(`/v1/cycles/${cycleId}/proposals`, { as: 'approver', method: 'POST' })
  const attempt = () => api.ask(`/v1/cycles/${cycleId}/approvals`, { as: 'treasurer', method: 'POST' })
  t.equal(problemOf(await attempt()), 'not-allowed')
  await agreed(api, 'administrator', {
    kind: 'approving-role',
    personId: treasurer,
    role: 'approver',
    poolId: api.pools.open.id,
  })
  t.equal((await attempt()).status, 201)
  t.strictSame(await finds(api), [])
})

const otherKeys = (api: TestApp) =>
  providerKeys(api.deps.db, api.organisationId, 'simulated', {
    secretKey: 'sk_test_of_somebody_else',
    webhookSecret: 'whsec_of_the_test',
  })

/** The environment now holds other keys: the same parts, started again. */
function restartedWithOtherKeys(api: TestApp): void {
  const keys = otherKeys(api)
  Object.assign(api.deps.providerKeys, keys)
}

t.test(
  'other keys of the provider: payments wait, nothing is lost, and two people let them go on',
  async t => {
    const api = await testApp(t)
    const poolId = api.pools.open.id
    await api.give(poolId, 5_000)
    restartedWithOtherKeys(api)
    await acceptFirstKeys(api.deps.db, api.organisationId, api.deps.providerKeys)
    const started = await api.ask(`/v1/pools/${poolId}/donations`, {
      body: { amount: 1_000, currency: 'EUR' },
    })
    t.match([started.status, problemOf(started)], [503, 'payments-on-hold'])
    const inbox = async () =>
      Number((await api.owner.query('select count(*) from donations.inbox')).rows[0]?.count)
    const events = await inbox()
    t.ok(events > 0)
    await liveOn(api.deps, api.world)
    const entries = async () =>
      Number(
        (
          await api.owner.query(
            `select count(*) from ledger.entries where kind like 'donation%' or kind like 'provider%'`,
          )
        ).rows[0]?.count,
      )
    const booked = await entries()
    await api.liveTo('2027-03-08')
    t.equal(await entries(), booked, 'nothing is posted')
    const change = await proposed(api, 'treasurer', { kind: 'provider-keys' })
    t.match(change.content, { to: api.deps.providerKeys.fingerprint.toString('hex') })
    t.equal(problemOf(await approve(api, 'administrator', change)), 'not-allowed', 'no administrator')
    t.equal((await approve(api, 'approver', change)).status, 201)
    await api.liveTo('2027-03-09')
    t.ok((await entries()) > booked, 'what waited is posted')
    t.equal(
      (await api.ask(`/v1/pools/${poolId}/donations`, { body: { amount: 1_000, currency: 'EUR' } })).status,
      201,
    )
    t.strictSame(await finds(api), [])
  },
)

t.test('a freeze between approval and payment file, and lifted by two', async t => {
  const api = await testApp(t)
  await fund(api, 500_000)
  const enrolmentId = await recipient(api, 'NL08MEEN0000000005')
  const march = await approved(api, '2027-03')
  const body = { reason: 'Er klopt iets niet met een rekening' }
  t.equal(problemOf(await api.ask('/v1/payment-freezes', { as: 'administrator', body })), 'not-allowed')
  t.equal((await api.ask('/v1/payment-freezes', { as: 'approver', body })).status, 201)
  api.setClock(new Date('2027-03-22T10:00:00Z'))
  const frozen = { status: 409, code: 'payments-frozen' } as const
  await allRefused(t, api, [
    ['a file', `/v1/cycles/${march}/payment-files`, { as: 'operator', method: 'POST' }, frozen],
    ['a second freeze', '/v1/payment-freezes', { as: 'secondApprover', body }, frozen],
  ])
  await t.rejects(sent(api, march), { code: 'payments-frozen' })
  const refusal = await api.ask<{ detail: string }>(`/v1/cycles/${march}/payment-files`, {
    as: 'operator',
    method: 'POST',
  })
  t.match(refusal.body.detail, /^(Sinds 5 maart 2027|Since 5 March 2027): /, 'the day as people say it')
  await checkRaw(t, api, march)
  await api.give(api.pools.other.id, 1_000)
  await api.liveTo('2027-03-23')
  t.ok(true, 'gifts and statements go on')
  const lift = await proposed(api, 'approver', { kind: 'lift-freeze' })
  t.equal(problemOf(await approve(api, 'administrator', lift)), 'not-allowed', 'no administrator lifts it')
  t.equal(problemOf(await approve(api, 'approver', lift)), 'maker-is-approver')
  t.equal((await approve(api, 'secondApprover', lift)).status, 201)
  await sent(api, march)
  await api.liveTo('2027-03-29')
  t.strictSame(await outcomes(api, march), { [enrolmentId]: 'paid' })
  const shown = await api.ask<{ paymentFreezes: ChangeBody[] }>('/v1/payment-freezes', { as: 'auditor' })
  t.match(shown.body.paymentFreezes, [{ ...body, frozenBy: api.persons.approver, liftChangeId: lift.id }])
  t.strictSame(await finds(api), [])
})

/** The database refuses the same three steps. */
async function checkRaw(t: Test, api: TestApp, cycleId: string): Promise<void> {
  const { operator, approver } = api.persons
  const tries = {
    approving: [
      approver,
      `update disbursements.cycles set approved_by = $1, approved_at = now() where id <> $2 and approved_by is null`,
    ],
    'a batch': [
      operator,
      `insert into disbursements.batches (organisation_id, id, cycle_id, bank_account_id, message_id, execution_date,
      payouts, total, currency, document_id, made_by, made_at)
      select organisation_id, gen_random_uuid(), $2, gen_random_uuid(), 'x', now(), 1, 1, 'EUR', gen_random_uuid(), $1, now()
        from disbursements.cycles where id = $2`,
    ],
  } as const
  for (const [what, [by, sql]] of Object.entries(tries)) {
    await api.owner.query('begin')
    await api.owner.query(`insert into disbursements.cycles (organisation_id, id, pool_id, month, payday, planned_at)
      select organisation_id, gen_random_uuid(), pool_id, '2030-01-01', '2030-01-25', now() from disbursements.cycles limit 1`)
    await api.owner.query(
      'update disbursements.cycles set proposed_by = $1, proposed_at = now() where proposed_by is null',
      [operator],
    )
    await t.rejects(api.owner.query(sql, [by, cycleId]), { code: 'MT001', message: /frozen/ }, what)
    await api.owner.query('rollback')
  }
}
