/**
 * What a payment file says: one debit of our account, spread over many recipients. The same shape is written for the
 * bank and read back from a file, so that a test can hold both sides together.
 */
import type { LocalDate } from '../../../platform/calendar/index.ts'

export interface CreditTransferBatch {
  /** Unique for ever at this bank: it recognises a file that was uploaded twice by it. */
  readonly messageId: string
  /** To the second. */
  readonly createdAt: Date
  readonly initiatingParty: string
  readonly paymentInformationId: string
  readonly requestedExecutionDate: LocalDate
  readonly debtor: { readonly name: string; readonly iban: string; readonly bic?: string }
  /** One entry on the statement for the whole batch: recipients' names stay off it, and it is matched as one sum. */
  readonly batchBooking: true
  /**
   * ISO 20022 ExternalCategoryPurpose1Code, or left out. Mind that `SALA` makes some banks hide each payment of the
   * batch on the statement: one entry, `NbOfTxs=2`, no details.
   */
  readonly categoryPurpose?: string
  readonly transfers: readonly CreditTransfer[]
}

export interface CreditTransfer {
  /** Unique for ever, one per attempt, and nothing about a person. */
  readonly endToEndId: string
  /** Cents, above zero. */
  readonly amount: bigint
  readonly currency: 'EUR'
  readonly creditor: { readonly name: string; readonly iban: string }
  readonly remittance: string
}

/** SEPA's own ceiling for one transfer, 999 999 999.99 (EPC132-08, attribute AT-04). */
export const LARGEST_TRANSFER = 99_999_999_999n

export type PaymentFileRefusal =
  | 'no-transfers'
  | 'identifier'
  | 'duplicate-end-to-end-id'
  | 'amount'
  | 'iban'
  | 'bic'
  | 'name'
  | 'execution-date'
  | 'category-purpose'

/** No file is written at all: half a payment file would be worse than none. */
export class PaymentFileRefused extends Error {
  readonly reason: PaymentFileRefusal
  /** Where in the batch, e.g. `transfers[3].creditor.iban`; never the value, which may be about a person. */
  readonly field: string

  constructor(reason: PaymentFileRefusal, field: string) {
    super(`payment file refused: ${reason} at ${field}`)
    this.name = 'PaymentFileRefused'
    this.reason = reason
    this.field = field
  }
}
