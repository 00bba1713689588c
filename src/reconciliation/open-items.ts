/** What we expect to see on a statement: batches at the bank, payments that may come back, the provider's payouts. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'

export interface OpenAttempt {
  readonly id: string
  readonly endToEndId: string
  readonly enrolmentId: string
  readonly poolId: string
  readonly amount: bigint
}

export interface OpenBatch {
  readonly id: string
  readonly messageId: string
  readonly total: bigint
  readonly attempts: readonly OpenAttempt[]
}

function attempts(trx: Transaction<DB>, organisationId: number) {
  return trx
    .selectFrom('disbursements.attempts as a')
    .innerJoin('disbursements.payouts as p', join =>
      join.onRef('p.organisationId', '=', 'a.organisationId').onRef('p.id', '=', 'a.payoutId'),
    )
    .innerJoin('disbursements.cycles as c', join =>
      join.onRef('c.organisationId', '=', 'p.organisationId').onRef('c.id', '=', 'p.cycleId'),
    )
    .innerJoin('disbursements.batches as b', join =>
      join.onRef('b.organisationId', '=', 'a.organisationId').onRef('b.id', '=', 'a.batchId'),
    )
    .select(['a.id', 'a.endToEndId', 'p.enrolmentId', 'c.poolId', 'p.amount'])
    .select(['b.id as batchId', 'b.messageId', 'b.total'])
    .where('a.organisationId', '=', organisationId)
}

/** Batches of this account with no outcome yet, also those that nobody marked as handed over: the bank knows best. */
export async function openBatches(
  trx: Transaction<DB>,
  organisationId: number,
  bankAccountId: string,
): Promise<Map<string, OpenBatch>> {
  const rows = await attempts(trx, organisationId)
    .where('b.bankAccountId', '=', bankAccountId)
    .where('a.outcome', 'is', null)
    .orderBy('a.id')
    .forUpdate('a')
    .execute()
  const batches = new Map<string, OpenBatch & { attempts: OpenAttempt[] }>()
  for (const { batchId, messageId, total, ...attempt } of rows) {
    const batch = batches.get(batchId) ?? { id: batchId, messageId, total, attempts: [] }
    batch.attempts.push(attempt)
    batches.set(batchId, batch)
  }
  return batches
}

/** Of these EndToEndIds, the payments that were settled and so can come back. */
export async function settledAttempts(
  trx: Transaction<DB>,
  organisationId: number,
  endToEndIds: readonly string[],
): Promise<Map<string, OpenAttempt>> {
  if (endToEndIds.length === 0) return new Map()
  const rows = await attempts(trx, organisationId)
    .where('a.endToEndId', 'in', endToEndIds)
    .where('a.outcome', '=', 'settled')
    .forUpdate('a')
    .execute()
  return new Map(rows.map(row => [row.endToEndId, row]))
}

/** Payouts of the provider to our bank that no statement showed yet, by the reference the bank will show. */
export async function providerPayouts(
  trx: Transaction<DB>,
  organisationId: number,
): Promise<Map<string, { id: string; amount: bigint }>> {
  const rows = await trx
    .selectFrom('donations.providerTransactions as t')
    .select(['t.id', 't.net', 't.reference'])
    .where('t.organisationId', '=', organisationId)
    .where('t.kind', '=', 'provider-payout')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reconciliation.bankEntries as e')
            .select('e.reference')
            .whereRef('e.organisationId', '=', 't.organisationId')
            .whereRef('e.matchedId', '=', 't.id')
            .where('e.matchedTo', '=', 'provider-payout'),
        ),
      ),
    )
    .execute()
  return new Map(
    rows.flatMap(({ id, net, reference }) => (reference ? [[reference, { id, amount: -net }]] : [])),
  )
}
