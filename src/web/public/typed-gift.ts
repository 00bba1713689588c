/** The amounts of the donate form as somebody typed them: a choice or an own amount, and perhaps a share for costs. */
import { type Locale, parseAmount } from '../../money/index.ts'
import { DomainError } from '../../refusals.ts'
import { text } from '../text/index.ts'

/** Chosen until somebody chooses. */
export const USUAL = '25'

export interface TypedGift {
  readonly amount?: string | undefined
  readonly ownAmount?: string | undefined
  readonly costsShare?: string | undefined
}

/** `field`: where the amount was typed. Throws `invalid-request` at the field that cannot be read. */
export function typedGift({ amount = '', ownAmount = '', costsShare = '' }: TypedGift, locale: Locale) {
  const field = ownAmount.trim() ? 'ownAmount' : 'amount'
  return {
    field,
    amount: amountOf(ownAmount.trim() ? ownAmount : amount, field, locale),
    costsShare: costsShare.trim() ? amountOf(costsShare, 'costsShare', locale) : 0n,
  }
}

function amountOf(typed: string, field: string, locale: Locale): bigint {
  const parsed = parseAmount(typed, locale)
  if (!parsed.ok)
    throw new DomainError('invalid-request', { field, reason: text(locale).amounts.refusals[parsed.reason] })
  return parsed.minor
}
