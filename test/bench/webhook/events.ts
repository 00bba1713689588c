// Signed events as the provider sends them: a charge that has its balance transaction, indented, some two kilobytes.

import { STRIPE_API_VERSION } from '../../../src/donations/stripe/index.ts'
import { signPayload } from '../../../src/simulation/stripe/index.ts'
import { chargeObject } from '../../../src/simulation/stripe/objects/charge.ts'

export const WEBHOOK_SECRET = 'whsec_of_the_bench'
export const PROVIDER_KEY = 'sk_test_of_the_bench'

/** The nth charge: `world.ts` makes the same one by SQL. */
export const chargeId = (n: number): string => `py_bench_${n}`
export const transactionId = (n: number): string => `txn_bench_${n}`
export const eventId = (n: number): string => `evt_bench_${n}`

export function eventBody(n: number, id = eventId(n)): string {
  const object = chargeObject({
    ...{ id: chargeId(n), paymentIntentId: `pi_bench_${n}`, checkoutSessionId: 'cs_test_bench' },
    ...{ status: 'succeeded', amount: 2_500n, currency: 'eur', method: 'ideal', settlesAt: null },
    ...{ balanceTransactionId: transactionId(n), failureBalanceTransactionId: null, failureCode: null },
    ...{ metadata: '{}', createdAt: new Date() },
    ...{ bounces: false, invoiceId: null, mandateId: null, paymentMethodId: null },
  })
  const body = {
    ...{ id, object: 'event', api_version: STRIPE_API_VERSION, created: Math.floor(Date.now() / 1000) },
    ...{
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
    },
    type: 'charge.updated',
  }
  return JSON.stringify(body, null, 2)
}

/** As it goes over the wire, signed now. */
export function eventRequest(body: string, path = '/v1/provider-events'): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Stripe-Signature: ${signPayload(body, WEBHOOK_SECRET, new Date())}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
