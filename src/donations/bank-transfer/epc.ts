/**
 * What a bank's app reads from the QR code of a transfer: EPC069-12, version 002, in UTF-8. The donor still sees and
 * confirms everything, and may change the amount.
 */
import { type Currency, money, toDecimal } from '../../money/index.ts'

export interface AskedTransfer {
  readonly holder: string
  readonly iban: string
  readonly amount: bigint
  readonly currency: Currency
  readonly reference: string
}

const LONGEST_NAME = 70

export function epcPayload({ holder, iban, amount, currency, reference }: AskedTransfer): string {
  const name = [...holder.replace(/\s+/g, ' ')].slice(0, LONGEST_NAME).join('').trim()
  const bic = '' // not needed within the European Economic Area since version 002
  const purpose = ''
  return [
    ...['BCD', '002', '1', 'SCT', bic, name, iban],
    ...[`${currency}${toDecimal(money(amount, currency))}`, purpose, reference],
  ].join('\n')
}
