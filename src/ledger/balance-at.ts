/** The balance of an account at a moment: as the ledger had it then, or as it was by all that is known now. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import type { LedgerAccount } from './accounts-of.ts'
import { onItsSide } from './balances.ts'
import { isRecordedBy, isUntil, withLastPostings } from './last-postings.ts'

/** All that was written at that moment or before it; O(log n). */
export async function balanceRecordedAt(
  db: Kysely<DB>,
  organisationId: number,
  account: LedgerAccount,
  moment: Date,
): Promise<bigint> {
  const { rows } = await sql<{ balance: bigint }>`
    ${withRecorded(organisationId, account.id, moment)} select balance from recorded`.execute(db)
  return onItsSide({ balance: rows[0]?.balance ?? 0n, side: account.side })
}

/** Below this many postings they are simply read. */
const FEW_POSTINGS = 1000n

/** All that happened at that moment or before it, whenever it was written. */
export async function balanceEffectiveAt(
  db: Kysely<DB>,
  organisationId: number,
  account: LedgerAccount,
  moment: Date,
  fewPostings = FEW_POSTINGS,
): Promise<bigint> {
  const query = account.version < fewPostings ? sumOfPostings : recordedAndDisplaced
  const { rows } = await query(organisationId, account.id, moment).execute(db)
  return onItsSide({ balance: rows[0]?.balance ?? 0n, side: account.side })
}

const sumOfPostings = (organisationId: number, id: bigint, moment: Date) => sql<{ balance: bigint }>`
  select coalesce(sum(p.amount), 0)::bigint as balance
    from ledger.postings p join ledger.entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
   where p.organisation_id = ${organisationId} and p.account_id = ${id} and ${isUntil(sql`e.effective_at`, moment)}`

/**
 * What was recorded by then, with what was written later about before, and without what was written before about later:
 * such entries lie close to the moment, so it does not matter how long ago that was.
 */
function recordedAndDisplaced(organisationId: number, id: bigint, moment: Date) {
  const recorded = isUntil(sql`e.recorded_at`, moment)
  const effective = isUntil(sql`e.effective_at`, moment)
  return sql<{ balance: bigint }>`
    ${withRecorded(organisationId, id, moment)}, displaced as materialized (
      select e.id, 1 as sign from ledger.entries e
       where e.organisation_id = ${organisationId} and ${effective} and not ${recorded}
      union all
      select e.id, -1 from ledger.entries e
       where e.organisation_id = ${organisationId} and ${recorded} and not ${effective}
    )
    select r.balance + coalesce((
             select sum(d.sign * m.amount) from displaced d cross join lateral (
               select sum(p.amount) as amount from ledger.postings p
                where p.organisation_id = ${organisationId} and p.entry_id = d.id and p.account_id = ${id}) m), 0)::bigint
           as balance
      from recorded r`
}

/** An account that did not move since the moment still stands as it stood then. */
const withRecorded = (organisationId: number, id: bigint, moment: Date) => {
  const account = sql`ledger.accounts a where a.organisation_id = ${organisationId} and a.id = ${id}`
  const isStill = isUntil(sql`a.recorded_at`, moment)
  return sql`${withLastPostings(
    organisationId,
    sql`select a.id, a.version from ${account} and not ${isStill}`,
    isRecordedBy(moment),
  )}, recorded as (
    select balance from last_postings union all select a.balance from ${account} and ${isStill}
  )`
}
