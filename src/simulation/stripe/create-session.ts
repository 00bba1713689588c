/**
 * Opens a checkout session, at most once per idempotency key. The key is claimed in the transaction that makes
 * the session; a second request with it waits for the first, then gets the same answer.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { SimulatedApiError } from './api-error.ts'
import { parseForm } from './form.ts'
import { newId } from './ids.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { parseSessionRequest } from './session-request.ts'

interface CreateSessionInput {
  /** The form as it came: with the same key it must be the same again. */
  body: string
  idempotencyKey: string | undefined
  publicBaseUrl: string
  now: Date
}

/** `replayed`: this answer was given before. */
export async function createSession(
  db: Kysely<DB>,
  input: CreateSessionInput,
): Promise<{ response: string; replayed: boolean }> {
  const key = input.idempotencyKey
  return await db.transaction().execute(async trx => {
    if (key !== undefined) {
      const earlier = await claim(trx, key, input)
      if (earlier !== null) return { response: earlier, replayed: true }
    }
    const response = JSON.stringify(await insertSession(trx, input), null, 2)
    if (key !== undefined) {
      await trx.updateTable('simulation.idempotency_keys').set({ response }).where('key', '=', key).execute()
    }
    return { response, replayed: false }
  })
}

/** null when the key is new and now ours. A refused request rolls its claim back: Stripe does not keep those either. */
async function claim(trx: Transaction<DB>, key: string, input: CreateSessionInput): Promise<string | null> {
  const claimed = await trx
    .insertInto('simulation.idempotency_keys')
    .values({ key, request: input.body, response: '', createdAt: input.now })
    .onConflict(conflict => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed !== undefined) return null
  const earlier = await trx
    .selectFrom('simulation.idempotency_keys')
    .select(['request', 'response'])
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (earlier.request === input.body) return earlier.response
  throw new SimulatedApiError(`Idempotency key ${key} was used before with other parameters.`, {
    type: 'idempotency_error',
  })
}

const OPEN_FOR_MS = 24 * 3_600_000

async function insertSession(trx: Transaction<DB>, input: CreateSessionInput) {
  const request = parseSessionRequest(parseForm(input.body))
  const row = await trx
    .insertInto('simulation.checkout_sessions')
    .values({
      id: newId('cs_test'),
      status: 'open',
      paymentStatus: 'unpaid',
      paymentIntentId: null,
      amount: request.total,
      currency: 'eur',
      clientReferenceId: request.client_reference_id ?? null,
      locale: request.locale ?? null,
      submitType: request.submit_type ?? null,
      successUrl: request.success_url,
      cancelUrl: request.cancel_url ?? null,
      methods: JSON.stringify(request.methods),
      lineItems: JSON.stringify(
        request.line_items.map(line => ({
          name: line.price_data.product_data.name,
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
