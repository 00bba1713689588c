/** Donations for staff: found by what a donor tells, without who gave them; and one of them, with what was given back. */
import { type Donation, isWithdrawable, type Refund } from '../../donations/index.ts'
import type { Pool } from '../../pools/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { afterAsking } from '../components/danger.ts'
import { dayOf, moment } from '../components/date.ts'
import { errorSummary, type FormState, hiddenFields, textField } from '../components/field.ts'
import { shortReference } from '../components/journal-entry.ts'
import { amountCell, amountText } from '../components/money.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { tones as donationTones } from '../public/receipt.ts'
import { text } from '../text/index.ts'
import { trailLinks } from './trail-link.ts'

type NamedPool = Pick<Pool, 'id' | 'slug' | 'name'>

export interface DonationsModel {
  readonly pool: NamedPool
  readonly donations: readonly Donation[]
  /** Refunds that are not finished. */
  readonly todo: readonly Refund[]
  /** Fields: reference, amount. */
  readonly form: FormState
}

export interface DonationModel {
  readonly pool: NamedPool
  readonly donation: Donation
  readonly refunds: readonly Refund[]
  /** Names of colleagues by id. */
  readonly names: ReadonlyMap<string, string>
  /** What can still be given back. */
  readonly left: bigint
  readonly viewerId: string
  /** Fields: amount and reason of a new refund, and `reason-<refund>` of calling one off. */
  readonly form: FormState
}

const section = (id: string, title: string, content: Html): Html =>
  html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`

export function donationsView(page: PageContext, { pool, donations, todo, form }: DonationsModel): Html {
  const { donations: t } = text(page.locale)
  const search = html`<form method="get" action="${localPath(page, paths.adminDonations(pool.slug))}" novalidate>
!${textField(form, { name: 'reference', label: t.reference, hint: t.referenceHint })}
!${textField(form, { name: 'amount', label: t.amount, hint: t.amountHint, inputMode: 'decimal', width: 'short' })}
<button class="button" type="submit">${t.submit}</button></form>`
  const main = html`<div class="frame">!${errorSummary(text(page.locale), form)}
<header class="page-head">!${poolLink(page, pool)}<h1>${t.title(pool.name)}</h1><p class="lead">${t.lead}</p></header>
!${section('todo', t.todo, todoTable(page, todo))}
!${section('search', t.search, search)}
!${section('found', t.found, found(page, donations))}</div>`
  return layout(page, { title: t.title(pool.name), main, refused: Object.keys(form.errors).length > 0 })
}

const poolLink = (page: PageContext, pool: NamedPool): Html =>
  mayOpen(page, 'enrolments.read', pool.id)
    ? html`<p class="eyebrow"><a href="${localPath(page, paths.adminPool(pool.slug))}">${text(page.locale).donations.toPool(pool.name)}</a></p>`
    : nothing

const link = (page: PageContext, donationId: string): Html => {
  const reference = shortReference(donationId)
  return html`<a href="${localPath(page, paths.adminDonation(donationId))}" aria-label="${text(page.locale).donations.one(reference)}"><code>${reference}</code></a>`
}

function found(page: PageContext, rows: readonly Donation[]): Html {
  const { locale } = page
  const { donations: t, receipt } = text(locale)
  return table<Donation>({
    id: 'donations-table',
    caption: t.caption,
    captionHidden: true,
    empty: t.none,
    rows,
    columns: [
      { heading: t.number, cell: row => link(page, row.id) },
      { heading: t.date, cell: row => dayOf(row.createdAt, locale, 'shortDay') },
      { heading: t.state, cell: row => badge(receipt.states[row.state], donationTones[row.state]) },
      {
        heading: t.amount,
        numeric: true,
        cell: row => amountCell(row.amount + row.costsShare, row.currency, locale),
      },
    ],
  })
}

const tones: Record<Refund['state'], Tone> = {
  decided: 'busy',
  approved: 'busy',
  asked: 'busy',
  paid: 'good',
  failed: 'bad',
  refused: 'bad',
  withdrawn: 'calm',
}

function todoTable(page: PageContext, rows: readonly Refund[]): Html {
  const { locale } = page
  const { donations: t } = text(locale)
  return table<Refund>({
    id: 'todo-table',
    caption: t.todoCaption,
    captionHidden: true,
    empty: t.noTodo,
    rows,
    columns: [
      { heading: t.number, cell: row => link(page, row.donationId) },
      { heading: t.decidedAt, cell: row => dayOf(row.decidedAt, locale, 'shortDay') },
      { heading: t.state, cell: row => badge(t.states[row.state], tones[row.state]) },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.amount, row.currency, locale) },
    ],
  })
}

export function donationView(page: PageContext, model: DonationModel): Html {
  const { donation, pool, form } = model
  const { locale } = page
  const t = text(locale)
  const title = t.donations.one(shortReference(donation.id))
  const main = html`<div class="frame">!${errorSummary(t, form, { refunds: 'refunds' })}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.adminDonations(pool.slug))}">${t.donations.back}</a></p><h1>${title}</h1>
<p>!${badge(t.receipt.states[donation.state], donationTones[donation.state])}</p></header>
<div class="split"><div class="split-main">
!${section('details', t.receipt.details, amounts(page, model))}
!${section('refunds', t.donations.refunds, refunds(page, model))}
</div><div class="split-side">!${mayOpen(page, 'refunds.decide', pool.id) ? decideForm(page, model) : nothing}
!${trailLinks(page, [{ kind: 'donation', id: donation.id, words: t.trail.link }])}</div></div></div>`
  return layout(page, { title, main, refused: Object.keys(form.errors).length > 0 })
}

function amounts({ locale }: PageContext, { donation, pool }: DonationModel): Html {
  const { receipt: t } = text(locale)
  const line = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const show = (minor: bigint) => amountCell(minor, donation.currency, locale)
  const some = (name: string, minor: bigint) => (minor > 0n ? line(name, show(minor)) : nothing)
  return html`<dl class="sums">!${line(t.gaveTo, html`${pool.name}`)}
!${line(t.date, moment(donation.createdAt, locale))}
!${line(t.number, html`<code>${donation.id}</code>`)}
!${line(t.gift, show(donation.amount))}!${some(t.costsShare, donation.costsShare)}
!${some(t.refunded, donation.refunded)}!${some(t.refundOwed, donation.refundOwed)}
!${some(t.disputed, donation.disputed)}!${some(t.chargedBack, donation.chargedBack)}</dl>`
}

function refunds(page: PageContext, model: DonationModel): Html {
  const { locale } = page
  const { donations: t } = text(locale)
  const { names } = model
  const rows = table<Refund>({
    id: 'refunds-table',
    caption: t.refundsCaption,
    captionHidden: true,
    empty: t.noRefunds,
    rows: model.refunds,
    columns: [
      { heading: t.decidedAt, cell: row => moment(row.decidedAt, locale) },
      { heading: t.decidedBy, cell: row => html`${names.get(row.decidedBy) ?? ''}` },
      { heading: t.approvedBy, cell: row => html`${names.get(row.approvedBy ?? '') ?? '–'}` },
      { heading: t.state, cell: row => badge(t.states[row.state], tones[row.state]) },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.amount, row.currency, locale) },
    ],
  })
  return html`!${rows}!${model.refunds.map(refund => steps(page, model, refund))}`
}

/** What this reader may do with it now: never approve what they decided themselves. */
function steps(page: PageContext, { pool, viewerId, form }: DonationModel, refund: Refund): Html {
  const { locale } = page
  const { donations: t } = text(locale)
  const amount = amountText(refund.amount, refund.currency, locale)
  const hidden = hiddenFields({ idempotencyKey: form.formKey })
  const why = `reason-${refund.id}`
  const approve =
    refund.state === 'decided' && refund.decidedBy !== viewerId && mayOpen(page, 'refunds.approve', pool.id)
      ? afterAsking(localPath(page, paths.refundApprovals(refund.id)), {
          ...{ ask: t.approve, label: t.approveLabel(amount), words: t.approveWords(amount) },
          ...{ submit: t.approve, fields: hidden },
        })
      : nothing
  const withdraw =
    isWithdrawable(refund) && mayOpen(page, 'refunds.withdraw', pool.id)
      ? afterAsking(localPath(page, paths.refundWithdrawals(refund.id)), {
          ...{ ask: t.withdraw, label: t.withdrawLabel(amount), words: t.withdrawWords, submit: t.withdraw },
          fields: html`!${hidden}!${textField(form, { name: why, label: t.reason, hint: t.reasonHint, maxLength: 500 })}`,
          isOpen: form.errors[why] !== undefined,
        })
      : nothing
  return html`!${approve}!${withdraw}`
}

function decideForm(page: PageContext, { donation, left, form }: DonationModel): Html {
  const { donations: t } = text(page.locale)
  const open = left > 0n
  const shut = donation.provider === 'bank-transfer' ? t.byTransfer : t.nothingLeft
  return html`<section class="aside-note" aria-labelledby="decide"><h2 id="decide">${t.decide}</h2>
<p>${open ? t.decideWords(amountText(left, donation.currency, page.locale)) : shut}</p>
!${
    open
      ? html`<form method="post" action="${localPath(page, paths.refunds(donation.id))}" novalidate>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'amount', label: t.refundAmount, inputMode: 'decimal', width: 'short' })}
!${textField(form, { name: 'reason', label: t.reason, hint: t.reasonHint, maxLength: 500 })}
<button class="button" type="submit">${t.decideSubmit}</button></form>`
      : nothing
  }</section>`
}
