/** Money that comes in from elsewhere: a payment provider's payout, a donor's own transfer, a municipality's grant. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { type LocalDate, nextBusinessDay } from '../../platform/calendar/index.ts'
import { LONGEST_REMITTANCE, sepaName, sepaText } from '../../platform/iso20022/index.ts'
import { lockAccount } from './accounts.ts'

export interface IncomingTransfer {
  readonly iban: string
  /** Cents, above zero. */
  readonly amount: bigint
  /** Booked then, or on the first business day after it. */
  readonly bookedOn: LocalDate
  readonly counterparty: { readonly name: string; readonly iban?: string }
  readonly remittance: string
  readonly endToEndId?: string
  /**
   * The bank's reference, at most 35 characters. Given by a caller that may call again after a crash: the same
   * reference is booked once. Made up when left out.
   */
  readonly reference?: string
  readonly now: Date
}

/** Answers the bank's reference. Throws when the reference was used for another transfer. */
export async function credit(trx: Transaction<DB>, transfer: IncomingTransfer): Promise<string> {
  const { iban, amount, counterparty, reference } = transfer
  if (amount <= 0n) throw new RangeError('an incoming transfer is above zero')
  await lockAccount(trx, iban)
  const booked = await trx
    .insertInto('simulation.bank_bookings')
    .values({
      ...(reference === undefined ? {} : { reference }),
      iban,
      bookedOn: nextBusinessDay(transfer.bookedOn),
      amount,
      kind: 'credit',
      endToEndId: transfer.endToEndId ?? null,
      messageId: null,
      paymentInformationId: null,
      // A statement travels in SEPA characters, whatever the payer typed.
      counterpartyName: sepaName(counterparty.name),
      counterpartyIban: counterparty.iban ?? null,
      remittance: sepaText(transfer.remittance, LONGEST_REMITTANCE),
      returnReason: null,
      recordedAt: transfer.now,
    })
    .onConflict(conflict => conflict.column('reference').doNothing())
    .returning('reference')
    .executeTakeFirst()
  return booked?.reference ?? sameAsBefore(trx, transfer)
}

async function sameAsBefore(
  trx: Transaction<DB>,
  { iban, amount, reference = '' }: IncomingTransfer,
): Promise<string> {
  const earlier = await trx
    .selectFrom('simulation.bank_bookings')
    .select(['iban', 'amount', 'kind'])
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (earlier?.iban !== iban || earlier.amount !== amount || earlier.kind !== 'credit') {
    throw new Error('this reference was used for another transfer')
  }
  return reference
}
