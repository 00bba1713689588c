/** All news, the newsletter's form, and the page behind the link in the letter that asks whether somebody wants it. */
import { errorSummary, type FormState } from '../components/field.ts'
import { followForm, newsItems, type ShownNews } from '../components/news.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface NewsModel {
  readonly news: readonly ShownNews[]
  readonly readsNewsletter: boolean
  /** Field: followEmail. */
  readonly form: FormState
}

export function newsView(page: PageContext, { news, readsNewsletter, form }: NewsModel): Html {
  const t = text(page.locale)
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><h1>${t.news.title}</h1><p class="lead">${t.news.lead}</p></header>
<div class="split"><div class="split-main"><h2 class="visually-hidden">${t.news.more}</h2>!${news.length === 0 ? html`<p class="empty">${t.news.none}</p>` : newsItems(news, page.locale)}</div>
<div class="split-side">!${followForm(page, { pool: null, follows: readsNewsletter, form })}</div></div></div>`
  return layout(page, { title: t.news.title, main, refused: Object.keys(form.errors).length > 0 })
}

/** `pool`: its name; null: the newsletter. Looking at it changes nothing: programs that check mail open links, and press nothing. */
export function followLinkView(
  page: PageContext,
  { pool, token }: { pool: string | null; token: string },
): Html {
  const t = text(page.locale).news.link
  const main = html`<div class="frame frame-narrow"><header class="page-head"><h1>${t.title}</h1></header>
<p>${pool === null ? t.newsletter : t.pool(pool)}</p>
<form method="post" action="${localPath(page, paths.followLink(token))}"><button class="button" type="submit">${t.submit}</button></form></div>`
  return layout(page, { title: t.title, main })
}
