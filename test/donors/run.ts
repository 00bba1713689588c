// Giving with an address, in few words.

import { deliverEvents, paySession, type SimulatedMethod } from '../../src/simulation/stripe/index.ts'
import { signInMail } from '../auth/mailbox.ts'
import type { TestApp } from '../support/app.ts'
import { type Visitor, visitor } from '../support/visitor.ts'

export const DONOR = 'gever@thuis.example'

export interface StartedGift {
  readonly donationId: string
  readonly receiptToken: string
  readonly checkoutUrl: string
  readonly reference: string | undefined
}

/** The form's and API's request; not paid yet. */
export async function start(api: TestApp, body: Record<string, unknown> = {}): Promise<StartedGift> {
  const answer = await api.ask<{
    checkoutUrl: string
    receiptToken: string
    donation: { donationId: string; transfer: { reference: string } | null }
  }>(`/v1/pools/${api.pools.open.id}/donations`, {
    body: { amount: 2_500, currency: 'EUR', email: DONOR, ...body },
  })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const { donation, checkoutUrl, receiptToken } = answer.body
  return {
    donationId: donation.donationId,
    reference: donation.transfer?.reference,
    checkoutUrl,
    receiptToken,
  }
}

/** Paid at the simulated provider, its events delivered, and not posted yet. */
export async function pay(
  { deps, world }: TestApp,
  { checkoutUrl }: StartedGift,
  method: SimulatedMethod = 'ideal',
): Promise<void> {
  const now = deps.clock.now()
  await paySession(deps.db, { id: checkoutUrl.split('/').at(-1) ?? '', method, now })
  await deliverEvents(deps.db, { now, webhookSecret: world.webhookSecret, deliver: world.deliver })
}

/** Who signed in by mail with this address. */
export async function signedIn(api: TestApp, email = DONOR, who: Visitor = visitor(api)): Promise<Visitor> {
  await who.post('/sign-in', { email })
  const entered = await who.post('/sign-in/code', { code: (await signInMail(api, email)).code })
  if (entered.status !== 303) throw new Error(`${entered.status}: ${entered.text}`)
  return who
}
