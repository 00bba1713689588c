/** What an amount means before it is given: how long an income it is, what is paid, and what the pool gets of it. */
import { type ExpectedFee, expectedFees } from '../../donations/index.ts'
import { poolStanding } from '../../enrolments/index.ts'
import { formatPercent, type Locale } from '../../money/index.ts'
import type { Pool } from '../../pools/index.ts'
import {
  type GiftEffect,
  incomesAfterGift,
  type TimeOfIncome,
  timeOfIncome,
} from '../../sustainability/index.ts'
import { amountText } from '../components/money.ts'
import type { PoolTerms } from '../components/pool-summary.ts'
import { type Html, html, nothing } from '../html.ts'
import type { PageScope } from '../scope.ts'
import { text } from '../text/index.ts'

export interface GiftMeaning {
  readonly amount: bigint
  readonly costsShare: bigint
  readonly time: TimeOfIncome
  readonly effect: Pick<GiftEffect, 'incomeNumber' | 'sharePerMille'>
  /** Cheapest first; a method of which too little is known is left out. */
  readonly fees: readonly ExpectedFee[]
}

export async function meaningOf(
  { deps }: PageScope,
  pool: Pool,
  { amount, costsShare }: { amount: bigint; costsShare: bigint },
): Promise<GiftMeaning> {
  const { db, organisationId, clock } = deps
  const { position } = await poolStanding(db, organisationId, pool, clock.now())
  return {
    amount,
    costsShare,
    time: timeOfIncome(amount, pool.monthlyAmount),
    effect: incomesAfterGift(position, amount),
    fees: await expectedFees(db, organisationId, amount + costsShare),
  }
}

export function giftMeaning(locale: Locale, pool: PoolTerms, meaning: GiftMeaning): Html {
  const t = text(locale)
  const show = (minor: bigint) => amountText(minor, pool.currency, locale)
  const { amount, costsShare, time, effect, fees } = meaning
  const share =
    effect.sharePerMille > 0n
      ? t.receipt.effect.share(
          show(amount),
          formatPercent(effect.sharePerMille, locale),
          pool.name,
          effect.incomeNumber,
        )
      : t.receipt.effect.little(show(amount), pool.name, effect.incomeNumber)
  const costs = costsShare > 0n ? html`<p>${t.meaning.together(show(amount + costsShare))}</p>` : nothing
  return html`<p class="meaning-time"><strong>${t.meaning.time(show(amount), time)}</strong> ${share}</p>
!${costs}
<p class="small">${fees.length === 0 ? t.donate.fee[pool.feeBearer] : t.meaning.fees(fees.map(({ method, fee }) => t.meaning.feeOf[method](show(fee))))}
${fees.length === 0 ? '' : t.meaning.bears[pool.feeBearer]}</p>`
}
