/**
 * Stripe behind the provider contract. The only folder of the slice that imports `stripe`; see README.md.
 */
import Stripe from 'stripe'
import type { PaymentProvider } from '../provider.ts'
import { checkoutParameters, toCheckout } from './checkout.ts'
import { monthlyGifts } from './monthly.ts'
import { outcomeOf, readingOf } from './outcome.ts'
import { refundParameters, toBalances, toDisputeState, toRefund } from './refunds.ts'
import { chargeMetadata, listParameters, toProviderTransaction } from './transactions.ts'
import { verifyEvent } from './verify-event.ts'
import { STRIPE_API_VERSION } from './version.ts'

export { STRIPE_API_VERSION } from './version.ts'

export interface StripeProviderOptions {
  secretKey: string
  webhookSecret: string
  /** Where Stripe is, when it is not Stripe: the simulated one in demonstration mode and tests. */
  host?: string
  port?: number
  protocol?: 'http' | 'https'
  /** Calls the simulated Stripe within the process, without a socket. */
  fetch?: typeof globalThis.fetch
  timeoutMs?: number
  maxNetworkRetries?: number
}

/** Of one attempt. A donor waits for the checkout, so an answer later than this is as good as none. */
const TIMEOUT_MS = 10_000
/** stripe-node repeats with the same idempotency key, so a retry of its own cannot charge twice. */
const MAX_NETWORK_RETRIES = 1

export function createStripeProvider(options: StripeProviderOptions): PaymentProvider {
  const stripe = new Stripe(options.secretKey, {
    apiVersion: STRIPE_API_VERSION,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    maxNetworkRetries: options.maxNetworkRetries ?? MAX_NETWORK_RETRIES,
    telemetry: false,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.protocol === undefined ? {} : { protocol: options.protocol }),
    ...(options.fetch === undefined ? {} : { httpClient: Stripe.createFetchHttpClient(options.fetch) }),
  })
  const livemode = /^[a-z]+_live_/.test(options.secretKey)

  return {
    ...monthlyGifts(stripe),

    async createCheckout(input) {
      const parameters = checkoutParameters(input)
      const session = await outcomeOf(() =>
        stripe.checkout.sessions.create(parameters, { idempotencyKey: input.idempotencyKey }),
      )
      return toCheckout(session)
    },

    async listTransactions(input) {
      const page = await readingOf(() => stripe.balanceTransactions.list(listParameters(input)))
      return {
        transactions: page.data.map(toProviderTransaction),
        nextCursor: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
      }
    },

    async getTransaction(id) {
      return toProviderTransaction(
        await readingOf(() => stripe.balanceTransactions.retrieve(id, { expand: ['source'] })),
      )
    },

    async getChargeMetadata(chargeId) {
      return chargeMetadata(
        await readingOf(() => stripe.charges.retrieve(chargeId, { expand: ['payment_intent'] })),
      )
    },

    async refund(input) {
      const parameters = refundParameters(input)
      return toRefund(
        await outcomeOf(() => stripe.refunds.create(parameters, { idempotencyKey: input.refundId })),
      )
    },

    async findRefund({ chargeId, refundId }) {
      let after: { starting_after?: string } = {}
      for (;;) {
        const page = await readingOf(() => stripe.refunds.list({ charge: chargeId, limit: 100, ...after }))
        const ours = page.data.find(({ metadata }) => metadata?.refundId === refundId)
        if (ours) return toRefund(ours)
        const last = page.data.at(-1)
        if (!page.has_more || !last) return null
        after = { starting_after: last.id }
      }
    },

    async getDispute(id) {
      return toDisputeState(await readingOf(() => stripe.disputes.retrieve(id)))
    },

    async getBalance() {
      return toBalances(await readingOf(() => stripe.balance.retrieve()))
    },

    verifyEvent: (rawBody, signatureHeader, now) =>
      verifyEvent(stripe, { webhookSecret: options.webhookSecret, livemode }, rawBody, signatureHeader, now),
  }
}
