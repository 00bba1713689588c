/** Why a file is not taken as a statement. Refusing is all or nothing: a file with one wrong statement imports none. */
import type { XmlRefusal } from '../../platform/iso20022/index.ts'

export type StatementRefusal =
  | XmlRefusal
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
