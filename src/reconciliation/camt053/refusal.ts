/** Why a file is not taken as a statement. Refusing is all or nothing: a file with one wrong statement imports none. */
import type { XmlRefusal } from '../../platform/iso20022/index.ts'

/** Another message of the same family, which tells of money and books none. */
export type OtherMessage =
  | 'account-report'
  | 'notification'
  | 'credit-transfers'
  | 'direct-debits'
  | 'status-report'

export const otherMessages: Readonly<Record<string, OtherMessage>> = {
  BkToCstmrAcctRpt: 'account-report', // camt.052
  BkToCstmrDbtCdtNtfctn: 'notification', // camt.054
  CstmrCdtTrfInitn: 'credit-transfers', // pain.001
  CstmrDrctDbtInitn: 'direct-debits', // pain.008
  CstmrPmtStsRpt: 'status-report', // pain.002
}

export type StatementRefusal =
  | XmlRefusal
  | OtherMessage
  | 'not-camt053'
  | 'no-statement'
  | 'missing'
  | 'account-without-iban'
  | 'currency-unknown'
  | 'currency-mismatch'
  | 'amount'
  | 'date'
  | 'credit-debit-indicator'
  | 'balance-missing'
  | 'balance-ambiguous'
  | 'balances-do-not-add-up'

/** Carries the reason up to `readCamt053`, which answers it as a value; it never leaves this folder. */
export class Refused extends Error {
  readonly reason: StatementRefusal

  constructor(reason: StatementRefusal, detail: string) {
    super(detail)
    this.reason = reason
  }
}
