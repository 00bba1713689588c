/** One wish: its words, "me too", what makes it possible, sharing it, and reporting what should not stand here. */
import { lengthOf } from '../../platform/plain-words.ts'
import { LONGEST_NOTE, wishReasons } from '../../wishes/index.ts'
import { errorSummary, type FormState, selectField, textArea } from '../components/field.ts'
import { type PoolTerms, type Standing, sustained, towardsNext } from '../components/pool-summary.ts'
import { agreeButton, type ShownWish, writer } from '../components/wish.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface WishModel {
  readonly wish: ShownWish
  /** The pool that it leads to, or all of them; each takes gifts. */
  readonly pools: readonly { readonly pool: PoolTerms; readonly standing: Standing }[]
  /** Of this page, whole. */
  readonly url: string
  /** Fields: reason, words. */
  readonly form: FormState
}

/** Longer ones are set smaller. */
const LONG = 120
const TITLE_LENGTH = 60

export function wishView(page: PageContext, model: WishModel): Html {
  const { wish, url, form } = model
  const t = text(page.locale)
  const isRefused = Object.keys(form.errors).length > 0
  const main = html`!${isRefused ? html`<div class="frame">!${errorSummary(t, form)}</div>` : nothing}
<section class="hero wish-hero"><div class="frame frame-narrow"><p class="eyebrow"><a class="quiet-link" href="${localPath(page, paths.wishes())}">${t.wishes.title}</a></p>
<h1 class="wish-words!${lengthOf(wish.text) > LONG ? html` wish-words-long` : nothing}" id="wish" lang="${wish.locale}">${wish.text}</h1>
<p class="wish-by">!${writer(page, wish)}</p>
<div class="actions">!${agreeButton(page, wish, 'wish')}</div></div></section>
<div class="frame frame-narrow">!${give(page, model)}
<section class="section" aria-labelledby="share"><h2 id="share">${t.wishes.share.title}</h2><p>${t.wishes.share.words}</p><code class="secret">${url}</code></section>
<div class="section">!${report(page, model)}</div></div>`
  const share = {
    title: `“${wish.text}”`,
    description: t.wishes.share.description(t.wishes.agreed(wish.agreements)),
    url,
  }
  return layout(page, { title: shortened(wish.text), main, refused: isRefused, share })
}

function shortened(words: string): string {
  const letters = [...words]
  return letters.length <= TITLE_LENGTH ? words : `${letters.slice(0, TITLE_LENGTH).join('').trimEnd()}…`
}

function give(page: PageContext, { pools }: WishModel): Html {
  const t = text(page.locale).wishes.give
  const panel = ({ pool, standing }: WishModel['pools'][number]) => html`<li class="panel">
<h3>${pool.name}</h3>!${sustained(pool, standing, page.locale)}!${towardsNext(`progress-${pool.slug}`, pool, standing, page.locale)}
<p class="actions"><a class="button" href="${localPath(page, paths.pool(pool.slug))}#give">${t.to(pool.name)}</a></p></li>`
  return html`<section class="section" aria-labelledby="make-possible"><h2 id="make-possible">${t.title}</h2>
!${pools.length === 0 ? html`<p class="empty">${t.none}</p>` : html`<p class="measure">${t.words}</p><ul class="ways">!${pools.map(panel)}</ul>`}</section>`
}

function report(page: PageContext, { wish, form }: WishModel): Html {
  const t = text(page.locale)
  const { report: words, reasons } = t.wishes
  const choices = [
    { value: '', label: words.choose },
    ...wishReasons.map(value => ({ value, label: reasons[value] })),
  ]
  const note = { name: 'words', label: words.note, hint: words.noteHint, optional: t.forms.optional }
  const isOpen = Object.keys(form.errors).length > 0 ? html` open` : nothing
  return html`<details class="wish-report"!${isOpen}><summary>${words.ask}</summary>
<form class="wish-report-form" method="post" action="${localPath(page, paths.wishReports(wish.id))}" novalidate><p class="small">${words.words}</p>
!${selectField(form, { name: 'reason', label: words.reason }, choices)}
!${textArea(form, { ...note, maxLength: LONGEST_NOTE }, 3)}
<button class="button button-quiet" type="submit">${words.submit}</button></form></details>`
}
