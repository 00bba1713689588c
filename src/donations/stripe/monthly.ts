/** Monthly gifts at Stripe: subscriptions that Checkout starts. The part of the contract that ../monthly/provider.ts asks. */
import type Stripe from 'stripe'
import type { MonthlyProvider } from '../monthly/provider.ts'
import { ProviderRejected } from '../provider.ts'
import { toCheckout } from './checkout.ts'
import { toInstalment, toMonthlyGift } from './monthly-answers.ts'
import {
  accountPageParameters,
  changeParameters,
  monthlyCheckoutParameters,
  productsOf,
} from './monthly-requests.ts'
import { outcomeOf, readingOf } from './outcome.ts'

const EVENTS = [
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
]
const METHOD = ['default_payment_method']

export function monthlyGifts(stripe: Stripe): MonthlyProvider {
  return {
    async createMonthlyCheckout(input) {
      const parameters = monthlyCheckoutParameters(input)
      for (const product of productsOf(input)) await makeProduct(stripe, product)
      return toCheckout(
        await outcomeOf(() =>
          stripe.checkout.sessions.create(parameters, { idempotencyKey: input.idempotencyKey }),
        ),
      )
    },

    async getInstalment(paymentId) {
      const { data } = await readingOf(() =>
        stripe.invoicePayments.list({
          payment: { type: 'payment_intent', payment_intent: paymentId },
          expand: ['data.invoice'],
        }),
      )
      // One payment pays one invoice of ours; of several nobody could say which is the instalment.
      const [payment, another] = data
      return payment && !another ? toInstalment(payment) : null
    },

    async getMonthlyGift(id) {
      try {
        return toMonthlyGift(await readingOf(() => stripe.subscriptions.retrieve(id, { expand: METHOD })))
      } catch (error) {
        if (error instanceof ProviderRejected && error.reason === 'not-found') return null
        throw error
      }
    },

    async listMonthlyGifts({ cursor }) {
      const page = await readingOf(() =>
        stripe.subscriptions.list({
          ...{ status: 'all', limit: 100, expand: METHOD.map(field => `data.${field}`) },
          ...(cursor === undefined ? {} : { starting_after: cursor }),
        }),
      )
      return {
        monthlyGifts: page.data.map(toMonthlyGift),
        nextCursor: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
      }
    },

    async changedMonthlyGifts(since) {
      const changed = new Map<string, Date>()
      const created = { gte: Math.floor(since.getTime() / 1000) }
      let after: { starting_after?: string } = {}
      for (;;) {
        const page = await readingOf(() =>
          stripe.events.list({ types: EVENTS, created, limit: 100, ...after }),
        )
        for (const event of page.data) {
          const { id } = event.data.object as { id: string }
          const at = new Date(event.created * 1000)
          if (at >= (changed.get(id) ?? at)) changed.set(id, at)
        }
        const last = page.data.at(-1)
        if (!page.has_more || !last) return changed
        after = { starting_after: last.id }
      }
    },

    async changeMonthlyGift(change) {
      const { subscriptionId, idempotencyKey } = change
      const answer = await outcomeOf(() =>
        change.what === 'stop'
          ? stripe.subscriptions.cancel(subscriptionId, { expand: METHOD }, { idempotencyKey })
          : stripe.subscriptions.update(
              subscriptionId,
              { ...changeParameters(change), expand: METHOD },
              { idempotencyKey },
            ),
      )
      return toMonthlyGift(answer)
    },

    async openAccountPage(input) {
      const { url } = await outcomeOf(() =>
        stripe.billingPortal.sessions.create(accountPageParameters(input)),
      )
      return { url }
    },

    async getMandate(id) {
      const { payment_method_details: details } = await readingOf(() => stripe.mandates.retrieve(id))
      return { reference: details.sepa_debit?.reference ?? null }
    },
  }
}

/** Made by whoever needs it first, under one key; that it is there already is what we want. */
async function makeProduct(stripe: Stripe, product: Stripe.ProductCreateParams): Promise<void> {
  try {
    await outcomeOf(() => stripe.products.create(product, { idempotencyKey: `product/${product.id}` }))
  } catch (error) {
    if (!(error instanceof ProviderRejected)) throw error
    if (error.providerCode !== 'resource_already_exists' && error.reason !== 'idempotency-conflict')
      throw error
  }
}
