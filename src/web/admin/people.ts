/** Colleagues: who they are, which roles they have today, and the form that invites another. */
import { approvingRoles, type Colleague, givenRoles, type HeldRole, poolRoles } from '../../auth/index.ts'
import { dayTime } from '../components/date.ts'
import { errorSummary, type FormState, selectField, textField } from '../components/field.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface PoolName {
  readonly id: string
  readonly name: string
}

export interface PeopleModel {
  readonly people: readonly Colleague[]
  readonly pools: readonly PoolName[]
  readonly mayManage: boolean
  /** Whether somebody can be invited and proposed for a role that approves, in one go. */
  readonly mayPropose: boolean
  /** Fields: name, email, locale, role, poolId, reason. */
  readonly form: FormState
}

export function peopleView(page: PageContext, model: PeopleModel): Html {
  const all = text(page.locale)
  const t = all.people
  const main = html`<div class="frame">!${errorSummary(all, model.form)}
<header class="page-head"><h1>${t.title}</h1><p class="lead">${t.lead}</p>
<p><a href="${localPath(page, paths.permissions)}">${t.permissions}</a></p></header>
<div class="split"><div class="split-main">!${list(page, model)}</div>
<div class="split-side">!${model.mayManage ? invite(page, model) : nothing}</div></div></div>`
  return layout(page, { title: t.title, main, refused: Object.keys(model.form.errors).length > 0 })
}

function list(page: PageContext, { people, pools }: PeopleModel): Html {
  const { locale } = page
  const t = text(locale).people
  return table<Colleague>({
    id: 'people-table',
    caption: t.caption,
    captionHidden: true,
    empty: t.none,
    stacks: true,
    rows: people,
    columns: [
      {
        heading: t.name,
        cell: row =>
          html`<a href="${localPath(page, paths.person(row.id))}">${row.name || row.id.slice(-6)}</a>`,
      },
      {
        heading: t.roles,
        cell: row =>
          row.roles.length === 0
            ? html`<span class="quiet">${t.noRoles}</span>`
            : html`<ul class="plain-list">!${row.roles.map(held => html`<li>!${roleLine(page, held, pools, people)}</li>`)}</ul>`,
      },
      {
        heading: t.lastSignedIn,
        says: true,
        cell: row =>
          row.lastSignedInOn ? dayTime(row.lastSignedInOn, locale, 'shortDay') : html`${t.never}`,
      },
      { heading: t.secondFactor, says: true, cell: row => html`${row.secondFactor ? t.yes : t.no}` },
    ],
  })
}

/** A role in one line: which, where, until when and for whom. */
function roleLine(
  { locale }: PageContext,
  { role, poolId, lastDay, standInFor }: HeldRole,
  pools: readonly PoolName[],
  people: readonly Colleague[],
): Html {
  const t = text(locale)
  const replaced = people.find(({ id }) => id === standInFor)
  return html`${t.roles[role]}, ${poolName(poolId, pools, t.people.everywhere)}!${
    lastDay ? html`, ${t.people.until} !${dayTime(lastDay, locale, 'shortDay')}` : nothing
  }!${replaced ? html` (${t.people.standsInFor(replaced.name)})` : nothing}`
}

export const poolName = (id: string | null, pools: readonly PoolName[], everywhere: string): string =>
  id === null ? everywhere : (pools.find(pool => pool.id === id)?.name ?? id.slice(-6))

/** Roles that one person gives another. */
export function roleOptions({ locale }: PageContext, none: string) {
  const { roles } = text(locale)
  const given = givenRoles.filter(role => !approvingRoles.includes(role))
  return [{ value: '', label: none }, ...given.map(role => ({ value: role, label: roles[role] }))]
}

/** Which roles can be for one pool. */
export const poolHint = ({ locale }: PageContext): string => {
  const { people, roles } = text(locale)
  return people.poolHint(poolRoles.map(role => roles[role].toLowerCase()).join(', '))
}

export function poolOptions({ locale }: PageContext, pools: readonly PoolName[]) {
  const everywhere = text(locale).people.everywhere
  return [{ value: '', label: everywhere }, ...pools.map(({ id, name }) => ({ value: id, label: name }))]
}

function invite(page: PageContext, { form, pools, mayPropose }: PeopleModel): Html {
  const all = text(page.locale)
  const t = all.people
  const approving = approvingRoles.map(role => ({ value: role, label: t.withTwo(all.roles[role]) }))
  const languages = [
    { value: 'nl', label: t.languages.nl },
    { value: 'en', label: t.languages.en },
  ]
  return html`<form class="donate" method="post" action="${localPath(page, paths.people)}" aria-labelledby="invite-title" novalidate>
<h2 id="invite-title">${t.invite}</h2>
!${textField(form, { name: 'name', label: t.name, hint: t.nameHint, maxLength: 80 })}
!${textField(form, { name: 'email', label: t.email, hint: t.emailHint, maxLength: 254 })}
!${selectField(form, { name: 'locale', label: t.language }, languages)}
!${selectField(form, { name: 'role', label: t.firstRole }, [...roleOptions(page, t.noFirstRole), ...(mayPropose ? approving : [])])}
!${selectField(form, { name: 'poolId', label: t.pool, hint: poolHint(page) }, poolOptions(page, pools))}
!${mayPropose ? nothing : html`<p class="small">${t.approvingWords}</p>`}
!${textField(form, { name: 'reason', label: all.person.reason, hint: mayPropose ? t.reasonHint : all.person.reasonHint, maxLength: 500 })}
<button class="button button-wide" type="submit">${t.inviteSubmit}</button></form>`
}
