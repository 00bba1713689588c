/** The simulated Stripe on a database of its own, with a clock that the test moves and the real client beside it. */
import type { Kysely } from 'kysely'
import type { Test } from 'tap'
import type { DB } from '../../src/database.ts'
import type { CheckoutInput, PaymentProvider } from '../../src/donations/provider.ts'
import { createStripeProvider } from '../../src/donations/stripe/index.ts'
import { connect } from '../../src/platform/db.ts'
import { buildSimulatedStripe, fetchInto } from '../../src/simulation/stripe/index.ts'
import { testDatabase } from '../support/database.ts'

export const SECRET_KEY = 'sk_test_simulated'
export const WEBHOOK_SECRET = 'whsec_simulated'

export interface SimulatedSetup {
  db: Kysely<DB>
  app: ReturnType<typeof buildSimulatedStripe>
  clock: { now: Date }
  provider: PaymentProvider
  /** Opens a checkout and answers its id; each call is another donation. */
  openSession: (changes?: Partial<CheckoutInput>) => Promise<string>
}

/** Monday 2 November 2026, eleven o'clock in Amsterdam. */
const START = '2026-11-02T10:00:00Z'

export async function simulatedStripe(t: Test): Promise<SimulatedSetup> {
  const { appUrl } = await testDatabase(t)
  const db = connect<DB>({ url: appUrl, onError: () => {} })
  const clock = { now: new Date(START) }
  const app = buildSimulatedStripe({
    db,
    now: () => clock.now,
    publicBaseUrl: 'http://meent.test/',
    secretKey: SECRET_KEY,
  })
  t.teardown(async () => {
    await app.close()
    await db.destroy()
  })
  const provider = createStripeProvider({
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    fetch: fetchInto(app),
    maxNetworkRetries: 0,
  })
  let count = 0
  const openSession = async (changes: Partial<CheckoutInput> = {}) => {
    count += 1
    return (await provider.createCheckout(checkoutInput({ idempotencyKey: `key-${count}`, ...changes })))
      .providerCheckoutId
  }
  return { db, app, clock, provider, openSession }
}

export function checkoutInput(changes: Partial<CheckoutInput> = {}): CheckoutInput {
  return {
    donationId: '0192f0c0-0000-7000-8000-000000000001',
    poolName: 'Groningen & omstreken',
    amount: 2_500n,
    costsShare: 150n,
    currency: 'EUR',
    successUrl: 'http://meent.test/thanks?checkout={CHECKOUT_SESSION_ID}',
    cancelUrl: 'http://meent.test/pools/groningen',
    locale: 'nl',
    idempotencyKey: 'key-of-this-donation',
    metadata: { organisationId: '1', poolId: '0192f0c0-0000-7000-8000-0000000000aa' },
    ...changes,
  }
}
