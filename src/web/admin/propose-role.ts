/** On somebody's page: proposing a role that approves, or what was proposed already and waits for somebody else. */
import { approvingRoles } from '../../auth/index.ts'
import { selectField, textField } from '../components/field.ts'
import { type Html, html } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { poolHint, poolOptions } from './people.ts'
import type { PersonModel } from './person.ts'

/** What the API calls a field, and what it is called here, beside the form of ordinary roles. */
export const proposedFields = {
  role: 'proposedRole',
  poolId: 'proposedPoolId',
  lastDay: 'proposedLastDay',
  standInFor: 'proposedStandInFor',
  reason: 'proposedReason',
} as const

export function waitingRole(page: PageContext, sentence: string): Html {
  const t = text(page.locale).person
  return html`<section class="panel section" aria-labelledby="waiting"><h2 id="waiting">${t.waiting}</h2><p><strong>${sentence}</strong></p>
<p>${t.waitingWords}</p><p><a href="${localPath(page, paths.changes())}">${t.waitingLink}</a></p></section>`
}

export function proposeRole(page: PageContext, { person, others, pools, form }: PersonModel): Html {
  const all = text(page.locale)
  const { people, person: t } = all
  const names = proposedFields
  const roles = [
    { value: '', label: t.choose },
    ...approvingRoles.map(role => ({ value: role, label: all.roles[role] })),
  ]
  const replaced = [
    { value: '', label: t.nobody },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return html`<form class="donate" method="post" action="${localPath(page, paths.approvingRoles(person.id))}" aria-labelledby="propose-title" novalidate>
<h2 id="propose-title">${t.propose}</h2><p>${t.proposeWords}</p>
!${selectField(form, { name: names.role, label: t.role }, roles)}
!${selectField(form, { name: names.poolId, label: people.pool, hint: poolHint(page) }, poolOptions(page, pools))}
!${textField(form, { name: names.lastDay, label: t.lastDay, hint: t.lastDayHint, type: 'date', width: 'medium' })}
!${selectField(form, { name: names.standInFor, label: t.standInFor }, replaced)}
!${textField(form, { name: names.reason, label: t.reason, hint: t.reasonHint, maxLength: 500 })}
<button class="button button-wide" type="submit">${t.proposeSubmit}</button></form>`
}
