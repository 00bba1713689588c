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

/** The ledger's own noes: too little in a fund, a key of something else, malformed, nothing, more than a bigint. */
export function isRefusal(error: unknown): error is Error {
  if (error instanceof DomainError || error instanceof FundsTooLow) return true
  return /^(MT|23514|22003)/.test((error as { code?: string }).code ?? '')
}
