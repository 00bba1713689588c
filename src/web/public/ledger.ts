/** The public ledger of a pool, newest entry first, to check and not to believe. It holds no personal data. */
import type { LedgerPage } from '../../ledger/index.ts'
import { journalEntry } from '../components/journal-entry.ts'
import type { PoolTerms } from '../components/pool-summary.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface LedgerModel {
  readonly pool: Pick<PoolTerms, 'slug' | 'name' | 'currency'>
  readonly page: LedgerPage
  /** The cursor that this page was asked with; null on the newest page. */
  readonly before: bigint | null
}

export function ledgerView(page: PageContext, { pool, page: { entries, next }, before }: LedgerModel): Html {
  const t = text(page.locale).ledger
  const main = html`<div class="frame frame-narrow">
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.pool(pool.slug))}">${t.back(pool.name)}</a></p>
<h1>${t.title(pool.name)}</h1><p class="lead">${t.lead}</p><p>${t.privacy}</p></header>
!${entries.length === 0 ? html`<p class="empty">${t.none}</p>` : entries.map(entry => journalEntry(entry, pool.currency, page.locale, 2))}
<nav class="pager" aria-label="${t.pages}">
!${before === null ? nothing : html`<a href="${localPath(page, paths.ledger(pool.slug))}">${t.newest}</a>`}
!${next === null ? nothing : html`<a rel="next" href="${localPath(page, paths.ledger(pool.slug, next))}">${t.older}</a>`}
</nav></div>`
  return layout(page, { title: t.title(pool.name), main })
}
