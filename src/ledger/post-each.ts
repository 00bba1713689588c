/** Posts many together and refuses one alone: what the ledger cannot take must not hold up what came with it. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { DomainError } from '../refusals.ts'
import type { Movement } from './movements/index.ts'
import { FundsTooLow, type Posted, post } from './post.ts'

/**
 * Each item is posted whole or not at all: answers, in their order, what was posted of it or why it was refused. A batch
 * that is refused is halved until the bad item stands alone, so one among a thousand costs ten more calls.
 * Whatever else goes wrong (a deadlock, a lost connection) is thrown, for the whole transaction to be tried again.
 */
export async function postEach(
  trx: Transaction<DB>,
  organisationId: number,
  items: readonly (readonly Movement[])[],
): Promise<(readonly Posted[] | Error)[]> {
  if (items.length === 0) return []
  await sql`savepoint items`.execute(trx)
  try {
    const posted = await post(trx, organisationId, items.flat())
    await sql`release savepoint items`.execute(trx)
    const rest = [...posted]
    return items.map(item => rest.splice(0, item.length))
  } catch (error) {
    if (!isRefusal(error)) throw error
    await sql`rollback to savepoint items`.execute(trx)
    await sql`release savepoint items`.execute(trx)
    if (items.length === 1) return [error]
    const middle = items.length >> 1
    const first = await postEach(trx, organisationId, items.slice(0, middle))
    return [...first, ...(await postEach(trx, organisationId, items.slice(middle)))]
  }
}

/** The ledger's own noes: too little in a fund, a key of something else, malformed, nothing, more than a bigint. */
function isRefusal(error: unknown): error is Error {
  if (error instanceof DomainError || error instanceof FundsTooLow) return true
  return /^(MT|23514|22003)/.test((error as { code?: string }).code ?? '')
}
