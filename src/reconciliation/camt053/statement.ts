/**
 * A bank statement as the ledger needs it: what was booked, from which balance to which. Banks differ in how they
 * write it; after reading, they no longer do.
 */
import type { Currency } from '../../money/index.ts'
import type { LocalDate } from '../../platform/calendar/index.ts'

export interface Statement {
  readonly id: string
  readonly iban: string
  readonly currency: Currency
  /** The bank's electronic sequence number, else its legal one. Not every bank counts without gaps. */
  readonly sequenceNumber?: bigint
  readonly from?: LocalDate
  readonly to?: LocalDate
  readonly createdAt: Date
  readonly opening: Balance
  readonly closing: Balance
  /** Booked entries only, in the bank's order: opening + their sum = closing. */
  readonly entries: readonly BookedEntry[]
  /** Pending and informational entries move no money and are left out; this is how many there were, by status. */
  readonly leftOut: Readonly<Record<string, number>>
}

export interface Balance {
  /** Signed minor units: an overdrawn account is below zero. */
  readonly amount: bigint
  readonly date: LocalDate
}

export interface BookedEntry {
  /** Names this entry within its account, the same each time the statement is read: see `referencesOf`. */
  readonly reference: string
  /** Signed minor units; a credit to our account is above zero. The sign comes from `CdtDbtInd` alone. */
  readonly amount: bigint
  readonly currency: Currency
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate
  /** The bank says that it undoes an earlier entry. It does not turn the sign. */
  readonly reversal: boolean
  /** ISO 20022 domain, family and sub-family, `PMNT/ICDT/ESCT`; else the bank's own code; null when absent. */
  readonly bankTransactionCode: string | null
  /** How many payments stand behind it, which can be more than `details` shows. */
  readonly numberOfTransactions: number
  readonly batch?: BatchReference
  /** Empty when the bank shows none, as for a salary batch at some banks. */
  readonly details: readonly TransactionDetail[]
  readonly additionalInformation: string
}

/** Usually from the payment file; some banks put an id of their own here, so match on amount and count too. */
export interface BatchReference {
  readonly messageId?: string
  readonly paymentInformationId?: string
}

export interface TransactionDetail {
  /** Null when the bank says NOTPROVIDED or nothing. On a return it is that of the payment that came back. */
  readonly endToEndId: string | null
  /** Signed minor units in the account's currency; null when the bank does not say. */
  readonly amount: bigint | null
  readonly counterpartyName?: string
  /** In capitals without spaces; not validated, since banks mask some of them. */
  readonly counterpartyIban?: string
  readonly remittance: string
  /** ISO 20022 ExternalReturnReason1Code, `AC04`, or the bank's own. */
  readonly returnReason?: string
  /** On a return with a known EndToEndId: the payment that came back. */
  readonly originalEndToEndId?: string
  readonly accountServicerReference?: string
}

export type StatementWarning =
  | 'details-do-not-add-up'
  | 'number-of-transactions-differs'
  | 'previous-closing-is-not-the-opening'
  | 'reference-not-unique'

export interface Warning {
  readonly code: StatementWarning
  readonly statementId: string
  /** The entry's reference, where it is about one. */
  readonly reference?: string
}
