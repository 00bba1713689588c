/** Asking to sign in: an address, or the municipality's own sign-in; in a demonstration also the list of who one can be. */
import type { Person } from '../../auth/index.ts'
import { errorSummary, type FormState, hiddenFields, textField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export type DemonstrationPerson = Pick<Person, 'id' | 'name' | 'roles'>

export interface SignInModel {
  /** Only in a demonstration. */
  readonly persons: readonly DemonstrationPerson[] | null
  /** What the button says; null where there is none. */
  readonly municipality: string | null
  /** Posts `email`, and `next`: where to go afterwards. */
  readonly form: FormState
}

export function signInView(page: PageContext, { persons, municipality, form }: SignInModel): Html {
  const t = text(page.locale)
  const next = hiddenFields({ next: form.values.next ?? '' })
  const main = html`<div class="frame frame-narrow">
!${errorSummary(t, form, { personId: 'persons' })}
<header class="page-head"><h1>${t.signIn.title}</h1><p class="lead">${t.signIn.lead}</p></header>
<form class="stack" method="post" action="${localPath(page, paths.signIn)}" novalidate>!${next}
!${textField(form, { name: 'email', label: t.signIn.email, type: 'email', inputMode: 'email', autocomplete: 'email', maxLength: 254 })}
<button class="button" type="submit">${t.signIn.submit}</button>
<p class="small">${t.signIn.newHere}</p></form>
!${
    municipality
      ? html`<p class="section"><a class="button button-quiet" href="${localPath(page, paths.signInAtMunicipality(form.values.next ?? ''))}">${t.signIn.orMunicipality(municipality)}</a></p>`
      : nothing
  }
!${persons ? list(page, persons) : nothing}</div>`
  return layout(page, { title: t.signIn.title, main, refused: Object.keys(form.errors).length > 0 })
}

function list(page: PageContext, persons: readonly DemonstrationPerson[]): Html {
  const t = text(page.locale).signIn
  return html`<section class="section" id="persons" aria-labelledby="persons-title">
<h2 id="persons-title">${t.demonstration}</h2><p class="explain">${t.demonstrationWords}</p>
!${personButtons(page, persons)}</section>`
}

/** Names alone, as small buttons: for a page that is about something else. */
export function personChips(page: PageContext, persons: readonly DemonstrationPerson[]): Html {
  return html`<ul class="chips">!${persons.map(
    ({ id, name }) =>
      html`<li><form method="post" action="${localPath(page, paths.demonstrationSignIn)}">!${hiddenFields({ personId: id })}
<button type="submit" class="chip"><span class="visually-hidden">${text(page.locale).signIn.as('')}</span>${name}</button></form></li>`,
  )}</ul>`
}

/** One button a person, in the order staff, recipients. */
export function personButtons(page: PageContext, persons: readonly DemonstrationPerson[]): Html {
  const t = text(page.locale).signIn
  const recipients = persons.filter(({ roles }) => roles.every(role => role === 'recipient'))
  const staff = persons.filter(person => !recipients.includes(person))
  return html`!${persons.length === 0 ? html`<p class="empty">${t.nobody}</p>` : nothing}
!${group(page, t.staff, staff)}!${group(page, t.recipients, recipients)}`
}

function group(page: PageContext, title: string, persons: readonly DemonstrationPerson[]): Html {
  if (persons.length === 0) return nothing
  return html`<h3>${title}</h3><ul class="persons">!${persons.map(person => personItem(page, person))}</ul>`
}

function personItem(page: PageContext, { id, name, roles }: DemonstrationPerson): Html {
  const t = text(page.locale)
  return html`<li><form method="post" action="${localPath(page, paths.demonstrationSignIn)}">!${hiddenFields({ personId: id })}
<button type="submit" class="person"><span class="person-name"><span class="visually-hidden">${t.signIn.as('')}</span>${name}</span>
<span class="explain">${roles.map(role => t.roleDoes[role]).join(' ')}</span></button></form></li>`
}
