/** A refusal as a page: what was wrong, where, and the way back. */
import { formatMoney, isCurrency } from '../../money/index.ts'
import type { Problem } from '../../platform/http/problem.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface ProblemModel {
  readonly problem: Problem
  /** Path without the locale's prefix of where the reader came from; null leads home. */
  readonly back: string | null
}

export function problemView(page: PageContext, { problem, back }: ProblemModel): Html {
  const t = text(page.locale).problem
  const { title, detail, errors = [], missing, status, instance } = problem
  const main = html`<div class="frame frame-narrow problem">
<p class="eyebrow" aria-hidden="true">${status}</p><h1>${title}</h1>
!${detail ? html`<p class="lead">${detail}</p>` : nothing}
!${missing && isCurrency(missing.currency) ? html`<p>${t.missing}: <strong>${formatMoney({ minor: BigInt(missing.amount), currency: missing.currency }, page.locale)}</strong></p>` : nothing}
!${errors.length > 0 ? html`<h2>${t.fields}</h2><dl class="facts">!${errors.map(({ field, reason }) => html`<div><dt>${field}</dt><dd>${reason}</dd></div>`)}</dl>` : nothing}
<p class="actions">!${status === 401 ? html`<a class="button" href="${localPath(page, paths.signIn)}">${t.signIn}</a>` : nothing}
!${back === null ? nothing : html`<a href="${localPath(page, back)}">${t.back}</a>`} <a href="${localPath(page, paths.home)}">${t.home}</a></p>
<p class="small">${t.reference}: <code>${instance.replace('urn:uuid:', '')}</code></p></div>`
  return layout(page, { title, main })
}
