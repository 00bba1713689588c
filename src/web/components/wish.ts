/** A wish as a card, and its button: what somebody would do, who says so, and "me too". */

import { formatCount } from '../../money/index.ts'
import type { Wish } from '../../wishes/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

/** `poolName`: null where it has none, or where the page says it already. */
export interface ShownWish extends Wish {
  readonly poolName: string | null
}

export function wishCards(page: PageContext, wishes: readonly ShownWish[]): Html {
  return html`<ul class="wishes">!${wishes.map(wish => card(page, wish))}</ul>`
}

function card(page: PageContext, wish: ShownWish): Html {
  return html`<li class="wish"><blockquote id="wish-${wish.id}" lang="${wish.locale}"><a class="wish-link" href="${localPath(page, paths.wish(wish.id))}">${wish.text}</a></blockquote>
<div class="wish-foot"><p class="wish-by">!${writer(page, wish)}</p>!${agreeButton(page, wish, `wish-${wish.id}`)}</div></li>`
}

export function writer({ locale }: PageContext, { nickname, poolName }: ShownWish): Html {
  const t = text(locale).wishes
  return html`<span class="wish-name">${nickname ?? t.anonymous}</span>!${poolName ? html` <span class="wish-pool">${t.at(poolName)}</span>` : nothing}`
}

/** `about`: the id of the words, for who only hears the button. */
export function agreeButton(page: PageContext, { id, agreements }: Wish, about: string): Html {
  const t = text(page.locale).wishes
  return html`<form method="post" action="${localPath(page, paths.agreements(id))}"><button class="me-too" type="submit" aria-describedby="${about}">${t.agree}
<span class="me-too-count"><span aria-hidden="true">${formatCount(agreements, page.locale)}</span><span class="visually-hidden">${t.counted(agreements)}</span></span></button></form>`
}
