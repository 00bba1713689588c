// The goal is not reached: two people agree, and what was chosen is done, once, whatever is killed in between.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import {
  approveOutcome,
  carryOut,
  decideOutcome,
  outcomesOf,
  watchCampaigns,
  withdrawOutcome,
} from '../../src/campaigns/index.ts'
import type { Deps } from '../../src/deps.ts'
import { askRefunds, refundsOf } from '../../src/donations/index.ts'
import { poolTotals } from '../../src/ledger/index.ts'
import { verify } from '../../src/verify/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { campaignNow, ended, given, person, refusalOf, running, settled } from './run.ts'

// Several services in a row, one of them killed many times.
t.setTimeout(240_000)

const key = () => ({ idempotencyKey: randomUUID() })
const available = async ({ deps, organisationId }: TestApp, poolId: string) =>
  (await poolTotals(deps.db, organisationId, poolId))['fund-available']

async function agreed(api: TestApp, campaignId: string): Promise<string> {
  const decision = { campaignId, reason: 'Zoals beloofd', ...key() }
  const outcomeId = await decideOutcome(api.deps, person(api, 'operator'), decision)
  await approveOutcome(api.deps, person(api, 'approver'), { outcomeId })
  return outcomeId
}

async function nothingIsBroken(t: Test, api: TestApp) {
  const { laws } = await verify(api.deps.db)
  t.strictSame(
    laws.filter(({ count }) => count > 0),
    [],
    'the ledger, the trail and all else agree',
  )
}

t.test('money moves on to the pool that was named, once', async t => {
  const api = await testApp(t)
  const { deps, pools } = api
  const { campaign } = await ended(api, { movesTo: pools.open.id }, 2_500, 5_000)
  t.match(campaign, { state: 'ended' })
  t.ok((campaign.raised ?? 0n) > 7_000n, 'what there was is kept')
  const gift = await api.ask(`/v1/pools/${campaign.poolId}/donations`, {
    body: { amount: 2_500, currency: 'EUR' },
  })
  t.match(gift, { status: 409, body: { type: '/problems/campaign-over' } })
  const there = await available(api, campaign.poolId)
  const before = await available(api, pools.open.id)

  await carryOut(deps)
  t.equal(await available(api, campaign.poolId), there, 'nothing without two people')
  const decision = { campaignId: campaign.id, reason: 'Zoals beloofd', ...key() }
  const outcomeId = await decideOutcome(deps, person(api, 'operator'), decision)
  t.equal(
    await decideOutcome(deps, person(api, 'operator'), decision),
    outcomeId,
    'the same key, the same one',
  )
  const other = decideOutcome(deps, person(api, 'operator'), { ...decision, ...key() })
  t.equal(await refusalOf(other), 'outcome-open')
  const self = approveOutcome(deps, person(api, 'operator'), { outcomeId })
  t.equal(await refusalOf(self), 'maker-is-approver')
  await carryOut(deps)
  t.equal(await available(api, campaign.poolId), there, 'nor by one')

  await approveOutcome(deps, person(api, 'approver'), { outcomeId })
  await Promise.all([carryOut(deps), carryOut(deps), carryOut(deps)])
  await carryOut(deps)
  t.equal(await available(api, campaign.poolId), 0n)
  t.equal(await available(api, pools.open.id), before + there, 'every cent, once')
  t.match(await campaignNow(api, campaign.id), { state: 'closed' })
  await nothingIsBroken(t, api)
})

t.test('a chargeback after the money moved on is the campaign’s own shortfall', async t => {
  const api = await testApp(t)
  const { deps, pools } = api
  const campaign = await running(api, { movesTo: pools.open.id })
  await given(api, campaign.poolId, 6_661) // of which the donor's bank will take everything back
  await api.owner.query(`update simulation.disputes_to_come set opens_at = '2027-05-10T08:00:00Z'`)
  await settled(api, '2027-05-02')
  await watchCampaigns(deps)
  await agreed(api, campaign.id)
  await carryOut(deps)
  const moved = await available(api, pools.open.id)
  t.ok(moved > 6_000n, 'it moved')
  await settled(api, '2027-05-11')
  const after = await poolTotals(deps.db, api.organisationId, campaign.poolId)
  t.ok(after.shortfall >= 6_000n, `${after.shortfall} is missing in the campaign's pool`)
  t.equal(await available(api, pools.open.id), moved, 'and nothing in the other')
  t.equal((await poolTotals(deps.db, api.organisationId, pools.open.id)).shortfall, 0n)
  await nothingIsBroken(t, api)
})

t.test('every gift goes back whole, by the flow of every refund', async t => {
  const api = await testApp(t)
  const { deps } = api
  const { campaign, gifts } = await ended(api, {}, 2_500, 5_000, 1_000)
  // What the costs bear must be there.
  await given(api, api.pools.open.id, 1_000)
  const outcomeId = await agreed(api, campaign.id)
  await Promise.all([carryOut(deps), carryOut(deps)])
  await carryOut(deps)
  const refunds = await refundsOf(deps.db, api.organisationId, gifts)
  t.strictSame(
    refunds.map(({ amount, decidedBy, approvedBy }) => ({ amount, decidedBy, approvedBy })),
    [2_500n, 5_000n, 1_000n].map(amount => ({
      amount,
      ...{ decidedBy: api.persons.operator, approvedBy: api.persons.approver },
    })),
    'each once and whole, in the name of the two who agreed',
  )
  t.equal(await available(api, campaign.poolId), 0n)
  await askRefunds(deps)
  await settled(api, '2027-05-04')
  t.ok((await refundsOf(deps.db, api.organisationId, gifts)).every(({ state }) => state === 'paid'))
  const [outcome] = await outcomesOf(deps.db, api.organisationId, campaign.id)
  t.equal(outcome?.id, outcomeId)
  t.ok(outcome?.doneAt)
  await nothingIsBroken(t, api)
})

t.test('killed after any statement, it goes on where it stopped', async t => {
  for (const more of ['moves', 'refund'] as const) {
    const api = await testApp(t)
    const movesTo = more === 'moves' ? { movesTo: api.pools.open.id } : {}
    const { campaign, gifts } = await ended(api, movesTo, 2_500, 5_000)
    const before = await available(api, api.pools.open.id)
    const there = await available(api, campaign.poolId)
    await agreed(api, campaign.id)
    let runs = 0
    for (let after = 1; after < 400; after += 7) {
      runs += 1
      const died = await carryOut(dying(api.deps, after)).then(
        () => false,
        () => true,
      )
      if (!died && (await campaignNow(api, campaign.id)).state === 'closed') break
    }
    t.ok(runs > 3, `${more}: killed ${runs - 1} times`)
    t.match(await campaignNow(api, campaign.id), { state: 'closed' }, more)
    t.equal(await available(api, campaign.poolId), 0n)
    if (more === 'moves') t.equal(await available(api, api.pools.open.id), before + there)
    else {
      const refunds = await refundsOf(api.deps.db, api.organisationId, gifts)
      t.strictSame(
        refunds.map(({ amount, approvedBy }) => [amount, approvedBy]),
        [
          [2_500n, api.persons.approver],
          [5_000n, api.persons.approver],
        ],
      )
    }
    await nothingIsBroken(t, api)
  }
})

/** The same, until so many statements were sent: then its process is gone, and what was open rolls back. */
function dying(deps: Deps, statements: number): Deps {
  let left = statements
  const db = deps.db.withPlugin({
    transformQuery: ({ node }) => {
      left -= 1
      if (left < 0) throw new Error('killed')
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { ...deps, db }
}

t.test('two people may call it off, and others decide anew', async t => {
  const api = await testApp(t)
  const { deps } = api
  const { campaign } = await ended(api, {}, 2_500)
  const outcomeId = await agreed(api, campaign.id)
  await api.owner.query(`update auth.grants set ended_at = now(), ended_by = $1 where person_id = $2`, [
    api.persons.administrator,
    api.persons.operator,
  ])
  await carryOut(deps)
  t.ok((await available(api, campaign.poolId)) > 0n, 'whoever left gives nothing back')
  t.match(await campaignNow(api, campaign.id), { state: 'ended' })
  await withdrawOutcome(deps, person(api, 'approver'), { outcomeId, reason: 'Collega is weg' })
  t.equal(
    await refusalOf(approveOutcome(deps, person(api, 'secondApprover'), { outcomeId })),
    'outcome-not-open',
  )
})
