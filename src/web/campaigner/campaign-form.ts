/** The form in which somebody writes a campaign. Amounts are typed in euros, days as year-month-day. */
import {
  type CampaignTerms,
  LARGEST_FOR_ONESELF,
  LARGEST_MONTH,
  LONGEST_STORY,
  LONGEST_TERM,
  LONGEST_TITLE,
  SHORTEST_STORY,
  SMALLEST_MONTH,
} from '../../campaigns/index.ts'
import { EUR, type Locale, parseAmount, toDecimal } from '../../money/index.ts'
import { isUuid } from '../../platform/id.ts'
import type { Pool } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import { describedChoice } from '../components/choice.ts'
import {
  checkbox,
  type FormState,
  hiddenFields,
  selectField,
  textArea,
  textField,
} from '../components/field.ts'
import { amountText } from '../components/money.ts'
import { type Html, html } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { text } from '../text/index.ts'

export const campaignFields = [
  ...['title', 'organiser', 'area', 'forWhom', 'otherAgreed', 'monthlyAmount', 'termMonths', 'lastDay'],
  ...['ifUnreached', 'movesTo', 'story'],
]

export interface CampaignForm {
  /** Where it is posted to. */
  readonly path: string
  readonly submit: string
  /** Community pools that money may move to. */
  readonly pools: readonly Pick<Pool, 'id' | 'name'>[]
  readonly form: FormState
}

export function campaignForm(page: PageContext, { path, submit, pools, form }: CampaignForm): Html {
  const t = text(page.locale).campaigns.own.fields
  const amount = (minor: bigint) => amountText(minor, EUR, page.locale)
  const forWhom = [
    { value: 'self', label: t.self, words: t.selfWords(amount(LARGEST_FOR_ONESELF)) },
    { value: 'other', label: t.other, words: t.otherWords },
  ]
  const choices = [
    { value: 'refund', label: t.refund, words: t.refundWords },
    { value: 'moves', label: t.moves, words: t.movesWords },
  ]
  const places = [
    { value: '', label: t.choosePool },
    ...pools.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const chosen = (name: string) => form.values[name] ?? ''
  const monthlyHint = t.monthlyHint(amount(SMALLEST_MONTH), amount(LARGEST_MONTH))
  return html`<form class="panel campaign-form" method="post" action="${localPath(page, path)}" novalidate>
!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'title', label: t.title, hint: t.titleHint, maxLength: LONGEST_TITLE })}
!${describedChoice(form, { name: 'forWhom', legend: t.forWhom, choices: forWhom, chosen: chosen('forWhom'), layout: 'list' })}
!${checkbox(form, { name: 'otherAgreed', label: t.otherAgreed })}
!${textField(form, { name: 'organiser', label: t.organiser, hint: t.organiserHint, maxLength: 60, width: 'medium' })}
!${textField(form, { name: 'area', label: t.area, maxLength: 80, width: 'medium' })}
!${textField(form, { name: 'monthlyAmount', label: t.monthlyAmount, hint: monthlyHint, inputMode: 'decimal', maxLength: 20, width: 'short' })}
!${textField(form, { name: 'termMonths', label: t.termMonths, hint: t.termHint(LONGEST_TERM), inputMode: 'numeric', maxLength: 3, width: 'short' })}
!${textField(form, { name: 'lastDay', label: t.lastDay, hint: t.lastDayHint, type: 'date', maxLength: 10, width: 'medium' })}
!${describedChoice(form, { name: 'ifUnreached', legend: t.ifUnreached, choices, chosen: chosen('ifUnreached'), layout: 'list' })}
!${selectField(form, { name: 'movesTo', label: t.movesTo }, places)}
!${textArea(form, { name: 'story', label: t.story, hint: t.storyHint(SHORTEST_STORY, LONGEST_STORY), maxLength: LONGEST_STORY }, 14)}
<button class="button button-wide" type="submit">${submit}</button></form>`
}

/** As the form shows it again. */
export const typedOf = (terms: CampaignTerms): Readonly<Record<string, string>> => ({
  ...{ title: terms.title, organiser: terms.organiser, area: terms.area, story: terms.story },
  ...{ forWhom: terms.forWhom, ifUnreached: terms.ifUnreached, movesTo: terms.movesTo ?? '' },
  ...(terms.otherAgreed ? { otherAgreed: 'yes' } : {}),
  ...{ monthlyAmount: toDecimal({ minor: terms.monthlyAmount, currency: EUR }).replace(/\.00$/, '') },
  ...{ termMonths: String(terms.termMonths), lastDay: terms.lastDay },
})

/** Throws `invalid-request` for what cannot be read at all; all else is the use case's to refuse. */
export function termsTyped(
  typed: Readonly<Record<string, string | undefined>>,
  locale: Locale,
): CampaignTerms {
  const { forWhom, ifUnreached, movesTo = '', termMonths = '' } = typed
  const amount = parseAmount(typed.monthlyAmount ?? '', locale)
  const wrong = [
    ...(forWhom === 'self' || forWhom === 'other' ? [] : [{ field: 'forWhom', reason: choose }]),
    ...(ifUnreached === 'moves' || ifUnreached === 'refund'
      ? []
      : [{ field: 'ifUnreached', reason: choose }]),
    ...(amount.ok ? [] : [{ field: 'monthlyAmount', reason: text(locale).amounts.refusals[amount.reason] }]),
  ]
  if (wrong.length > 0 || !amount.ok) throw new DomainError('invalid-request', { errors: wrong })
  return {
    ...{ title: typed.title ?? '', organiser: typed.organiser ?? '', area: typed.area ?? '' },
    ...{ story: typed.story ?? '', lastDay: (typed.lastDay ?? '').trim() },
    forWhom: forWhom === 'self' ? 'self' : 'other',
    ifUnreached: ifUnreached === 'moves' ? 'moves' : 'refund',
    otherAgreed: typed.otherAgreed === 'yes',
    monthlyAmount: amount.minor,
    termMonths: /^\s*\d{1,3}\s*$/.test(termMonths) ? Number(termMonths) : 0,
    movesTo: isUuid(movesTo) ? movesTo.toLowerCase() : undefined,
  }
}

const choose = { nl: 'Kies een van de twee', en: 'Choose one of the two' }
