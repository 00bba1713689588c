/**
 * What the simulated provider charges and how long it keeps money, per method, with the date from which it holds.
 * Figures for the demonstration, of the order of the provider's Dutch price list; a real account has its own.
 */
import { addBusinessDays, localDate } from '../../platform/calendar/index.ts'
import type { SimulatedMethod } from './tables.ts'

interface MethodRate {
  /** Cents per payment. */
  fixedFee: bigint
  /** Of the amount, in hundredths of a per cent. */
  feeBasisPoints: bigint
  /** Business days until the money is available. */
  availableAfterDays: number
  /** Business days until a debit is certain; 0 when the payment is certain at once. */
  certainAfterDays: number
}

const RATES: readonly { from: string; methods: Readonly<Record<SimulatedMethod, MethodRate>> }[] = [
  {
    from: '2020-01-01',
    methods: {
      ideal: { fixedFee: 29n, feeBasisPoints: 0n, availableAfterDays: 2, certainAfterDays: 0 },
      card: { fixedFee: 25n, feeBasisPoints: 150n, availableAfterDays: 3, certainAfterDays: 0 },
      bancontact: { fixedFee: 39n, feeBasisPoints: 0n, availableAfterDays: 2, certainAfterDays: 0 },
      sepa_debit: { fixedFee: 35n, feeBasisPoints: 0n, availableAfterDays: 7, certainAfterDays: 5 },
    },
  },
]

export const METHODS: readonly SimulatedMethod[] = ['ideal', 'card', 'sepa_debit', 'bancontact']

export interface PaymentTerms {
  fee: bigint
  availableOn: Date
  /** null when the payment is certain at once. */
  settlesAt: Date | null
}

export function paymentTerms(method: SimulatedMethod, amount: bigint, now: Date): PaymentTerms {
  const day = localDate(now)
  const rate = (RATES.findLast(each => each.from <= day) ?? RATES[0])?.methods[method]
  if (rate === undefined) throw new RangeError(`no rate for ${method} on ${day}`)
  return {
    // Half a cent is rounded up, in the provider's favour.
    fee: rate.fixedFee + (amount * rate.feeBasisPoints + 5_000n) / 10_000n,
    availableOn: startOf(addBusinessDays(day, rate.availableAfterDays)),
    settlesAt: rate.certainAfterDays === 0 ? null : startOf(addBusinessDays(day, rate.certainAfterDays)),
  }
}

/** A payout needs one business day to the bank. */
export const payoutArrives = (sentAt: Date): Date => startOf(addBusinessDays(localDate(sentAt), 1))

/** Stripe dates availability and arrival at midnight UTC. */
const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`)
