/** Writing news, and taking it down: of the pools that somebody may write about, and of the organisation. */
import { LONGEST_NEWS, LONGEST_TITLE } from '../../retention/index.ts'
import { afterAsking } from '../components/danger.ts'
import {
  errorSummary,
  type FormState,
  hiddenFields,
  selectField,
  textArea,
  textField,
} from '../components/field.ts'
import { newsItems, type ShownNews } from '../components/news.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface NewsDeskModel {
  /** What it may be about: slugs of pools; '' is the newsletter. */
  readonly subjects: readonly { readonly value: string; readonly label: string }[]
  /** `mayTakeDown`: by this reader. */
  readonly news: readonly (ShownNews & { readonly mayTakeDown: boolean })[]
  /** Fields: pool, locale, title, words; `reason-` with an id. */
  readonly form: FormState
}

export function newsDeskView(page: PageContext, model: NewsDeskModel): Html {
  const t = text(page.locale)
  const { admin: words } = t.news
  const { form } = model
  const locales = (['nl', 'en'] as const).map(value => ({ value, label: words.locales[value] }))
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><h1>${words.title}</h1><p class="lead">${words.lead}</p></header>
<div class="split"><section class="split-main" aria-labelledby="write"><h2 id="write">${words.write}</h2>
<form method="post" action="${localPath(page, paths.adminNews)}" novalidate>!${hiddenFields({ idempotencyKey: form.formKey })}
!${selectField(form, { name: 'pool', label: words.of }, model.subjects)}
!${selectField(form, { name: 'locale', label: words.locale }, locales)}
!${textField(form, { name: 'title', label: words.heading, maxLength: LONGEST_TITLE })}
!${textArea(form, { name: 'words', label: words.words, hint: words.wordsHint, maxLength: LONGEST_NEWS }, 10)}
<button class="button" type="submit">${words.submit}</button></form></section>
<section class="split-side" aria-labelledby="shown"><h2 id="shown">${words.shown}</h2>
!${model.news.length === 0 ? html`<p class="empty">${t.news.none}</p>` : nothing}
!${model.news.map(item => html`!${newsItems([item], page.locale)}!${item.mayTakeDown ? takeDown(page, form, item) : nothing}`)}
</section></div></div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

function takeDown(page: PageContext, form: FormState, { id, title }: ShownNews): Html {
  const t = text(page.locale).news.admin
  const name = `reason-${id}`
  return afterAsking(localPath(page, paths.newsWithdrawals(id)), {
    ask: t.takeDown,
    label: `${t.takeDown}: ${title}`,
    words: t.takeDownWords,
    submit: t.takeDown,
    fields: textField(form, { name, label: t.reason, maxLength: 500 }),
    isOpen: form.errors[name] !== undefined,
  })
}
