/** What can be done with a cycle now, by this person: one step at a time, with its reason and its limits. */
import { errorOf, type FormState, hiddenFields, textField } from '../components/field.ts'
import { shortReference } from '../components/journal-entry.ts'
import { amountText } from '../components/money.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type CycleModel, totalOf } from './cycle.ts'

export function cycleActions(page: PageContext, model: CycleModel): Html {
  const t = text(page.locale).cycle
  return html`<section class="aside-note" id="actions" aria-labelledby="actions-title"><h2 id="actions-title">${t.actions}</h2>
!${errorOf(model.form, 'cycle')}
!${shortage(page, model)}
!${nextStep(page, model)}</section>`
}

/** Only the bank's cash pays a SEPA batch; it matters until the file is at the bank. */
function shortage({ locale }: PageContext, { cycle, lines, bankBalance, currency, batch }: CycleModel): Html {
  const missing = totalOf(lines) - bankBalance
  if (missing <= 0n || batch?.handedOverAt || cycle.state === 'sent' || cycle.state === 'settled')
    return nothing
  const t = text(locale).cycle
  return html`<div class="warning"><p><strong>${t.short}</strong></p>
<p>${t.shortWords(amountText(missing, currency, locale), amountText(bankBalance, currency, locale))}</p></div>`
}

function nextStep(page: PageContext, model: CycleModel): Html {
  const { cycle, may, noSecondEyes, batch, lines, form } = model
  const t = text(page.locale).cycle
  const act = (path: string, words: string, label: string, allowed: boolean, quiet = false): Html => {
    if (!allowed) return html`<p>${words}</p><p class="small">${t.notYours}</p>`
    return html`<p>${words}</p><form method="post" action="${localPath(page, path)}">!${hiddenFields({ idempotencyKey: form.formKey })}
!${note(page, model)}
<button class="button button-wide!${quiet ? html` button-quiet` : nothing}" type="submit">${label}</button></form>`
  }
  const frozen = html`<p><strong>${t.frozen}</strong></p><p>${t.frozenWords}</p>`
  if (cycle.state === 'settled') return html`<p>${t.settledWords}</p>`
  if (lines.length === 0) return html`<p>${t.noLines}</p>`
  if (cycle.state === 'planned') return act(paths.proposals(cycle.id), t.proposeWords, t.propose, may.propose)
  if (cycle.state === 'proposed') {
    return noSecondEyes
      ? html`<p><strong>${t.fourEyes}</strong></p><p>${t.noSecondEyes[noSecondEyes]}</p>`
      : page.frozen
        ? frozen
        : act(paths.approvals(cycle.id), t.approveWords, t.approve, may.approve)
  }
  if (page.frozen && (!batch?.handedOverAt || model.retries.waiting + model.retries.approved > 0))
    return frozen
  if (!batch) return act(paths.paymentFiles(cycle.id), t.makeFileWords, t.makeFile, may.makeFile)
  const { retries } = model
  if (batch.handedOverAt && retries.waiting > 0)
    return retries.own
      ? html`<p><strong>${t.fourEyes}</strong></p><p>${t.ownReturn}</p>`
      : act(paths.retryApprovals(cycle.id), t.retryWords(retries.waiting), t.retry, may.approve)
  if (batch.handedOverAt && retries.approved > 0)
    return act(paths.paymentFiles(cycle.id), t.makeFileAgainWords, t.makeFile, may.makeFile)
  if (batch.handedOverAt) return atBank(page, model)
  if (!may.readFile && !may.handOver) return html`<p>${t.handOverWords}</p><p class="small">${t.notYours}</p>`
  return html`<ol class="numbered">!${may.readFile ? html`<li>!${readFile(page, batch, form)}</li>` : nothing}
<li><p>${t.takeWords} ${t.message}: <code>${batch.messageId}</code></p></li>
<li>!${act(paths.handOvers(batch.id), t.handOverWords, t.handOver, may.handOver, may.readFile)}</li></ol>`
}

/** What is out of the ordinary this month, if anything; a month like the others needs no words. */
function note(page: PageContext, { form }: CycleModel): Html {
  const { cycle: t, person, forms } = text(page.locale)
  const open = form.errors.reason || form.values.reason ? html` open` : nothing
  const field = { name: 'reason', label: t.note, hint: person.reasonHint, optional: forms.optional }
  return html`<details class="note"!${open}><summary>${t.noteOpen}</summary>!${textField(form, { ...field, maxLength: 500 })}</details>`
}

/** The file holds names and accounts, so reading it is an act, with its reason. */
function readFile(page: PageContext, batch: { id: string }, form: FormState): Html {
  const { cycle: t, person } = text(page.locale)
  return html`<form method="post" action="${localPath(page, paths.paymentFileReadings(batch.id))}" novalidate>
<p>${t.downloadWords}</p>
!${textField(form, { name: 'fileReason', label: person.reason, hint: t.downloadReasonHint, maxLength: 500 })}
<button class="button button-wide" type="submit">${t.download}</button></form>`
}

function atBank(page: PageContext, { lines, may, blocked }: CycleModel): Html {
  const t = text(page.locale).cycle
  if (lines.some(({ state }) => state === 'sent'))
    return html`<p>${t.waiting}</p>
!${may.importStatement ? html`<p><a href="${localPath(page, paths.reconciliation)}#import">${t.importStatement}</a></p>` : nothing}`
  const enrolment = ({ enrolmentId, reason }: CycleModel['blocked'][number]) => {
    const words = text(page.locale).enrolment.open(shortReference(enrolmentId))
    return html`<li>!${may.openEnrolment ? html`<a href="${localPath(page, paths.adminEnrolment(enrolmentId))}">${words}</a>` : html`${shortReference(enrolmentId)}`} (${t.bankSays(reason)})</li>`
  }
  return html`<p>${t.openAgain}</p>
!${blocked.length === 0 ? nothing : html`<p>${may.callRecipient ? t.callThem : t.theyAreCalled} ${t.accountStays}</p><ul>!${blocked.map(enrolment)}</ul>`}`
}
