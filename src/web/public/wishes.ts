/** All wishes that are shown, and the form to write one. */
import type { WishOrder } from '../../wishes/index.ts'
import { errorSummary, type FormState } from '../components/field.ts'
import type { PoolTerms } from '../components/pool-summary.ts'
import { type ShownWish, wishCards } from '../components/wish.ts'
import { wishForm } from '../components/wish-form.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface WishesModel {
  readonly wishes: readonly ShownWish[]
  readonly order: WishOrder
  /** Only those of this pool; null: all. */
  readonly pool: Pick<PoolTerms, 'slug' | 'name'> | null
  /** Those that a wish may be for. */
  readonly pools: readonly { readonly id: string; readonly name: string }[]
  readonly isFirst: boolean
  /** The last wish here, to go on after; null on the last page. */
  readonly next: string | null
  readonly url: string
  readonly form: FormState
}

export function wishesView(page: PageContext, model: WishesModel): Html {
  const t = text(page.locale)
  const { wishes: words } = t
  const { pool, form } = model
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head">!${pool ? html`<p class="eyebrow"><a href="${localPath(page, paths.pool(pool.slug))}">${pool.name}</a> · <a href="${localPath(page, paths.wishes())}">${words.allWishes}</a></p>` : nothing}
<h1>${words.title}</h1><p class="lead">${words.lead}</p>
<p class="actions narrow-only"><a class="button" href="#write">${words.write}</a></p></header>
<div class="split"><section class="split-main" aria-labelledby="wishes"><div class="wishes-head"><h2 id="wishes">${pool ? words.ofPool(pool.name) : words.list}</h2>!${orders(page, model)}</div>
!${model.wishes.length === 0 ? html`<p class="empty">${words.none}</p>` : wishCards(page, model.wishes)}
!${pager(page, model)}</section>
<div class="split-side">!${wishForm(page, model.pools, form)}</div></div></div>`
  const share = { title: words.title, description: words.lead, url: model.url }
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0, share })
}

const within = ({ pool }: WishesModel) => (pool ? { pool: pool.slug } : {})

function orders(page: PageContext, model: WishesModel): Html {
  const t = text(page.locale).wishes
  const to = (order: WishOrder) =>
    html`<li><a href="${localPath(page, paths.wishes({ ...within(model), order }))}"!${order === model.order ? html` aria-current="true"` : nothing}>${t.orders[order]}</a></li>`
  return html`<nav class="orders" aria-label="${t.order}"><ul>!${to('newest')}!${to('most-agreed')}</ul></nav>`
}

function pager(page: PageContext, model: WishesModel): Html {
  if (model.isFirst && model.next === null) return nothing
  const t = text(page.locale).wishes
  const place = { ...within(model), order: model.order }
  return html`<nav class="pager" aria-label="${t.pages}">
!${model.isFirst ? nothing : html`<a href="${localPath(page, paths.wishes(place))}">${t.first}</a>`}
!${model.next === null ? nothing : html`<a rel="next" href="${localPath(page, paths.wishes({ ...place, after: model.next }))}">${t.more}</a>`}</nav>`
}
