/**
 * The demonstration's inbox: what would leave by e-mail, for whoever plays its reader. A list, and a page for one letter
 * on which the button leads where it would from a mail program.
 */
import type { Letter, WaitingLetter } from '../../mail/index.ts'
import { moment } from '../components/date.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface InboxModel {
  /** Newest first. */
  readonly letters: readonly WaitingLetter[]
}

export function inboxView(page: PageContext, { letters }: InboxModel): Html {
  const t = text(page.locale).inbox
  const item = ({ id, to, locale, queuedAt, letter }: WaitingLetter) =>
    html`<li><a href="${localPath(page, paths.inboxLetter(id))}" lang="${locale}">${letter.subject}</a>
<span class="explain"><span class="visually-hidden">${t.to} </span>${to}, !${moment(queuedAt, page.locale)}</span></li>`
  const main = html`<div class="frame frame-narrow">
<header class="page-head"><h1>${t.title}</h1><p class="lead">${t.lead}</p></header>
!${letters.length === 0 ? html`<p class="empty">${t.empty}</p>` : html`<ul class="letters">!${letters.map(item)}</ul>`}</div>`
  return layout(page, { title: t.title, main })
}

export interface InboxLetterModel extends WaitingLetter {
  /** Where the button leads on this site; null when it leads elsewhere: that is shown, and not followed. */
  readonly linkPath: string | null
  /** The same of the link that stops such letters. */
  readonly stopPath?: string | null
}

export function inboxLetterView(page: PageContext, model: InboxLetterModel): Html {
  const { to, locale, queuedAt, letter, linkPath, stopPath } = model
  const t = text(page.locale).inbox
  const main = html`<div class="frame frame-narrow">
<p class="letter-back"><a href="${localPath(page, paths.inbox)}">${t.back}</a></p>
<p class="explain">${t.standsIn}</p>
<article class="letter" lang="${locale}">
<h1>${letter.subject}</h1>
<dl class="letter-head" lang="${page.locale}"><div><dt>${t.to}</dt><dd class="address">${to}</dd></div><div><dt>${t.at}</dt><dd>!${moment(queuedAt, page.locale)}</dd></div></dl>
!${letter.greeting ? html`<p>${letter.greeting}</p>` : nothing}
!${letter.paragraphs.map(line => html`<p>${line}</p>`)}
!${letter.action ? action(letter.action, linkPath) : nothing}
!${letter.code ? html`<p class="letter-code"><code>${letter.code}</code></p>` : nothing}
!${(letter.after ?? []).map(line => html`<p class="explain">${line}</p>`)}
!${stopPath ? html`<p class="explain"><a href="${stopPath}">${text(locale).inbox.stop}</a></p>` : nothing}
</article>
!${letter.code ? html`<p class="explain">${t.code}</p>` : nothing}</div>`
  return layout(page, { title: letter.subject, main })
}

const action = ({ label, url }: NonNullable<Letter['action']>, linkPath: string | null): Html =>
  linkPath === null
    ? html`<p>${label}: <span class="address">${url}</span></p>`
    : html`<p class="actions"><a class="button" href="${linkPath}">${label}</a></p>`
