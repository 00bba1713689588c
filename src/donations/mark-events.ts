/** Marks events as processed, with what became of each. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { ProviderTransaction } from './provider.ts'

/** Events of these tell that money may have moved; it did when a transaction says so. */
export const MONEY_TYPES = '^(charge|refund|payout|balance|topup|transfer|application_fee)[.]'
/** These tell of steps on the way, and move nothing. */
const OTHER_TYPES =
  '^(checkout|payment_intent|payment_method|setup_intent|setup_attempt|mandate|customer|invoice|invoice_payment|account)[.]'

/** Of what these transactions are about. In the transaction that posts them: what is marked was posted, and the other way round. */
export async function markTransactions(
  trx: Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
  now: Date,
): Promise<void> {
  const objects = transactions.flatMap(({ sourceId, chargeId }) => [sourceId, chargeId].filter(Boolean))
  if (objects.length === 0) return
  await sql`
    update donations.inbox set processed_at = ${now}, outcome = 'transaction-read'
     where organisation_id = ${organisationId} and processed_at is null
       and object_id = any (${[...new Set(objects)]}::text[])`.execute(trx)
}

/** All others that came before everything was read: why nothing more is to be expected of them. */
export async function markTheRest(
  trx: Transaction<DB>,
  organisationId: number,
  { now, receivedBefore }: { now: Date; receivedBefore: Date },
): Promise<void> {
  await sql`
    update donations.inbox i
       set processed_at = ${now},
           outcome = case
             when exists (select from donations.provider_transactions t
                           where t.organisation_id = i.organisation_id and t.source_id = i.object_id) then 'transaction-read'
             when i.type ~ ${MONEY_TYPES} then 'no-transaction'
             when i.type ~ ${OTHER_TYPES} then 'moves-nothing'
             else 'type-unknown' end
     where i.organisation_id = ${organisationId} and i.processed_at is null and i.received_at < ${receivedBefore}`.execute(
    trx,
  )
}
