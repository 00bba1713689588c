/** Corrects by adding: a reversing entry mirrors an earlier one, which is reversed at most once. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { DomainError } from '../refusals.ts'
import type { AccountReference } from './chart.ts'
import type { Movement } from './movements/index.ts'

/**
 * The movement that undoes the entry `key`, to be given to `post`. What fell through to a shortfall is folded
 * into its fund again, as it is at the moment of posting.
 */
export async function reversalOf(
  trx: Transaction<DB>,
  organisationId: number,
  key: string,
  at: Date,
): Promise<Movement> {
  const entry = await trx
    .selectFrom('ledger.entries')
    .select(['id', 'nature', 'kind'])
    .where('organisationId', '=', organisationId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!entry) throw new DomainError('not-found', { field: 'key' })
  const { rows } = await sql<AccountReference & { currency: string; amount: bigint }>`
    select a.kind, a.subject, a.pool_id, a.currency, f.amount
      from ledger.folded(${organisationId}, ${entry.id}) f
      join ledger.accounts a on a.organisation_id = ${organisationId} and a.id = f.account_id
     order by a.id`.execute(trx)
  return {
    kind: 'reversal',
    nature: entry.nature,
    key: `${key}:reversed`,
    effectiveAt: at,
    currency: rows[0]?.currency ?? '',
    reverses: entry.id,
    postings: rows.map(({ kind, subject, poolId, amount }) => ({
      account: { kind, subject, poolId },
      amount: -amount,
    })),
  }
}
