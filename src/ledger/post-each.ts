/** Posts many together and refuses one alone: what the ledger cannot take must not hold up what came with it. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { halve } from '../platform/halve.ts'
import { DomainError } from '../refusals.ts'
import type { Movement } from './movements/index.ts'
import { FundsTooLow, type Posted, post } from './post.ts'

/** Each item is posted whole or not at all: answers, in their order, what was posted of it or why it was refused. */
export function postEach(
  trx: Transaction<DB>,
  organisationId: number,
  items: readonly (readonly Movement[])[],
): Promise<(readonly Posted[] | Error)[]> {
  const postTogether = async (some: typeof items) => {
    const posted = await post(trx, organisationId, some.flat())
    return some.map(item => posted.splice(0, item.length))
  }
  return halve(trx, items, postTogether, isRefusal)
}

/**
 * The ledger's own noes: too little in a fund, a key of something else, malformed, of no day or size that can be stored.
 * A key claimed by somebody at this moment is none: the whole transaction is tried again.
 */
export function isRefusal(error: unknown): error is Error {
  if (error instanceof DomainError || error instanceof FundsTooLow || error instanceof RangeError) return true
  const { code = '', constraint } = error as { code?: string; constraint?: string }
  return /^(MT|22|23505|23514|54000)/.test(code) && constraint !== 'entries_organisation_id_key_key'
}
