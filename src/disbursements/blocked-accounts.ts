/**
 * Whose account sent a payment back for a reason that will not go away by itself. Nothing more is sent there until
 * somebody verified the account; what is owed stays owed. One bad account never holds up the others.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'

/** ISO 20022 return codes: wrong, closed or blocked account, missing address of the creditor, deceased. */
const BLOCKING_REASONS = ['AC01', 'AC04', 'AC06', 'BE04', 'MD07']

/** The enrolments of a pool whose latest payment with an outcome came back for such a reason. */
export async function blockedEnrolments(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  poolId: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ enrolmentId: string; reason: string }>`
    select enrolment_id, reason from (
      select distinct on (p.enrolment_id) p.enrolment_id, a.outcome, a.reason
        from disbursements.attempts a
        join disbursements.payouts p on p.organisation_id = a.organisation_id and p.id = a.payout_id
        join disbursements.cycles c on c.organisation_id = p.organisation_id and c.id = p.cycle_id
       where a.organisation_id = ${organisationId} and c.pool_id = ${poolId} and a.outcome is not null
       order by p.enrolment_id, a.outcome_at desc, a.id desc) latest
     where outcome <> 'settled' and reason = any(${BLOCKING_REASONS})`.execute(db)
  return new Map(rows.map(row => [row.enrolmentId, row.reason]))
}
