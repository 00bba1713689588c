/** What may be given, by the way in which it is paid. Below it fees eat the gift; above it a person should talk to us first. */
import { EUR, formatMoney, money } from '../money/index.ts'
import { DomainError } from '../refusals.ts'

export type WayToPay = 'checkout' | 'bank-transfer'

interface Limits {
  /** Of the gift alone, in minor units. */
  readonly smallest: bigint
  /** Of gift and contribution to costs together: that is one payment. */
  readonly largest: bigint
}

/** Above the first, a bank refuses many a debit (its usual limit is € 10,000) and a dispute costs more than a pool can bear. */
export const giftLimits: Readonly<Record<WayToPay, Limits>> = {
  checkout: { smallest: 100n, largest: 1_000_000n },
  'bank-transfer': { smallest: 100n, largest: 10_000_000n },
}

interface Asked {
  readonly amount: bigint
  readonly costsShare: bigint
  readonly method?: WayToPay | undefined
}

/** Throws `invalid-request` at `field` or `costsShare`, saying which way to pay would do. */
export function refuseOutOfLimits(
  { amount, costsShare, method = 'checkout' }: Asked,
  field = 'amount',
): void {
  const { smallest, largest } = giftLimits[method]
  const show = (minor: bigint, locale: 'nl' | 'en') => formatMoney(money(minor, EUR), locale)
  if (amount < smallest) {
    throw new DomainError('invalid-request', {
      field,
      reason: {
        nl: `Kies een bedrag van ten minste ${show(smallest, 'nl')}`,
        en: `Choose an amount of at least ${show(smallest, 'en')}`,
      },
    })
  }
  if (amount + costsShare <= largest) return
  const byTransfer = giftLimits['bank-transfer'].largest
  const instead = method === 'checkout' && amount + costsShare <= byTransfer
  throw new DomainError('invalid-request', {
    field: amount > largest ? field : 'costsShare',
    reason: {
      nl: `Samen hoogstens ${show(largest, 'nl')}. ${instead ? `Maak je zelf over, dan kan het tot ${show(byTransfer, 'nl')}` : 'Neem voor grotere bedragen contact met ons op'}`,
      en: `Together at most ${show(largest, 'en')}. ${instead ? `By your own transfer it can be up to ${show(byTransfer, 'en')}` : 'Talk to us about larger amounts'}`,
    },
  })
}
