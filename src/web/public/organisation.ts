/** Who stands behind the pools: the organisation, its board, whether gifts are deductible, and what it promises. */
import type { Profile } from '../../organisations/index.ts'
import { dayText } from '../components/date.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import type { PageContext } from '../page.ts'
import { text } from '../text/index.ts'

export function organisationView(page: PageContext, profile: Profile | null): Html {
  const t = text(page.locale).organisation
  const { organisation } = page
  const main = html`<div class="frame frame-narrow">
<header class="page-head"><h1>${t.title}</h1>!${organisation ? html`<p class="lead">${t.lead(organisation.legalName)}</p>` : nothing}</header>
<section class="section" aria-labelledby="who"><h2 id="who">${t.who}</h2>!${organisation ? facts(t, organisation, profile) : nothing}</section>
<section class="section" aria-labelledby="board"><h2 id="board">${t.board}</h2>
!${
    profile
      ? html`<p>${t.boardWords}</p><ul>!${profile.board.map(member => html`<li>${member}</li>`)}</ul>`
      : html`<p class="empty">${t.notTold}</p>`
  }</section>
<section class="section" aria-labelledby="tax"><h2 id="tax">${t.tax}</h2>!${tax(page, profile)}</section>
<section class="section" aria-labelledby="promises"><h2 id="promises">${t.rules}</h2><ul class="points">!${t.promises.map(words => html`<li>${words}</li>`)}</ul></section>
</div>`
  return layout(page, { title: t.title, main })
}

type Words = ReturnType<typeof text>['organisation']

function facts(
  t: Words,
  { legalName, rsin, contact }: NonNullable<PageContext['organisation']>,
  profile: Profile | null,
): Html {
  const fact = (name: string, value: Html | null) =>
    value === null ? nothing : html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const written = (value: string | null | undefined) => (value ? html`${value}` : null)
  return html`<dl class="facts">
!${fact(t.name, html`${legalName}`)}
!${fact(t.rsin, written(rsin))}
!${fact(t.registered, written(profile?.registered))}
!${fact(t.address, written(profile?.address))}
!${fact(t.contact, html`<a href="mailto:${contact}">${contact}</a>`)}
</dl>`
}

function tax({ locale }: PageContext, profile: Profile | null): Html {
  const t = text(locale).organisation
  if (!profile?.anbiSince) return html`<p>${t.noAnbi}</p>`
  return html`<p>${t.anbi(dayText(profile.anbiSince, locale))} ${t.anbiCheck}</p>
!${profile.policyUrl ? html`<p><a href="${profile.policyUrl}" rel="noopener noreferrer">${t.policy}</a></p>` : nothing}`
}
