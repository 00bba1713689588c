/** Entries as they are shown: each with its postings, in their order. No personal data is in there. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import type { AccountKind } from './chart.ts'
import * as movements from './movements/index.ts'
import type { Nature } from './tables.ts'

/** What an entry may be: the name of its movement, or a reversal of one. */
export const entryKinds: readonly string[] = [
  ...Object.keys(movements).map(name => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)),
  'reversal',
]

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

/**
 * The entries with these ids, newest first; ids that are not there are left out. Each row is looked up by its key: a join
 * that the planner orders by what the tables held a minute ago can take minutes in a ledger that grows fast.
 */
export async function entriesById(
  db: Kysely<DB>,
  organisationId: number,
  ids: readonly bigint[],
): Promise<WholeEntry[]> {
  if (ids.length === 0) return []
  type Row = Omit<WholeEntry, 'postings'> & LedgerPosting & { accountId: bigint }
  const { rows } = await sql<Row>`
    select e.id, e.kind, e.nature, e.key, e.effective_at, e.recorded_at, e.reverses,
           a.currency, a.kind as account, a.subject, p.account_id, p.amount
      from unnest(${ids.map(String)}::bigint[]) w(id)
     cross join lateral (
       select * from ledger.entries where organisation_id = ${organisationId} and id = w.id limit 1) e
     cross join lateral (
       select * from ledger.postings where organisation_id = ${organisationId} and entry_id = w.id offset 0) p
     cross join lateral (
       select * from ledger.accounts where organisation_id = ${organisationId} and id = p.account_id limit 1) a
     order by e.id desc, p.ordinal`.execute(db)
  const entries = new Map<bigint, WholeEntry & { postings: WholeEntry['postings'][number][] }>()
  for (const { account, subject, accountId, amount, ...entry } of rows) {
    const known = entries.get(entry.id) ?? { ...entry, postings: [] }
    known.postings.push({ account, subject, accountId, amount })
    entries.set(entry.id, known)
  }
  return [...entries.values()]
}
