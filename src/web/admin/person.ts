/** One colleague: roles to give and to end, sessions to end, all access to stop, the address to read for a reason. */
import { approvingRoles, type Colleague, type HeldRole } from '../../auth/index.ts'
import { afterAsking, dangerButton } from '../components/danger.ts'
import { dayTime } from '../components/date.ts'
import { errorOf, errorSummary, type FormState, selectField, textField } from '../components/field.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type PoolName, poolHint, poolName, poolOptions, roleOptions } from './people.ts'
import { proposeRole, waitingRole } from './propose-role.ts'

export interface PersonModel {
  readonly person: Colleague
  /** Everybody else, for who is replaced. */
  readonly others: readonly Pick<Colleague, 'id' | 'name'>[]
  readonly pools: readonly PoolName[]
  readonly mayManage: boolean
  readonly isSelf: boolean
  /** A role that approves, which somebody else then agrees to. */
  readonly mayPropose: boolean
  /** Such a role that was proposed and is not decided, as a sentence. */
  readonly waiting: string | null
  /** Shown on the answer to a reading, not kept; null: has none; undefined: not asked. */
  readonly email?: string | null
  /** Fields: `proposedFields`; role, poolId, lastDay, standInFor; a reason for each form; `roles` for what is wrong with one. */
  readonly form: FormState
}

export function personView(page: PageContext, model: PersonModel): Html {
  const { person, form } = model
  const all = text(page.locale)
  const t = all.person
  const main = html`<div class="frame">!${errorSummary(all, form, { roles: 'roles' })}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.people)}">${t.back}</a></p><h1>${person.name || person.id.slice(-6)}</h1></header>
<div class="split"><div class="split-main">
<section class="section" aria-labelledby="roles"><h2 id="roles">${t.roles}</h2>!${errorOf(form, 'roles')}!${roles(page, model)}</section>
!${model.waiting ? waitingRole(page, model.waiting) : nothing}
!${facts(page, person)}
!${mayOpen(page, 'acts.read', null) ? html`<ul class="link-list"><li><a href="${localPath(page, paths.trailOf(person.id))}">${text(page.locale).trail.linkPerson}</a></li></ul>` : nothing}
!${model.mayManage ? access(page, model) : nothing}
</div><div class="split-side">!${model.mayManage ? give(page, model) : nothing}
!${model.mayPropose && !model.isSelf && !model.waiting ? proposeRole(page, model) : nothing}</div></div></div>`
  return layout(page, { title: person.name, main, refused: Object.keys(form.errors).length > 0 })
}

function facts({ locale }: PageContext, { lastSignedInOn, secondFactor, locale: language }: Colleague): Html {
  const { people: t, person } = text(locale)
  return html`<dl class="facts facts-wide">
<div><dt>${t.lastSignedIn}</dt><dd>!${lastSignedInOn ? dayTime(lastSignedInOn, locale) : html`${t.never}`}</dd></div>
<div><dt>${t.secondFactor}</dt><dd>${secondFactor ? t.yes : t.no}</dd></div>
<div><dt>${person.language}</dt><dd>${t.languages[language]}</dd></div></dl>`
}

function roles(page: PageContext, { person, others, pools, mayManage, form }: PersonModel): Html {
  const { locale } = page
  const all = text(locale)
  const t = all.person
  const nameOf = (id: string) => others.find(other => other.id === id)?.name ?? id.slice(-6)
  return table<HeldRole>({
    id: 'roles-table',
    caption: t.rolesCaption,
    captionHidden: true,
    empty: all.people.noRoles,
    stacks: true,
    rows: person.roles,
    columns: [
      { heading: t.role, cell: ({ role }) => html`${all.roles[role]}` },
      { heading: t.where, cell: ({ poolId }) => html`${poolName(poolId, pools, all.people.everywhere)}` },
      {
        heading: t.lastDay,
        says: true,
        cell: ({ lastDay }) => (lastDay ? dayTime(lastDay, locale, 'shortDay') : html`${t.untilEnded}`),
      },
      {
        heading: t.standIn,
        says: true,
        cell: ({ standInFor }) => html`${standInFor ? nameOf(standInFor) : t.nobody}`,
      },
      ...(mayManage
        ? [{ heading: t.action, cell: (held: HeldRole) => endForm(page, form, person.id, held) }]
        : []),
    ],
  })
}

/** Several stand on one page, so each has its own name. */
export const endReason = (grantId: string): string => `endReason-${grantId}`

function endForm(page: PageContext, form: FormState, personId: string, { id, role }: HeldRole): Html {
  const { person: t, roles: names } = text(page.locale)
  const name = endReason(id)
  const label = t.endOf(names[role])
  return afterAsking(localPath(page, paths.roleEndings(personId, id)), {
    ask: t.end,
    label,
    words: approvingRoles.includes(role) ? t.endWordsApproving : t.endWords,
    fields: textField(form, { name, label: t.reason, hint: t.reasonHint, maxLength: 500 }),
    isOpen: Boolean(form.errors[name] || form.values[name]),
    submit: label,
  })
}

function give(page: PageContext, { person, others, pools, isSelf, form }: PersonModel): Html {
  const { people, person: t } = text(page.locale)
  if (isSelf) return html`<p class="aside-note">${t.itself}</p>`
  const replaced = [
    { value: '', label: t.nobody },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return html`<form class="donate" method="post" action="${localPath(page, paths.personRoles(person.id))}" aria-labelledby="give-title" novalidate>
<h2 id="give-title">${t.give}</h2><p>${t.giveWords}</p>
!${selectField(form, { name: 'role', label: t.role }, roleOptions(page, t.choose))}
!${selectField(form, { name: 'poolId', label: people.pool, hint: poolHint(page) }, poolOptions(page, pools))}
!${textField(form, { name: 'lastDay', label: t.lastDay, hint: t.lastDayHint, type: 'date', width: 'medium' })}
!${selectField(form, { name: 'standInFor', label: t.standInFor }, replaced)}
!${textField(form, { name: 'giveReason', label: t.reason, hint: t.reasonHint, maxLength: 500 })}
<button class="button button-wide" type="submit">${t.giveSubmit}</button></form>`
}

function access(page: PageContext, { person, isSelf, email, form }: PersonModel): Html {
  const t = text(page.locale).person
  const reason = (name: string) =>
    textField(form, { name, label: t.reason, hint: t.reasonHint, maxLength: 500 })
  const to = (path: string) => localPath(page, path)
  /** Folded: each is seldom needed. Open after an answer or a refusal. */
  const fold = (title: string, name: string, content: Html, isOpen = false) =>
    html`<details class="panel section fold"!${isOpen || form.errors[name] || form.values[name] ? html` open` : nothing}><summary><h2 class="fold-title">${title}</h2></summary>!${content}</details>`
  const ask = (words: string, path: string, name: string, button: Html) =>
    html`<p>${words}</p><form method="post" action="${to(path)}" novalidate>!${reason(name)}!${button}</form>`
  const quiet = (words: string) => html`<button class="button button-quiet" type="submit">${words}</button>`
  const address =
    email === undefined
      ? ask(t.emailWords, paths.emailReadings(person.id), 'emailReason', quiet(t.emailSubmit))
      : email === null
        ? html`<p>${t.noEmail}</p>`
        : html`<p>${t.emailIs} <strong>${email}</strong></p>`
  return html`!${fold(t.email, 'emailReason', address, email !== undefined)}
!${fold(t.sessions, 'sessionsReason', ask(t.sessionsWords, paths.sessionEndings(person.id), 'sessionsReason', quiet(t.sessionsSubmit)))}
!${isSelf ? nothing : fold(t.disable, 'disableReason', ask(t.disableWords, paths.disablings(person.id), 'disableReason', dangerButton(t.disableSubmit)))}`
}
