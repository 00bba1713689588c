/** A pool's figures as they stand on cards and pages: how many incomes, and how far the next one is. */
import type { Locale } from '../../money/index.ts'
import { formatPercent } from '../../money/index.ts'
import type { Pool } from '../../pools/index.ts'
import type { Sustainability } from '../../sustainability/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { text } from '../text/index.ts'
import { amountText } from './money.ts'
import { progress } from './progress.ts'

/** What pages show of a pool's terms. */
export type PoolTerms = Pick<
  Pool,
  | 'slug'
  | 'name'
  | 'kind'
  | 'area'
  | 'state'
  | 'currency'
  | 'monthlyAmount'
  | 'termMonths'
  | 'paydayOfMonth'
  | 'feeBearer'
> &
  Partial<Pick<Pool, 'givesBack' | 'giftsUntil'>>

export type Standing = Pick<
  Sustainability,
  'costOfOneIncome' | 'newIncomes' | 'sustained' | 'progress' | 'missingForNext'
>

export function sustained({ state }: PoolTerms, standing: Standing, locale: Locale): Html {
  const t = text(locale).pool
  const { sustained: count, newIncomes } = standing
  const running = count - newIncomes
  const words = [
    ...(running > 0 ? [t.running(running)] : []),
    ...(state === 'open' ? [t.canStart(newIncomes)] : []),
  ]
  return html`<p class="sustained"><span class="big">${count}</span> <span>${t.sustains(count)}
<span class="explain">${words.join(', ')}</span></span></p>`
}

/** Nothing to go for in a closed pool. */
export function towardsNext(id: string, pool: PoolTerms, standing: Standing, locale: Locale): Html {
  if (pool.state === 'closed') return nothing
  const t = text(locale).pool
  const done = t.progress(
    amountText(standing.progress.amount, pool.currency, locale),
    formatPercent(standing.progress.perMille, locale),
  )
  const title = t.toNext(standing.sustained + 1)
  const missing = t.missing(amountText(standing.missingForNext, pool.currency, locale))
  return html`<div class="towards">
<p class="towards-title">${title}</p>
!${progress({ id, perMille: standing.progress.perMille, months: pool.termMonths, title, description: `${done}. ${t.strips(pool.termMonths)}` })}
<p class="towards-words"><span>${done}</span> <span class="towards-missing">${missing}</span></p>
</div>`
}
