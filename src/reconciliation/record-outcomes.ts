/** Writes what the bank said became of our payments, in one statement for the whole file. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Match } from './match-entries.ts'

export async function recordOutcomes(
  trx: Transaction<DB>,
  organisationId: number,
  matches: readonly Match[],
): Promise<void> {
  const outcomes = matches.flatMap(match => match.outcomes)
  if (outcomes.length === 0) return
  // A payment can settle and come back within one file: the last word counts, and settled goes first.
  for (const wanted of ['settled', 'returned'] as const) {
    const these = outcomes.filter(each => each.outcome === wanted)
    if (these.length === 0) continue
    await sql`
      update disbursements.attempts a
         set outcome = ${wanted}, reason = o.reason, outcome_at = o.at, outcome_entry = o.entry
        from unnest(${these.map(each => each.attemptId)}::uuid[], ${these.map(each => each.reason)}::text[],
                    ${these.map(each => each.at.toISOString())}::timestamptz[], ${these.map(each => each.entry)}::text[])
             o(attempt_id, reason, at, entry)
       where a.organisation_id = ${organisationId} and a.id = o.attempt_id`.execute(trx)
  }
}
