/**
 * What each booked entry is: the debit of one of our batches, a payment that came back, the provider's payout, a
 * donor's own transfer, or something nobody recognises. Only references *and* amounts that agree make a match; the rest goes to suspense.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type Movement, movements } from '../ledger/index.ts'
import type { BankAccount } from '../organisations/index.ts'
import { instantOf } from '../platform/calendar/index.ts'
import type { BookedEntry } from './camt053/index.ts'
import { keyOfEntry } from './entry-key.ts'
import { matchTransfer, transfersAwaited } from './match-transfer.ts'
import {
  type OpenAttempt,
  type OpenBatch,
  openBatches,
  providerPayouts,
  settledAttempts,
} from './open-items.ts'
import type { SuspenseReason } from './tables.ts'

export interface Outcome {
  readonly attemptId: string
  readonly outcome: 'settled' | 'returned'
  readonly reason: string | null
  readonly at: Date
  readonly entry: string
}

export interface Match {
  readonly entry: BookedEntry
  readonly matchedTo: 'batch' | 'return' | 'provider-payout' | 'transfer' | 'suspense'
  readonly matchedId: string | null
  readonly movements: readonly Movement[]
  readonly outcomes: readonly Outcome[]
  /** Of a donor's transfer. */
  readonly transfer?: { readonly donationId: string; readonly costsShare: bigint }
  /** Of what seems to be one, and is in suspense. */
  readonly suspenseReason?: SuspenseReason | null
}

export interface Occasion {
  readonly bankEntry: string
  readonly bankAccountId: string
  readonly currency: string
  readonly at: Date
}

export async function matchEntries(
  trx: Transaction<DB>,
  organisationId: number,
  account: BankAccount,
  entries: readonly BookedEntry[],
): Promise<Match[]> {
  const batches = await openBatches(trx, organisationId, account.id)
  const settled = await settledAttempts(trx, organisationId, endToEndIdsOf(entries))
  const payouts = await providerPayouts(trx, organisationId)
  const awaited = await transfersAwaited(trx, organisationId, entries)
  return entries.map(entry => {
    const occasion: Occasion = {
      bankEntry: keyOfEntry(account.id, entry.reference),
      bankAccountId: account.id,
      currency: entry.currency,
      at: instantOf(entry.bookedOn, '12:00'),
    }
    const match =
      matchBatch(entry, occasion, batches, settled) ??
      matchReturn(entry, occasion, settled) ??
      matchProviderPayout(entry, occasion, payouts) ??
      matchTransfer(entry, occasion, awaited)
    if ('entry' in match) return match
    return {
      entry,
      matchedTo: 'suspense',
      matchedId: null,
      movements: [movements.unrecognisedEntry({ ...occasion, amount: entry.amount })],
      outcomes: [],
      ...match,
    }
  })
}

function endToEndIdsOf(entries: readonly BookedEntry[]): string[] {
  return entries.flatMap(entry =>
    entry.details.flatMap(detail => detail.originalEndToEndId ?? detail.endToEndId ?? []),
  )
}

/** One debit for the whole batch; where the bank shows the payments in it, each must be one of ours. */
function matchBatch(
  entry: BookedEntry,
  occasion: Occasion,
  batches: Map<string, OpenBatch>,
  settled: Map<string, OpenAttempt>,
): Match | undefined {
  if (entry.amount >= 0n || entry.reversal) return undefined
  const batch = [...batches.values()].find(
    each => entry.batch?.messageId === each.messageId || entry.batch?.paymentInformationId === each.messageId,
  )
  if (!batch || batch.total !== -entry.amount) return undefined
  const shown = entry.details.flatMap(detail => detail.endToEndId ?? [])
  const ours = new Set(batch.attempts.map(attempt => attempt.endToEndId))
  if (shown.length > 0 && (shown.length !== ours.size || shown.some(id => !ours.has(id)))) return undefined
  batches.delete(batch.id) // a second debit for the same batch is not recognised
  // A payment of it may come back on this very statement.
  for (const attempt of batch.attempts) settled.set(attempt.endToEndId, attempt)
  return {
    entry,
    matchedTo: 'batch',
    matchedId: batch.id,
    movements: [
      movements.batchDebited({ ...occasion, batchId: batch.id, amount: batch.total }),
      ...batch.attempts.map(attempt =>
        movements.incomePaid({
          ...of(attempt),
          currency: occasion.currency,
          at: occasion.at,
          batchId: batch.id,
        }),
      ),
    ],
    outcomes: batch.attempts.map(attempt => ({
      attemptId: attempt.id,
      outcome: 'settled',
      reason: null,
      at: occasion.at,
      entry: occasion.bankEntry,
    })),
  }
}

/** A payment that came back in full. Without an EndToEndId, or with another amount, a person finds out. */
function matchReturn(
  entry: BookedEntry,
  occasion: Occasion,
  settled: Map<string, OpenAttempt>,
): Match | undefined {
  const [detail] = entry.details
  if (entry.amount <= 0n || entry.details.length !== 1 || !detail) return undefined
  const endToEndId = detail.originalEndToEndId ?? detail.endToEndId
  const attempt = endToEndId ? settled.get(endToEndId) : undefined
  if (!endToEndId || !attempt || attempt.amount !== entry.amount) return undefined
  settled.delete(endToEndId)
  return {
    entry,
    matchedTo: 'return',
    matchedId: attempt.id,
    movements: [movements.incomeReturned({ ...of(attempt), ...occasion })],
    outcomes: [
      {
        attemptId: attempt.id,
        outcome: 'returned',
        reason: detail.returnReason ?? null,
        at: occasion.at,
        entry: occasion.bankEntry,
      },
    ],
  }
}

function matchProviderPayout(
  entry: BookedEntry,
  occasion: Occasion,
  payouts: Map<string, { id: string; amount: bigint }>,
): Match | undefined {
  if (entry.amount <= 0n) return undefined
  const text = entry.details.map(detail => `${detail.endToEndId ?? ''} ${detail.remittance}`).join(' ')
  const found = [...payouts].find(
    ([reference, payout]) => payout.amount === entry.amount && text.includes(reference),
  )
  if (!found) return undefined
  const [reference, payout] = found
  payouts.delete(reference)
  return {
    entry,
    matchedTo: 'provider-payout',
    matchedId: payout.id,
    movements: [movements.providerPayoutArrived({ ...occasion, amount: entry.amount })],
    outcomes: [],
  }
}

const of = ({ id, enrolmentId, poolId, amount }: OpenAttempt) => ({
  attemptId: id,
  enrolmentId,
  poolId,
  amount,
})
