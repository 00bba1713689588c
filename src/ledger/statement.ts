/** The statement of an account: its postings one after another, each with the balance that it left. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import { onItsSide } from './balances.ts'

export interface StatementLine {
  /** 1 for the account's first posting, 2 for its second, …; never changes. */
  readonly version: bigint
  readonly entryId: bigint
  readonly kind: string
  readonly key: string
  readonly effectiveAt: Date
  readonly recordedAt: Date
  /** Debit positive, credit negative. */
  readonly amount: bigint
  /** On the account's own side. */
  readonly balanceAfter: bigint
}

export interface StatementPage {
  readonly lines: readonly StatementLine[]
  /** Pass it as `after` to go on in the same order; null at the end. */
  readonly next: bigint | null
}

/**
 * Lines never change and new ones come at the newest end only: oldest first, a page that is full stays as it is; newest
 * first, the pages that follow do. `after`: a version, exclusive.
 */
export async function statementOf(
  db: Kysely<DB>,
  organisationId: number,
  { id, side }: { id: bigint; side: string },
  { order, after, limit }: { order: 'oldest' | 'newest'; after?: bigint | undefined; limit: number },
): Promise<StatementPage> {
  const rows = await db
    .selectFrom('ledger.postings as p')
    .innerJoin('ledger.entries as e', join =>
      join.onRef('e.organisationId', '=', 'p.organisationId').onRef('e.id', '=', 'p.entryId'),
    )
    .select(['p.accountVersion as version', 'p.entryId', 'p.amount', 'p.balanceAfter'])
    .select(['e.kind', 'e.key', 'e.effectiveAt', 'e.recordedAt'])
    .where('p.organisationId', '=', organisationId)
    .where('p.accountId', '=', id)
    .$if(after !== undefined, query =>
      query.where('p.accountVersion', order === 'oldest' ? '>' : '<', after as bigint),
    )
    .orderBy('p.accountVersion', order === 'oldest' ? 'asc' : 'desc')
    .limit(limit + 1)
    .execute()
  const lines = rows
    .slice(0, limit)
    .map(row => ({ ...row, balanceAfter: onItsSide({ balance: row.balanceAfter, side }) }))
  return { lines, next: rows.length > limit ? (lines.at(-1)?.version ?? null) : null }
}
