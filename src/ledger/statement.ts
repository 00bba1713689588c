/** The public ledger of a pool: its entries, newest first, each with its postings. No personal data is in there. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import type { AccountKind } from './chart.ts'

export interface LedgerEntry {
  readonly id: bigint
  readonly kind: string
  readonly key: string
  readonly effectiveAt: Date
  readonly recordedAt: Date
  readonly reverses: bigint | null
  readonly postings: readonly {
    readonly account: AccountKind
    readonly subject: string
    readonly amount: bigint
  }[]
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[]
  /** Pass it as `before` for older entries; null at the end. Stable while new entries are written. */
  readonly next: bigint | null
}

/** Entries that touched an account of the pool. `before`: an entry id, exclusive. */
export async function poolLedger(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
  { before, limit }: { before?: bigint | undefined; limit: number },
): Promise<LedgerPage> {
  const ids = await db
    .selectFrom('ledger.postings as p')
    .innerJoin('ledger.accounts as a', join =>
      join.onRef('a.organisationId', '=', 'p.organisationId').onRef('a.id', '=', 'p.accountId'),
    )
    .select('p.entryId')
    .distinct()
    .where('a.organisationId', '=', organisationId)
    .where('a.poolId', '=', poolId)
    .$if(before !== undefined, query => query.where('p.entryId', '<', before as bigint))
    .orderBy('p.entryId', 'desc')
    .limit(limit + 1)
    .execute()
  const page = ids.slice(0, limit).map(row => row.entryId)
  const entries = await entriesById(db, organisationId, page)
  return { entries, next: ids.length > limit ? (page.at(-1) ?? null) : null }
}

/** The entries with these keys, oldest first; keys that are not there are left out. */
export async function entriesByKey(
  db: Kysely<DB>,
  organisationId: number,
  keys: string[],
): Promise<LedgerEntry[]> {
  if (keys.length === 0) return []
  const rows = await db
    .selectFrom('ledger.entries')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('key', 'in', keys)
    .execute()
  const entries = await entriesById(
    db,
    organisationId,
    rows.map(row => row.id),
  )
  return entries.reverse()
}

async function entriesById(db: Kysely<DB>, organisationId: number, ids: bigint[]): Promise<LedgerEntry[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('ledger.entries as e')
    .innerJoin('ledger.postings as p', join =>
      join.onRef('p.organisationId', '=', 'e.organisationId').onRef('p.entryId', '=', 'e.id'),
    )
    .innerJoin('ledger.accounts as a', join =>
      join.onRef('a.organisationId', '=', 'p.organisationId').onRef('a.id', '=', 'p.accountId'),
    )
    .select(['e.id', 'e.kind', 'e.key', 'e.effectiveAt', 'e.recordedAt', 'e.reverses'])
    .select(['a.kind as account', 'a.subject', 'p.amount'])
    .where('e.organisationId', '=', organisationId)
    .where('e.id', 'in', ids)
    .orderBy('e.id', 'desc')
    .orderBy('p.ordinal')
    .execute()
  const entries = new Map<bigint, LedgerEntry & { postings: LedgerEntry['postings'][number][] }>()
  for (const { account, subject, amount, ...entry } of rows) {
    const known = entries.get(entry.id) ?? { ...entry, postings: [] }
    known.postings.push({ account, subject, amount })
    entries.set(entry.id, known)
  }
  return [...entries.values()]
}
