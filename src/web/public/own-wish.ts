/** One's own wish, behind the secret link: what becomes of it, the link itself, and taking it away. */
import type { OwnWish, WishState } from '../../wishes/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { afterAsking } from '../components/danger.ts'
import { dayTime } from '../components/date.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface OwnWishModel {
  readonly wish: OwnWish
  readonly token: string
  /** Of this page, whole: what there is to keep. */
  readonly url: string
}

const tones: Record<WishState, Tone> = {
  ...{ waiting: 'busy', shown: 'good', hidden: 'bad', refused: 'bad', 'taken-away': 'calm' },
}

export function ownWishView(page: PageContext, { wish, token, url }: OwnWishModel): Html {
  const t = text(page.locale).wishes
  const isThere = wish.state !== 'taken-away'
  const main = html`<div class="frame frame-narrow"><header class="page-head"><h1>${t.own.title}</h1></header>
<section class="panel state-panel" aria-label="${t.own.states[wish.state]}"><p>!${badge(t.own.states[wish.state], tones[wish.state])}</p>
!${wish.text ? html`<blockquote class="own-words" lang="${wish.locale}">${wish.text}</blockquote><p class="wish-by">${wish.nickname ?? t.anonymous}</p>` : nothing}
<p>${t.own.stateWords[wish.state]}!${wish.state === 'waiting' && wish.lookBy ? html` <strong>!${dayTime(wish.lookBy, page.locale)}</strong>.` : nothing}!${why(page, wish)}</p>
!${wish.state === 'shown' ? html`<p>${t.agreed(wish.agreements)} <a href="${localPath(page, paths.wish(wish.id))}">${t.own.see}</a></p>` : nothing}</section>
!${
    isThere
      ? html`<section class="section" aria-labelledby="keep"><h2 id="keep">${t.own.keep}</h2><p>${t.own.keepWords}</p><code class="secret">${url}</code></section>
<div class="section">!${afterAsking(localPath(page, paths.wishWithdrawals(token)), { ask: t.own.takeAway, label: t.own.takeAway, words: t.own.takeAwayWords, submit: t.own.takeAwaySubmit })}</div>`
      : html`<p class="actions"><a class="button" href="${localPath(page, paths.wishes())}#write">${t.own.another}</a></p>`
  }</div>`
  return layout(page, { title: t.own.title, main })
}

function why({ locale }: PageContext, { because }: OwnWish): Html {
  const t = text(locale).wishes
  if (because === null) return nothing
  return html` ${because === 'reported' ? t.reported : t.reasons[because]}.`
}
