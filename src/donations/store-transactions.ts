/** Writes the provider's transactions down, each with what it is of: many in one statement. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Posting } from './posting.ts'

export async function storeTransactions(
  trx: Transaction<DB>,
  organisationId: number,
  postings: readonly Posting[],
): Promise<void> {
  if (postings.length === 0) return
  await storeDisputes(trx, organisationId, postings)
  const of = <Value>(value: (transaction: Posting['transaction']) => Value) =>
    postings.map(({ transaction }) => value(transaction))
  await sql`
    insert into donations.provider_transactions
      (organisation_id, id, kind, method, amount, fee, net, currency, reference, created_at, available_on,
       donation_id, pool_id, parked, refund_id, dispute_id, source_id)
    select ${organisationId}, t.* from unnest(
      ${of(({ id }) => id)}::text[], ${of(({ kind }) => kind)}::text[], ${of(({ method }) => method ?? null)}::text[],
      ${list(of(({ amount }) => amount))}::bigint[], ${list(of(({ fee }) => fee))}::bigint[],
      ${list(of(({ net }) => net))}::bigint[], ${of(({ currency }) => currency)}::text[],
      ${of(({ payoutReference, payoutId }) => payoutReference ?? payoutId ?? null)}::text[],
      ${list(of(({ createdAt }) => createdAt.toISOString()))}::timestamptz[],
      ${list(of(({ availableOn }) => availableOn.toISOString()))}::timestamptz[],
      ${list(postings.map(({ donationId }) => donationId))}::uuid[],
      ${list(postings.map(({ poolId }) => poolId))}::uuid[], ${postings.map(({ parked }) => parked)}::text[],
      ${list(postings.map(({ refundId }) => refundId))}::uuid[],
      ${postings.map(({ disputeId }) => disputeId ?? null)}::text[],
      ${of(({ sourceId, chargeId }) => sourceId ?? chargeId ?? null)}::text[]) t`.execute(trx)
}

async function storeDisputes(
  trx: Transaction<DB>,
  organisationId: number,
  postings: readonly Posting[],
): Promise<void> {
  const disputes = new Map(
    postings.flatMap(({ disputeId, donationId }) =>
      disputeId && donationId ? [[disputeId, donationId] as const] : [],
    ),
  )
  if (disputes.size === 0) return
  await trx
    .insertInto('donations.disputes')
    .values([...disputes].map(([id, donationId]) => ({ organisationId, id, donationId, lookedAt: null })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** An array for Postgres of what needs no quotes: a fraction of the driver's own work. */
const list = (values: readonly (bigint | string | null | undefined)[]) =>
  `{${values.map(value => value ?? 'null').join(',')}}`
