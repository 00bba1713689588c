/**
 * A donor's own transfer, recognised by the reference in what the bank shows with it, or why one that looks like it is
 * not taken as one: then a person decides. Money that came is never refused.
 */

import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import {
  type AwaitedTransfer,
  awaitedTransfers,
  costsShareOf,
  recordTransfers,
  referencesIn,
} from '../donations/index.ts'
import { movements } from '../ledger/index.ts'
import type { BookedEntry } from './camt053/index.ts'
import type { Match, Occasion } from './match-entries.ts'
import type { SuspenseReason } from './tables.ts'

/** Everything that the bank shows in words; a reference may stand in any of it. */
const wordsOf = ({ details, additionalInformation }: BookedEntry): string =>
  [
    ...details.flatMap(({ remittance, endToEndId }) => [remittance, endToEndId ?? '']),
    additionalInformation,
  ].join(' / ')

export async function transfersAwaited(
  trx: Transaction<DB>,
  organisationId: number,
  entries: readonly BookedEntry[],
): Promise<Map<string, AwaitedTransfer>> {
  const references = entries.flatMap(entry => referencesIn(wordsOf(entry)).references)
  return awaitedTransfers(trx, organisationId, [...new Set(references)])
}

export function matchTransfer(
  entry: BookedEntry,
  occasion: Occasion,
  awaited: Map<string, AwaitedTransfer>,
): Match | { readonly suspenseReason: SuspenseReason | null } {
  const { references, broken } = referencesIn(wordsOf(entry))
  const [reference, ...others] = references.filter(each => awaited.has(each))
  const transfer = reference === undefined ? undefined : awaited.get(reference)
  if (reference === undefined || transfer === undefined) {
    const seems = entry.amount > 0n && (broken || references.length > 0)
    return { suspenseReason: seems ? (references.length > 0 ? 'unknown-reference' : 'check-digits') : null }
  }
  const suspenseReason = doubtAbout(entry, transfer, others.length > 0)
  if (suspenseReason) return { suspenseReason }
  const { poolId, donationId, arrived } = transfer
  const costsShare = costsShareOf(transfer, entry.amount)
  awaited.set(reference, { ...transfer, arrived: arrived + entry.amount })
  return {
    entry,
    matchedTo: 'transfer',
    matchedId: donationId,
    movements: [movements.transferReceived({ ...occasion, poolId, amount: entry.amount, costsShare })],
    outcomes: [],
    transfer: { donationId, costsShare },
  }
}

function doubtAbout(
  { amount, reversal, numberOfTransactions, bookedOn, currency }: BookedEntry,
  transfer: AwaitedTransfer,
  several: boolean,
): SuspenseReason | undefined {
  if (amount <= 0n || reversal) return 'taken-back'
  if (numberOfTransactions > 1) return 'several-payments' // one entry of the bank is one entry here
  if (several) return 'several-references'
  if (currency !== transfer.currency) return 'other-currency'
  if (transfer.poolIsClosed) return 'pool-closed'
  if (bookedOn > transfer.openUntil) return 'expired'
  return undefined
}

/** After the entries of the bank were written. */
export async function recordMatchedTransfers(
  trx: Transaction<DB>,
  organisationId: number,
  bankAccountId: string,
  matches: readonly Match[],
): Promise<void> {
  const rows = matches.flatMap(({ entry, transfer, movements: [movement] }) =>
    transfer && movement
      ? [
          {
            ...{ organisationId, bankAccountId, entryReference: entry.reference },
            donationId: transfer.donationId,
            gift: entry.amount - transfer.costsShare,
            costsShare: transfer.costsShare,
            ledgerKey: movement.key,
            receivedAt: movement.effectiveAt,
          },
        ]
      : [],
  )
  await recordTransfers(trx, rows)
}
