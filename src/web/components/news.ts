/** News as anybody reads it, and the form with which somebody asks for it by e-mail. */
import type { Locale } from '../../money/index.ts'
import type { News } from '../../retention/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { dayOf } from './date.ts'
import { type FormState, textField } from './field.ts'

export interface ShownNews extends News {
  /** Null: the newsletter. */
  readonly poolName: string | null
}

export const newsItems = (items: readonly ShownNews[], locale: Locale): Html =>
  html`<div class="news">!${items.map(
    ({
      id,
      title,
      paragraphs,
      publishedAt,
      poolName,
      locale: written,
    }) => html`<article class="news-item" id="news-${id}" lang="${written}" aria-labelledby="title-${id}">
<h3 id="title-${id}">${title}</h3>
<p class="small" lang="${locale}">!${dayOf(publishedAt, locale)} · ${poolName ?? text(locale).news.ofOrganisation}</p>
!${paragraphs.map(words => html`<p>${words}</p>`)}</article>`,
  )}</div>`

interface Follow {
  /** Null: the newsletter. */
  readonly pool: { readonly slug: string; readonly name: string } | null
  /** Of whoever is signed in and has an address. */
  readonly follows: boolean
  /** Field: followEmail. */
  readonly form: FormState
}

/** Whoever is signed in follows with one click; anybody else leaves an address, and is asked there. */
export function followForm(page: PageContext, { pool, follows, form }: Follow): Html {
  const t = text(page.locale).news.follow
  const to = pool ? paths.follows(pool.slug) : paths.newsletterFollows
  const end = pool ? paths.followEndings(pool.slug) : paths.newsletterFollowEndings
  const own = page.person !== null && mayOpen(page, 'follows.manage')
  const fields = own
    ? nothing
    : textField(form, {
        name: 'followEmail',
        label: t.email,
        type: 'email',
        inputMode: 'email',
        autocomplete: 'email',
        maxLength: 254,
      })
  const ask = html`<form method="post" action="${localPath(page, to)}" novalidate>!${fields}
<button class="button button-quiet" type="submit">${pool ? t.submit : t.subscribe}</button></form>`
  const stop = html`<p>${pool ? t.following : t.reading}</p><form method="post" action="${localPath(page, end)}">
<button class="button button-quiet" type="submit">${pool ? t.end : t.unsubscribe}</button></form>`
  return html`<section id="follow" aria-labelledby="follow-title"><h2 id="follow-title">${pool ? t.title(pool.name) : t.newsletter}</h2>
<p class="small">${pool ? t.words : t.newsletterWords}</p>!${own && follows ? stop : ask}</section>`
}
