/** Postings straight into the tables, past the posting function: what only the owner can try. */
import type pg from 'pg'
import { accountIds } from './support.ts'

/** One row of ledger.postings without its entry. */
export interface RawPosting {
  readonly account: string
  readonly amount: number
  readonly balance: number
  readonly version?: number
  readonly ordinal?: number
}

/** Writes an entry and its postings into the tables in one statement, past the posting function. */
export async function insertRaw(
  owner: pg.Client,
  postings: readonly RawPosting[],
  { key = 'raw', nature = 'fact', recordedAt = 'now', reverses = null as string | null } = {},
): Promise<string> {
  const { rows } = await owner.query(
    `with entry as (
       insert into ledger.entries (organisation_id, kind, nature, key, effective_at, recorded_at, reverses)
       values (1, 'raw-entry', $1, $2, now(), $3::timestamptz, $9::bigint) returning id
     ), written as (
       insert into ledger.postings
         (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
       select 1, entry.id, p.* from entry, unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::int[]) p
     ) select id::text from entry`,
    [nature, key, recordedAt, ...(await columns(owner, postings)), reverses],
  )
  return rows[0].id
}

/** Adds postings to an entry that is there already, or to none. */
export async function insertPostings(owner: pg.Client, entryId: string, postings: readonly RawPosting[]) {
  await owner.query(
    `insert into ledger.postings
       (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
     select 1, $1::bigint, p.* from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::int[]) p`,
    [entryId, ...(await columns(owner, postings))],
  )
}

async function columns(owner: pg.Client, postings: readonly RawPosting[]) {
  return [
    await accountIds(
      owner,
      postings.map(each => each.account),
    ),
    postings.map(each => each.version ?? 1),
    postings.map(each => each.amount),
    postings.map(each => each.balance),
    postings.map((each, index) => each.ordinal ?? index + 1),
  ]
}
