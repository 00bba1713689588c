/** The document around every page: head, header, banner of the demonstration, footer. Nothing inline, and no script of its own. */
import { dayTime, moment } from './components/date.ts'
import { mark } from './components/mark.ts'
import { type Html, html, nothing } from './html.ts'
import { localPath, mayOpen, type PageContext } from './page.ts'
import { paths } from './paths.ts'
import { type Text, text } from './text/index.ts'

type Frozen = NonNullable<PageContext['frozen']>

export interface Document {
  readonly title: string
  readonly main: Html
  /** A form was refused: the title says so first, because a screen reader begins there. */
  readonly refused?: boolean
  /** What other sites show of this page when somebody shares it. `url`: whole. */
  readonly share?: { readonly title: string; readonly description: string; readonly url: string }
}

export function layout(page: PageContext, { title, main, refused = false, share }: Document): Html {
  const t = text(page.locale)
  const full = title === t.siteName ? `${t.siteName}: ${t.siteLine}` : t.titleOf(title)
  return html`<!doctype html>
<html lang="${page.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${share?.description ?? t.siteDescription}">
!${share ? shared(page, share, t) : nothing}
<title>${refused ? t.refusedTitle(full) : full}</title>
<link rel="stylesheet" href="/assets/meent.css">
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="alternate" hreflang="nl" href="${localPath({ locale: 'nl' }, page.path)}">
<link rel="alternate" hreflang="en" href="${localPath({ locale: 'en' }, page.path)}">
</head>
<body>
<a class="skip" href="#main">${t.skip}</a>
!${page.demonstration ? banner(t, page.demonstration, page) : nothing}
!${page.person?.helping ? helping(page, t) : nothing}
!${header(page, t)}
!${page.frozen ? freezeBanner(page, page.frozen, t) : nothing}
<main id="main" tabindex="-1">
!${page.notice ? html`<div class="frame"><p class="notice" role="status">${t.notices[page.notice]}</p></div>` : nothing}
!${main}
</main>
!${footer(page, t)}
</body>
</html>`
}

function shared(
  { locale }: PageContext,
  { title, description, url }: NonNullable<Document['share']>,
  t: Text,
): Html {
  const tag = (property: string, content: string) =>
    html`<meta property="og:${property}" content="${content}">`
  return html`!${tag('type', 'article')}!${tag('site_name', t.siteName)}!${tag('title', title)}!${tag('description', description)}
!${tag('url', url)}!${tag('locale', locale === 'nl' ? 'nl_NL' : 'en_GB')}`
}

function banner(
  t: Text,
  { today, inbox }: NonNullable<PageContext['demonstration']>,
  page: PageContext,
): Html {
  return html`<aside class="banner" aria-label="${t.demonstration.label}"><div class="frame">
<p><strong>${t.demonstration.label}.</strong> ${t.demonstration.explain} !${inbox ? html`<a href="${localPath(page, paths.inbox)}">${t.inbox.nav}</a>` : nothing}</p>
<p>${t.demonstration.clock} !${dayTime(today, page.locale)}</p>
</div></aside>`
}

function freezeBanner(page: PageContext, { at, by, reason }: Frozen, t: Text): Html {
  const words = t.changes.freeze
  return html`<aside class="freeze-banner" aria-label="${words.frozen}"><div class="frame">
<p><strong>${words.frozen}</strong> ${words.by(by)} ${reason} (!${moment(at, page.locale)})</p>
!${mayOpen(page, 'changes.read', null) ? html`<p><a href="${localPath(page, paths.changes())}">${words.more}</a></p>` : nothing}
</div></aside>`
}

/** Whoever looks with somebody else's eyes never forgets it, and can stop from anywhere. */
function helping(page: PageContext, t: Text): Html {
  return html`<aside class="banner banner-helping" aria-label="${t.helping.label}"><div class="frame">
<p><strong>${t.helping.label}.</strong> ${t.helping.words} <a href="${localPath(page, paths.myIncome)}">${t.helping.page}</a></p>
<form method="post" action="${localPath(page, paths.helpEndings)}"><button class="button" type="submit">${t.helping.stop}</button></form>
</div></aside>`
}

function header(page: PageContext, t: Text): Html {
  return html`<header class="site-header"><div class="frame">
<a class="brand" href="${localPath(page, paths.home)}">!${mark()}<span>${t.siteName}</span></a>
<nav aria-label="${t.nav.label}"><ul>
!${link(page, paths.home, t.nav.pools)}
!${link(page, paths.wishes(), t.wishes.nav)}
!${mayOpen(page, 'own-enrolment.read') ? link(page, paths.myIncome, t.nav.myIncome) : nothing}
!${mayOpen(page, 'overview.read') ? link(page, paths.admin, t.nav.admin) : nothing}
!${mayOpen(page, 'bank.read', null) ? link(page, paths.reconciliation, t.nav.reconciliation) : nothing}
!${mayOpen(page, 'changes.read', null) ? link(page, paths.changes(), t.nav.changes) : nothing}
</ul></nav>
<div class="site-tools">
!${person(page, t)}
!${languageLink(page, t)}
</div>
</div></header>`
}

function link(page: PageContext, path: string, words: string): Html {
  const current = page.path.split('?')[0] === path ? html` aria-current="page"` : nothing
  return html`<li><a href="${localPath(page, path)}"!${current}>${words}</a></li>`
}

function person(page: PageContext, t: Text): Html {
  if (!page.signIn) return nothing
  if (!page.person) return html`<a href="${localPath(page, paths.signIn)}">${t.nav.signIn}</a>`
  return html`<form method="post" action="${localPath(page, paths.signOut)}" class="inline-form">
!${who(page, page.person.name, t)}
<button class="link-button" type="submit">${t.nav.signOut}</button></form>`
}

/** Whoever has no role left is signed in, and has no page of their own. */
function who(page: PageContext, name: string, t: Text): Html {
  const words = html`<span class="visually-hidden">${t.nav.signedInAs} </span>${name || t.nav.account}`
  if (!mayOpen(page, 'own-sign-in.manage')) return html`<span class="who">!${words}</span>`
  return html`<a class="who" href="${localPath(page, paths.account)}">!${words}</a>`
}

function languageLink(page: PageContext, t: Text): Html {
  const other = page.locale === 'nl' ? 'en' : 'nl'
  return html`<a class="language" href="${localPath({ locale: other }, page.path)}" lang="${other}" hreflang="${other}">${t.nav.otherLanguage}</a>`
}

function footer(page: PageContext, t: Text): Html {
  const { organisation } = page
  return html`<footer class="site-footer"><div class="frame">
<div>
<p class="footer-line">${t.footer.line}</p>
!${
    organisation
      ? html`<p>${t.footer.behind} ${organisation.legalName}!${organisation.rsin ? html` · RSIN ${organisation.rsin}` : nothing}<br>
<a href="mailto:${organisation.contact}">${organisation.contact}</a></p>`
      : nothing
  }
</div>
<nav aria-label="${t.footer.label}"><ul>
<li><a href="${localPath(page, paths.organisation)}">${t.organisation.behind}</a></li>
<li><a href="${localPath(page, paths.home)}#ledgers">${t.footer.ledgers}</a></li>
<li><a href="${localPath(page, paths.apiDocs)}">${t.footer.apiDocs}</a></li>
<li>!${languageLink(page, t)}</li>
</ul></nav>
</div></footer>`
}
