/**
 * The public ledger of a pool: its entries, newest first. An entry touches several accounts of its pool, and a pool may
 * have ten thousands of accounts, or one with ten million postings: so the newest of each account are merged.
 */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import { entriesById, type LedgerPage } from './entries.ts'
import { withLastPostings } from './last-postings.ts'

interface Page {
  /** An entry id, exclusive. */
  readonly before?: bigint | undefined
  readonly limit: number
}

/**
 * Entries that touched an account of the pool. Entries never change, and new ones get higher ids; only what was being
 * written at the moment of reading may still appear among the newest.
 */
export async function poolLedger(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
  page: Page,
): Promise<LedgerPage> {
  const { ids, next } = await entryIdsOfPool(db, organisationId, poolId, page)
  return { entries: await entriesById(db, organisationId, ids), next }
}

/** Postings read of an account for each entry wanted: an entry may well have two there, a gift and its fee. */
const POSTINGS_AN_ENTRY = 4

/** A page may hold fewer than `limit` when entries have very many postings to one account; `next` says whether it ends. */
export async function entryIdsOfPool(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
  { before, limit }: Page,
): Promise<{ ids: bigint[]; next: bigint | null }> {
  const own = sql`a.organisation_id = ${organisationId} and a.pool_id = ${poolId} and a.version > 0`
  const isBefore = before === undefined ? sql<boolean>`true` : sql<boolean>`a.last_entry_id < ${before}`
  const perAccount = limit * POSTINGS_AN_ENTRY
  // The newest entries are on accounts whose last one is among the `limit` newest last ones; no others are looked at.
  // An account that had more to give than was read is whole only down to the last that was read: `reached`.
  const { rows } = await sql<{ entryId: bigint; isWhole: boolean }>`
    ${withLastPostings(
      organisationId,
      sql`select a.id, a.version from ledger.accounts a where ${own} and not ${isBefore}`,
      sql`p.entry_id < ${before ?? 0n}`,
    )}, newest as materialized (
      select account_id, version, entry_id from last_postings where version > 0
      union all
      select a.id, a.version, a.last_entry_id from ledger.accounts a where ${own} and ${isBefore}
    ), oldest as materialized (
      select min(entry_id) as entry_id
        from (select distinct entry_id from newest order by entry_id desc limit ${limit + 1}) n
    ), taken as materialized (
      select n.account_id, p.entry_id
        from newest n
        cross join lateral (
          select entry_id from ledger.postings
           where organisation_id = ${organisationId} and account_id = n.account_id and account_version <= n.version
           order by account_version desc limit ${perAccount}) p
       where n.entry_id >= (select entry_id from oldest)
    ), reached as materialized (
      select coalesce(max(entry_id), 0) as entry_id
        from (select min(entry_id) as entry_id from taken group by account_id having count(*) = ${perAccount}) r
    )
    select t.entry_id, (select entry_id from reached) = 0 as is_whole
      from taken t where t.entry_id >= (select entry_id from reached)
     group by t.entry_id order by t.entry_id desc limit ${limit + 1}`.execute(db)
  const ids = rows.slice(0, limit).map(row => row.entryId)
  const isEnd = rows.length <= limit && (rows[0]?.isWhole ?? true)
  return { ids, next: isEnd ? null : (ids.at(-1) ?? null) }
}
