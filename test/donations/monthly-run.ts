// Monthly gifts in few words: started over the API, paid on the provider's page, and days that pass one after the other.

import { addDays, instantOf, localDate } from '../../src/platform/calendar/index.ts'
import { liveOn } from '../../src/simulation/index.ts'
import { deliverEvents, paySession, type SimulatedMethod } from '../../src/simulation/stripe/index.ts'
import { verify } from '../../src/verify/index.ts'
import { DONOR } from '../donors/run.ts'
import type { TestApp } from '../support/app.ts'

export async function startMonthly(api: TestApp, body: Record<string, unknown> = {}) {
  const answer = await api.ask<{ monthlyGift: { id: string }; checkoutUrl: string }>(
    `/v1/pools/${api.pools.open.id}/monthly-gifts`,
    { body: { amount: 2_500, costsShare: 100, currency: 'EUR', email: DONOR, ...body } },
  )
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return { id: answer.body.monthlyGift.id, checkoutUrl: answer.body.checkoutUrl }
}

/** Paid at the simulated provider, its events delivered, and nothing posted yet. */
export async function payFirst(
  { deps, world }: TestApp,
  { checkoutUrl }: { checkoutUrl: string },
  method: SimulatedMethod = 'ideal',
): Promise<void> {
  const now = deps.clock.now()
  await paySession(deps.db, { id: checkoutUrl.split('/').at(-1) ?? '', method, now })
  await deliverEvents(deps.db, { now, webhookSecret: world.webhookSecret, deliver: world.deliver })
}

export async function begin(api: TestApp, body: Record<string, unknown> = {}, method?: SimulatedMethod) {
  const started = await startMonthly(api, body)
  await payFirst(api, started, method)
  await liveOn(api.deps, api.world)
  return started.id
}

/** Each day at noon, as the jobs would. */
export async function dayByDay(api: TestApp, last: string): Promise<void> {
  for (let day = addDays(localDate(api.deps.clock.now()), 1); day <= last; day = addDays(day, 1)) {
    api.setClock(instantOf(day, '12:00'))
    await liveOn(api.deps, api.world)
  }
}

export async function instalments(api: TestApp, id: string): Promise<string[]> {
  const { rows } = await api.owner.query(
    `select to_char(d.created_at, 'YYYY-MM-DD') || ' ' || d.amount || '+' || d.costs_share || ' ' || string_agg(t.kind, ' ' order by t.amount desc) as line
       from donations.donations d
       left join donations.provider_transactions t on t.organisation_id = d.organisation_id and t.donation_id = d.id and t.parked is null
      where d.monthly_gift_id = $1 group by d.id, d.created_at, d.amount, d.costs_share order by d.created_at, d.id`,
    [id],
  )
  return rows.map(({ line }) => line)
}

export async function letterKinds({ owner }: TestApp): Promise<string[]> {
  const { rows } = await owner.query(
    "select kind from mail.outbox where kind <> 'sign-in' order by queued_at, id",
  )
  return rows.map(({ kind }) => kind)
}

export async function broken({ deps, organisationId }: TestApp) {
  const { laws } = await verify(deps.db, { organisationId })
  return laws.filter(law => law.count > 0)
}
