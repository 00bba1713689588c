/** The demonstration's sign-in: pick who you are. Everything behind it is real: roles, guard, trail. */
import type { Person } from '../../auth/index.ts'
import { errorSummary, type FormState, hiddenFields } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface SignInModel {
  readonly persons: readonly Pick<Person, 'id' | 'name' | 'roles'>[]
  /** The form posts `personId`. */
  readonly errors: FormState['errors']
}

export function signInView(page: PageContext, { persons, errors }: SignInModel): Html {
  const t = text(page.locale)
  const recipients = persons.filter(({ roles }) => roles.length === 1 && roles[0] === 'recipient')
  const staff = persons.filter(person => !recipients.includes(person))
  const main = html`<div class="frame frame-narrow">
!${errorSummary(t, { errors }, { personId: 'persons' })}
<header class="page-head"><h1>${t.signIn.title}</h1><p class="lead">${t.signIn.lead}</p></header>
<div id="persons">!${persons.length === 0 ? html`<p class="empty">${t.signIn.nobody}</p>` : nothing}
!${group(page, 'staff', t.signIn.staff, staff)}
!${group(page, 'recipients', t.signIn.recipients, recipients)}</div></div>`
  return layout(page, { title: t.signIn.title, main, refused: Object.keys(errors).length > 0 })
}

function group(page: PageContext, id: string, title: string, persons: SignInModel['persons']): Html {
  if (persons.length === 0) return nothing
  return html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<ul class="persons">!${persons.map(person => personItem(page, person))}</ul></section>`
}

function personItem(page: PageContext, { id, name, roles }: SignInModel['persons'][number]): Html {
  const t = text(page.locale)
  return html`<li><form method="post" action="${localPath(page, paths.signIn)}">!${hiddenFields({ personId: id })}
<button type="submit" class="person"><span class="person-name"><span class="visually-hidden">${t.signIn.as('')}</span>${name}</span>
<span class="explain">${roles.map(role => t.signIn.does[role]).join(' ')}</span></button></form></li>`
}
