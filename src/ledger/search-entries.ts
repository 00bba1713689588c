/** Finds entries by what they are, when they were, what their key begins with, and whose pool they touched. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../database.ts'
import { entriesById, type LedgerPage, type WholeEntry } from './entries.ts'
import { entryIdsOfPool } from './pool-ledger.ts'

export interface EntryFilter {
  readonly kind?: string | undefined
  /** From is inclusive, until is not: a month is from its first moment until that of the next. */
  readonly effectiveFrom?: Date | undefined
  readonly effectiveUntil?: Date | undefined
  readonly recordedFrom?: Date | undefined
  readonly recordedUntil?: Date | undefined
  readonly keyPrefix?: string | undefined
  readonly poolId?: string | undefined
}

interface Page {
  /** An entry id, exclusive. */
  readonly before?: bigint | undefined
  readonly limit: number
}

/** How many of the newest entries, or of the pool's, are simply read before an index is asked. */
const NEWEST = { ofAll: 5000, ofPool: 1000 }

/**
 * Newest first, by id. Ids are no clock: what is written while somebody turns pages has higher ids and is not on the
 * later pages; only an entry that was being written when a page was read may appear on that page when it is read again.
 *
 * What people look for is mostly recent, so the newest entries are read first, in order. If they do not fill the page, the
 * rest is gathered in one pass over whichever index fits, and sorted: its cost is that of what matches, not of the ledger.
 */
export async function searchEntries(
  db: Kysely<DB>,
  organisationId: number,
  filter: EntryFilter,
  { before, limit }: Page,
  newest = filter.poolId === undefined ? NEWEST.ofAll : NEWEST.ofPool,
): Promise<LedgerPage<WholeEntry>> {
  const wanted = limit + 1
  const recent = await idsAmongNewest(db, organisationId, filter, { before, limit: wanted, newest })
  const { ids } = recent
  if (recent.next !== null && ids.length < wanted) {
    const rest = { before: recent.next, limit: wanted - ids.length }
    ids.push(...(await idsAmongAll(db, organisationId, filter, rest)))
  }
  const page = ids.slice(0, limit)
  const next = ids.length > limit ? (page.at(-1) ?? null) : null
  return { entries: await entriesById(db, organisationId, page), next }
}

/** Those that match among the newest `newest`; `next` says where it stopped looking, null when it saw all. */
async function idsAmongNewest(
  db: Kysely<DB>,
  organisationId: number,
  filter: EntryFilter,
  { before, limit, newest }: Page & { newest: number },
): Promise<{ ids: bigint[]; next: bigint | null }> {
  const ofPool =
    filter.poolId === undefined
      ? undefined
      : await entryIdsOfPool(db, organisationId, filter.poolId, { before, limit: newest })
  const { rows } = await sql<{ ids: string[] | null; last: bigint; seen: bigint }>`
    select (array_agg(e.id::text order by e.id desc) filter (where ${matching(filter)}))[:${limit}::int] as ids,
           min(e.id) as last, count(*) as seen
      from (select * from ledger.entries e where e.organisation_id = ${organisationId}
               and ${ofPool ? sql`e.id = any (${ofPool.ids}::bigint[])` : isBefore(before)}
             order by e.id desc limit ${newest}) e`.execute(db)
  const [{ ids = null, last = 0n, seen = 0n } = {}] = rows
  const next = ofPool ? ofPool.next : seen < newest ? null : last
  return { ids: (ids ?? []).map(BigInt), next }
}

/**
 * `id + 0` keeps the planner from walking all ids backwards in the hope of a match nearby: nearby was looked at. Whether
 * the pool was touched is asked last and one by one, from the newest match down, until the page is full.
 */
async function idsAmongAll(
  db: Kysely<DB>,
  organisationId: number,
  filter: EntryFilter,
  { before, limit }: Page,
): Promise<bigint[]> {
  const { rows } = await sql<{ id: bigint }>`
    select m.id
      from (select e.id, e.id + 0 as place from ledger.entries e
             where e.organisation_id = ${organisationId} and ${isBefore(before)} and ${matching(filter)}
             order by place desc ${filter.poolId === undefined ? sql`limit ${limit}` : sql`offset 0`}) m
     where ${filter.poolId === undefined ? sql`true` : touches(organisationId, filter.poolId)}
     order by m.place desc limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}

const isBefore = (before: bigint | undefined) => (before === undefined ? sql`true` : sql`e.id < ${before}`)

function matching(filter: EntryFilter): RawBuilder<boolean> {
  const conditions = [
    filter.kind === undefined ? [] : sql`e.kind = ${filter.kind}`,
    filter.effectiveFrom === undefined ? [] : sql`e.effective_at >= ${filter.effectiveFrom}`,
    filter.effectiveUntil === undefined ? [] : sql`e.effective_at < ${filter.effectiveUntil}`,
    filter.recordedFrom === undefined ? [] : sql`e.recorded_at >= ${filter.recordedFrom}`,
    filter.recordedUntil === undefined ? [] : sql`e.recorded_at < ${filter.recordedUntil}`,
    // A range of the key's own index, whatever signs the prefix has in it.
    filter.keyPrefix === undefined ? [] : sql`e.key ^@ ${filter.keyPrefix}`,
  ].flat()
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`
}

/** `offset 0` keeps it one look by key an entry: joined as a whole, all postings of a hot pool would be read. */
const touches = (organisationId: number, poolId: string) => sql`exists (
  select from ledger.postings p
   where p.organisation_id = ${organisationId} and p.entry_id = m.id and p.account_id = any (array(
         select a.id from ledger.accounts a where a.organisation_id = ${organisationId} and a.pool_id = ${poolId}))
  offset 0)`
