/** The organisation's accounts, each with its balance now. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import { onItsSide } from './balances.ts'
import type { AccountKind } from './chart.ts'

export interface LedgerAccount {
  readonly id: bigint
  readonly kind: AccountKind
  readonly side: 'debit' | 'credit' | 'either'
  readonly subject: string
  readonly poolId: string | null
  readonly currency: string
  /** On its own side. */
  readonly balance: bigint
  /** How many postings it has now. */
  readonly version: bigint
  /** When the last of them was written. */
  readonly recordedAt: Date | null
}

interface AccountFilter {
  readonly kind?: AccountKind | undefined
  readonly poolId?: string | undefined
}

const columns = ['id', 'kind', 'side', 'subject', 'poolId', 'currency', 'balance', 'version'] as const

/** By id, which is about the order in which they were opened. `after`: an id, exclusive; `next` is null at the end. */
export async function accountsOf(
  db: Kysely<DB>,
  organisationId: number,
  { kind, poolId, after, limit }: AccountFilter & { after?: bigint | undefined; limit: number },
): Promise<{ accounts: LedgerAccount[]; next: bigint | null }> {
  const rows = await db
    .selectFrom('ledger.accounts')
    .select([...columns, 'recordedAt'])
    .where('organisationId', '=', organisationId)
    .$if(kind !== undefined, query => query.where('kind', '=', kind as AccountKind))
    .$if(poolId !== undefined, query => query.where('poolId', '=', poolId as string))
    .$if(after !== undefined, query => query.where('id', '>', after as bigint))
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const accounts = rows.slice(0, limit).map(row => ({ ...row, balance: onItsSide(row) }))
  return { accounts, next: rows.length > limit ? (accounts.at(-1)?.id ?? null) : null }
}

/** Undefined when the organisation has no such account. */
/** A pool's free fund. Undefined while nothing ever came. */
export async function fundOf(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
): Promise<LedgerAccount | undefined> {
  const { accounts } = await accountsOf(db, organisationId, { kind: 'fund-available', poolId, limit: 1 })
  return accounts[0]
}

export async function accountById(
  db: Kysely<DB>,
  organisationId: number,
  id: bigint,
): Promise<LedgerAccount | undefined> {
  const row = await db
    .selectFrom('ledger.accounts')
    .select([...columns, 'recordedAt'])
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, balance: onItsSide(row) }
}
