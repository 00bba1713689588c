/** Products: what lines and subscriptions are of. Made once, under an id of whoever makes it. */
import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'
import type { DB } from '../../database.ts'
import { SimulatedApiError } from './api-error.ts'
import { parseForm } from './form.ts'
import { unixSeconds } from './objects/values.ts'
import { type OnceAnswer, type OnceInput, once } from './once.ts'

const productRequest = z.strictObject({ id: z.string().min(1).max(255), name: z.string().min(1).max(5_000) })

export async function createProduct(db: Kysely<DB>, input: OnceInput): Promise<OnceAnswer> {
  return await once(db, input, async trx => {
    const parsed = productRequest.safeParse(parseForm(input.body))
    if (!parsed.success)
      throw new SimulatedApiError(z.prettifyError(parsed.error), { code: 'parameter_invalid' })
    const { id, name } = parsed.data
    const made = await trx
      .insertInto('simulation.products')
      .values({ id, name, createdAt: input.now })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) {
      throw new SimulatedApiError(`There is a product ${id} already.`, { code: 'resource_already_exists' })
    }
    return productObject(id, name, input.now)
  })
}

/** Throws when one of them is not there. */
export async function productNames(
  trx: Transaction<DB>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await trx.selectFrom('simulation.products').selectAll().where('id', 'in', ids).execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const missing = ids.find(id => !names.has(id))
  if (missing !== undefined) {
    throw new SimulatedApiError(`There is no product ${missing}.`, { code: 'resource_missing' })
  }
  return names
}

const productObject = (id: string, name: string, at: Date) => ({
  ...{ id, object: 'product', active: true, created: unixSeconds(at), description: null, images: [] },
  ...{ livemode: false, marketing_features: [], metadata: {}, name, package_dimensions: null },
  ...{
    shippable: null,
    tax_details: null,
    tax_code: null,
    type: 'service',
    updated: unixSeconds(at),
    url: null,
  },
})
