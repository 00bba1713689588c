/** Opens a checkout session, at most once per idempotency key. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { parseForm } from './form.ts'
import { newId } from './ids.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { type OnceAnswer, type OnceInput, once } from './once.ts'
import { productNames } from './products.ts'
import { parseSessionRequest } from './session-request.ts'

interface CreateSessionInput extends OnceInput {
  publicBaseUrl: string
}

export async function createSession(db: Kysely<DB>, input: CreateSessionInput): Promise<OnceAnswer> {
  return await once(db, input, trx => insertSession(trx, input))
}

const OPEN_FOR_MS = 24 * 3_600_000

async function insertSession(trx: Transaction<DB>, input: CreateSessionInput) {
  const request = parseSessionRequest(parseForm(input.body))
  const names = await productNames(
    trx,
    request.line_items.flatMap(line => line.price_data.product ?? []),
  )
  const row = await trx
    .insertInto('simulation.checkout_sessions')
    .values({
      id: newId('cs_test'),
      status: 'open',
      paymentStatus: 'unpaid',
      paymentIntentId: null,
      amount: request.total,
      currency: 'eur',
      mode: request.mode,
      subscriptionMetadata: JSON.stringify(request.subscription_data?.metadata ?? {}),
      clientReferenceId: request.client_reference_id ?? null,
      locale: request.locale ?? null,
      submitType: request.submit_type ?? null,
      successUrl: request.success_url,
      cancelUrl: request.cancel_url ?? null,
      methods: JSON.stringify(request.methods),
      lineItems: JSON.stringify(
        request.line_items.map(line => ({
          name: line.price_data.product_data?.name ?? names.get(line.price_data.product ?? ''),
          product: line.price_data.product,
          amount: String(line.quantity * line.price_data.unit_amount),
        })),
      ),
      metadata: JSON.stringify(request.metadata),
      intentMetadata: JSON.stringify(request.payment_intent_data?.metadata ?? {}),
      createdAt: input.now,
      expiresAt: new Date(input.now.getTime() + OPEN_FOR_MS),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return checkoutSessionObject(row, input.publicBaseUrl)
}
