/** The recipient's own thank-yous on their page: what became of each, and a form that nobody asks them to fill in. */
import { LONGEST_NICKNAME } from '../../platform/plain-words.ts'
import { LOOK_WITHIN_DAYS } from '../../platform/promise.ts'
import {
  LONGEST_THANKS,
  type OwnThankings,
  type OwnThanks,
  SHORTEST_THANKS,
  type ThanksState,
} from '../../thanks/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { afterAsking } from '../components/danger.ts'
import { dayTime, monthText, monthTime } from '../components/date.ts'
import { type FormState, hiddenFields, textArea, textField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface OwnThanksModel extends OwnThankings {
  /** Fields: text, nickname. */
  readonly form: FormState
}

export function thanksSection(page: PageContext, { thanks, mayWrite, form }: OwnThanksModel): Html {
  const t = text(page.locale).thanks.own
  // What is gone is gone, but for this month's, which says why there is no form.
  const there = thanks.filter(({ state }) => state !== 'taken-away')
  return html`<section class="section" aria-labelledby="thanks"><h2 id="thanks">${t.title}</h2>
<p class="measure">${t.free}</p>
!${mayWrite === 'yes' || Object.keys(form.errors).length > 0 ? writing(page, form) : html`<p>${t.wait[mayWrite]}</p>`}
!${there.length === 0 ? nothing : html`<h3 class="thanks-written">${t.list}</h3>!${there.map(each => written(page, each))}`}</section>`
}

/** Folded away: it is an offer. */
function writing(page: PageContext, form: FormState): Html {
  const { forms, thanks } = text(page.locale)
  const t = thanks.own
  const words = {
    name: 'text',
    label: t.text,
    hint: t.textHint(SHORTEST_THANKS, LONGEST_THANKS),
    maxLength: 1000,
  }
  const nickname = {
    ...{ name: 'nickname', label: t.nickname, hint: t.nicknameHint, optional: forms.optional },
    maxLength: LONGEST_NICKNAME,
  }
  return html`<details class="fold"!${Object.keys(form.errors).length > 0 ? html` open` : nothing}><summary>${t.write}</summary>
<form method="post" action="${localPath(page, paths.ownThanks)}" novalidate>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textArea(form, words, 5)}
!${textField(form, nickname)}
<p class="small">${t.next(LOOK_WITHIN_DAYS)}</p>
<button class="button" type="submit">${t.submit}</button></form></details>`
}

const tones: Record<ThanksState, Tone> = {
  ...{ waiting: 'busy', shown: 'good', refused: 'bad', 'taken-away': 'calm' },
}

function written(page: PageContext, { id, state, month, ...own }: OwnThanks): Html {
  const { own: t, reasons, anonymous } = text(page.locale).thanks
  const when = monthText(month, page.locale)
  return html`<article class="panel moderated state-panel" aria-label="${t.written} ${when}"><p>!${badge(t.states[state], tones[state])} <span class="small">${t.written} !${monthTime(month, page.locale)}</span></p>
!${own.text ? html`<blockquote class="own-words" lang="${own.locale}">${own.text}</blockquote><p class="wish-by">${own.nickname ?? anonymous}</p>` : nothing}
<p>${t.stateWords[state]}!${own.lookBy ? html` <strong>!${dayTime(own.lookBy, page.locale)}</strong>.` : nothing}!${own.because ? html` ${reasons[own.because]}.` : nothing}</p>
!${afterAsking(localPath(page, paths.thanksWithdrawals(id)), {
    ...{ ask: t.takeAway, label: `${t.takeAway}: ${when}`, words: t.takeAwayWords, submit: t.takeAwaySubmit },
  })}</article>`
}
