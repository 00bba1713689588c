/** What waits for a second person, each with what it is now and what it becomes; the freeze and the keys; what was before. */
import type { Change } from '../../changes/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { type ChangeNames, changeRows, changeSentence } from '../components/change.ts'
import { dayOf, moment } from '../components/date.ts'
import { errorSummary, type FormState, fieldId, hiddenFields, textField } from '../components/field.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface OpenChange {
  readonly change: Change
  readonly may: 'decide' | 'withdraw' | 'look'
  /** It is about the viewer's own role. */
  readonly isOwnRole: boolean
}

export interface ChangesModel {
  readonly open: readonly OpenChange[]
  /** Newest first. */
  readonly decided: readonly Change[]
  readonly names: ChangeNames
  /** Where older ones begin; null on the last page. */
  readonly before: bigint | null
  /** Null while the environment's keys are accepted. Short fingerprints. */
  readonly keys: { readonly accepted: string | null; readonly environment: string } | null
  readonly mayProposeKeys: boolean
  /** Approvers, while payments are frozen and nobody proposed to go on. */
  readonly mayProposeLift: boolean
  /** Fields: `reason-` with a change's id, `keys` or `lift`; `change` for what is wrong with a change itself. */
  readonly form: FormState
}

export function changesView(page: PageContext, model: ChangesModel): Html {
  const t = text(page.locale)
  const { changes: words } = t
  const { form } = model
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><h1>${words.title}</h1><p class="lead">${words.lead}</p></header>
!${form.errors.change ? html`<div class="warning" id="${fieldId('change')}"><p>${form.errors.change}</p></div>` : nothing}
!${keys(page, model)}!${lift(page, model)}
<section class="section" aria-labelledby="open"><h2 id="open">${words.open}</h2>
!${model.open.length === 0 ? html`<p class="empty">${words.noneOpen}</p>` : model.open.map(each => openChange(page, model, each))}</section>
!${where(page)}
<section class="section" aria-labelledby="history"><h2 id="history">${words.history}</h2>!${history(page, model)}
!${model.before === null ? nothing : html`<p><a href="${localPath(page, paths.changes(model.before))}">${words.more}</a></p>`}</section></div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

/** Each thing is proposed where it stands; here one reads where that is. */
function where(page: PageContext): Html {
  const t = text(page.locale).changes.where
  const item = ({ words, link }: { words: string; link: string }, path: string, may: boolean) =>
    may ? html`<li>${words}: <a href="${localPath(page, path)}">${link}</a></li>` : html`<li>${words}.</li>`
  return html`<section class="section" aria-labelledby="where"><h2 id="where">${t.title}</h2>
<ul>!${item(t.account, paths.ownAccount, mayOpen(page, 'own-iban.propose', null))}
!${item(t.terms, `${paths.admin}#pools`, mayOpen(page, 'pool-terms.propose', null))}
!${item(t.roles, paths.people, mayOpen(page, 'approving-roles.propose', null))}
!${item(t.freeze, `${paths.admin}#freeze`, mayOpen(page, 'payments.freeze') && !page.frozen)}
<li>${t.keys}</li></ul></section>`
}

/** A reason, in a form of its own. */
function reasonForm(
  page: PageContext,
  { form }: ChangesModel,
  which: string,
  parts: { path: string; label: string; submit: string; quiet?: boolean },
): Html {
  const field = textField(form, { name: `reason-${which}`, label: parts.label, maxLength: 500 })
  return html`<form method="post" action="${localPath(page, parts.path)}" novalidate>!${field}
<button class="button!${parts.quiet ? html` button-quiet` : nothing}" type="submit">${parts.submit}</button></form>`
}

function keys(page: PageContext, model: ChangesModel): Html {
  if (!model.keys) return nothing
  const t = text(page.locale).changes
  const { accepted, environment } = model.keys
  return html`<section class="trouble" aria-labelledby="keys"><h2 id="keys">${t.keys.title}</h2><p>${t.keys.words}</p>
<dl class="facts"><div><dt>${t.keys.accepted}</dt><dd><code>${accepted ?? t.noKeys}</code></dd></div>
<div><dt>${t.keys.environment}</dt><dd><code>${environment}</code></dd></div></dl>
!${model.mayProposeKeys ? reasonForm(page, model, 'keys', { path: paths.providerKeys, label: t.reason, submit: t.keys.submit }) : nothing}</section>`
}

function lift(page: PageContext, model: ChangesModel): Html {
  if (!page.frozen) return nothing
  const t = text(page.locale).changes.freeze
  const parts = { path: paths.liftFreeze, label: t.liftReason, submit: t.liftSubmit }
  if (model.open.some(({ change }) => change.kind === 'lift-freeze'))
    return html`<section class="trouble" aria-labelledby="lift"><h2 id="lift">${t.liftProposed}</h2><p>${t.liftProposedWords}</p></section>`
  return html`<section class="trouble" aria-labelledby="lift"><h2 id="lift">${t.lift}</h2><p>${t.liftWords}</p>
!${model.mayProposeLift ? reasonForm(page, model, 'lift', parts) : nothing}</section>`
}

function openChange(page: PageContext, model: ChangesModel, { change, may, isOwnRole }: OpenChange): Html {
  const { locale } = page
  const t = text(locale).changes
  const { id } = change
  const by = model.names.persons.get(change.proposedBy) ?? ''
  return html`<article class="panel change" id="change-${id}" aria-labelledby="change-${id}-title">
<h3 id="change-${id}-title">${t.kinds[change.kind]}</h3>
<p>${changeSentence(change, model.names, locale)}</p>
!${changeRows(change, model.names, locale)}
<dl class="facts"><div><dt>${t.why}</dt><dd>${change.reason}</dd></div>
<div><dt>${t.by}</dt><dd>${by}, !${moment(change.proposedAt, locale)}</dd></div>
<div><dt>${t.expires}</dt><dd>!${dayOf(change.expiresAt, locale)}</dd></div></dl>
!${decisions(page, model, change, may, isOwnRole)}</article>`
}

function decisions(
  page: PageContext,
  model: ChangesModel,
  { id }: Change,
  may: OpenChange['may'],
  isOwnRole: boolean,
): Html {
  const t = text(page.locale).changes
  const post = (path: string, label: string, quiet: boolean) =>
    html`<form method="post" action="${localPath(page, path)}">!${hiddenFields({ idempotencyKey: model.form.formKey })}<button class="button!${quiet ? html` button-quiet` : nothing}" type="submit">${label}</button></form>`
  if (may === 'withdraw') return html`<p>${t.yours}</p>!${post(paths.withdrawals(id), t.withdraw, true)}`
  if (may === 'look') return html`<p class="small">${isOwnRole ? t.yourRole : t.notYours}</p>`
  const path = paths.rejections(id)
  return html`<p class="small">${t.approveWords}</p>!${post(paths.changeApprovals(id), t.approve, false)}
!${reasonForm(page, model, id, { path, label: t.rejectReason, submit: t.reject, quiet: true })}`
}

const tones: Record<Change['state'], Tone> = {
  ...{ open: 'busy', expired: 'calm', approved: 'good', rejected: 'bad', withdrawn: 'calm', alone: 'good' },
}

function history({ locale }: PageContext, { decided, names }: ChangesModel): Html {
  const t = text(locale).changes
  return table<Change>({
    id: 'history-table',
    caption: t.historyCaption,
    captionHidden: true,
    empty: t.noHistory,
    rows: decided,
    columns: [
      {
        heading: t.kind,
        cell: row =>
          html`<span id="change-${row.id}">${changeSentence(row, names, locale)}</span><span class="explain">${t.why}: ${row.reason}</span>`,
      },
      { heading: t.state, cell: row => badge(t.states[row.state], tones[row.state]) },
      { heading: t.by, cell: row => html`${names.persons.get(row.proposedBy) ?? ''}` },
      {
        heading: t.decidedBy,
        cell: row =>
          html`${row.decidedBy ? (names.persons.get(row.decidedBy) ?? '') : '–'}!${row.decisionReason ? html`<span class="explain">${row.decisionReason}</span>` : nothing}`,
      },
      { heading: t.when, cell: row => moment(row.decidedAt ?? row.proposedAt, locale) },
    ],
  })
}
