/**
 * Binary search along accounts: versions count up without a gap, and recorded time and entry ids never fall along them,
 * so the last posting before some moment or entry is found with O(log n) reads by key, whatever the account's length.
 * It needs no index of its own, and so costs nothing when posting.
 */
import { type RawBuilder, sql } from 'kysely'

/**
 * A query that starts with `with recursive` and leaves `last_postings`: of each account in `among`, the version, entry
 * and balance (debit positive) of its last posting that `isBefore` holds for, all zero when there is none.
 *
 * `among` selects id and version of accounts whose latest posting it does not hold for. `isBefore` speaks of a
 * posting p; once false along an account, it must stay so.
 */
export function withLastPostings(
  organisationId: number,
  among: RawBuilder<unknown>,
  isBefore: RawBuilder<unknown>,
): RawBuilder<unknown> {
  // `limit 1` keeps the planner at reading rows by their keys, however many accounts there are.
  return sql`
    with recursive narrowed (account_id, version, above, entry_id, balance) as (
      select a.id, 0::bigint, a.version, 0::bigint, 0::bigint from (${among}) a
      union all
      select n.account_id,
             case when m.is_before then m.account_version else n.version end,
             case when m.is_before then n.above else m.account_version end,
             case when m.is_before then m.entry_id else n.entry_id end,
             case when m.is_before then m.balance_after else n.balance end
        from narrowed n
        cross join lateral (
          select p.account_version, p.entry_id, p.balance_after, ${isBefore} as is_before
            from ledger.postings p
           where p.organisation_id = ${organisationId} and p.account_id = n.account_id
             and p.account_version = (n.version + n.above) / 2
           limit 1) m
       where n.above - n.version > 1
    ), last_postings as (
      select account_id, version, entry_id, balance from narrowed where above - version <= 1
    )`
}

/**
 * At the moment or before it. A moment is a millisecond, as it is wherever we show one; the database knows microseconds.
 * So the balance at the moment that an entry shows has that entry in it.
 */
export const isUntil = (time: RawBuilder<unknown>, moment: Date) =>
  sql<boolean>`${time} < ${new Date(moment.getTime() + 1)}`

/** Of a posting p: was it written by then? */
export const isRecordedBy = (moment: Date) => sql<boolean>`(
  select ${isUntil(sql`e.recorded_at`, moment)} from ledger.entries e
   where e.organisation_id = p.organisation_id and e.id = p.entry_id)`
