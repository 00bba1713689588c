/** Entries as they are shown: each with its postings, in their order. No personal data is in there. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import type { AccountKind } from './chart.ts'
import type { Nature } from './tables.ts'

export interface LedgerEntry {
  readonly id: bigint
  readonly kind: string
  readonly key: string
  readonly effectiveAt: Date
  readonly recordedAt: Date
  readonly reverses: bigint | null
  readonly postings: readonly LedgerPosting[]
}

export interface LedgerPosting {
  readonly account: AccountKind
  readonly subject: string
  /** Minor units; debit positive, credit negative. */
  readonly amount: bigint
}

/** All that is known of an entry. */
export interface WholeEntry extends LedgerEntry {
  readonly nature: Nature
  readonly currency: string
  readonly postings: readonly (LedgerPosting & { readonly accountId: bigint })[]
}

/** Entries newest first: by id, from the highest down. */
export interface LedgerPage<Entry = LedgerEntry> {
  readonly entries: readonly Entry[]
  /** Pass it as `before` for older entries; null at the end. */
  readonly next: bigint | null
}

/** The entries with these keys, oldest first; keys that are not there are left out. */
export async function entriesByKey(
  db: Kysely<DB>,
  organisationId: number,
  keys: string[],
): Promise<WholeEntry[]> {
  if (keys.length === 0) return []
  const rows = await db
    .selectFrom('ledger.entries')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('key', 'in', keys)
    .execute()
  const ids = rows.map(row => row.id)
  return (await entriesById(db, organisationId, ids)).reverse()
}

/** The entries with these ids, newest first; ids that are not there are left out. */
export async function entriesById(
  db: Kysely<DB>,
  organisationId: number,
  ids: readonly bigint[],
): Promise<WholeEntry[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('ledger.entries as e')
    .innerJoin('ledger.postings as p', join =>
      join.onRef('p.organisationId', '=', 'e.organisationId').onRef('p.entryId', '=', 'e.id'),
    )
    .innerJoin('ledger.accounts as a', join =>
      join.onRef('a.organisationId', '=', 'p.organisationId').onRef('a.id', '=', 'p.accountId'),
    )
    .select(['e.id', 'e.kind', 'e.nature', 'e.key', 'e.effectiveAt', 'e.recordedAt', 'e.reverses'])
    .select(['a.currency', 'a.kind as account', 'a.subject', 'p.accountId', 'p.amount'])
    .where('e.organisationId', '=', organisationId)
    .where('e.id', 'in', ids)
    .orderBy('e.id', 'desc')
    .orderBy('p.ordinal')
    .execute()
  const entries = new Map<bigint, WholeEntry & { postings: WholeEntry['postings'][number][] }>()
  for (const { account, subject, accountId, amount, ...entry } of rows) {
    const known = entries.get(entry.id) ?? { ...entry, postings: [] }
    known.postings.push({ account, subject, accountId, amount })
    entries.set(entry.id, known)
  }
  return [...entries.values()]
}
