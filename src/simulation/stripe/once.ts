/**
 * Makes something at most once per idempotency key. The key is claimed in the transaction that makes it; a second request
 * with it waits for the first, then gets the same answer.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { SimulatedApiError } from './api-error.ts'

export interface OnceInput {
  /** The form as it came: with the same key it must be the same again. */
  body: string
  idempotencyKey: string | undefined
  now: Date
}

/** `replayed`: this answer was given before. */
export interface OnceAnswer {
  response: string
  replayed: boolean
}

export async function once(
  db: Kysely<DB>,
  input: OnceInput,
  make: (trx: Transaction<DB>) => Promise<object>,
): Promise<OnceAnswer> {
  const key = input.idempotencyKey
  return await db.transaction().execute(async trx => {
    if (key !== undefined) {
      const earlier = await claim(trx, key, input)
      if (earlier !== null) return { response: earlier, replayed: true }
    }
    const response = JSON.stringify(await make(trx), null, 2)
    if (key !== undefined) {
      await trx.updateTable('simulation.idempotency_keys').set({ response }).where('key', '=', key).execute()
    }
    return { response, replayed: false }
  })
}

/** null when the key is new and now ours. A refused request rolls its claim back: Stripe does not keep those either. */
async function claim(trx: Transaction<DB>, key: string, input: OnceInput): Promise<string | null> {
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
