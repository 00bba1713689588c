/** Where the link of a mail leads: a button, since programs that look at mail follow links and press nothing. */
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface SignInLinkModel {
  readonly token: string
  /** Who would be signed in; null when the link is spent. */
  readonly email: string | null
}

export function signInLinkView(page: PageContext, { token, email }: SignInLinkModel): Html {
  const t = text(page.locale).signInLink
  const title = email === null ? t.spent : t.title
  const main =
    email === null
      ? html`<div class="frame frame-narrow"><header class="page-head"><h1>${title}</h1><p class="lead">${t.spentWords}</p></header>
<p class="actions"><a class="button" href="${localPath(page, paths.signIn)}">${t.again}</a></p></div>`
      : html`<div class="frame frame-narrow"><header class="page-head"><h1>${title}</h1><p class="lead">${t.lead(email)}</p></header>
<form method="post" action="${localPath(page, paths.signInLink(token))}"><button class="button" type="submit">${t.submit}</button></form>
<p class="small">${t.notYou}</p></div>`
  return layout(page, { title, main, refused: email === null })
}
