/** One's own account: roles, second factors, other sessions. */
import type { HeldGrant, OwnSession, SecondFactors } from '../../auth/index.ts'
import { afterAsking } from '../components/danger.ts'
import { dayTime, moment } from '../components/date.ts'
import { type FormState, textField } from '../components/field.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { passkeyScript } from './passkey-script.ts'

export interface AccountModel {
  readonly grants: readonly HeldGrant[]
  /** Names of the pools that roles are for, by id. */
  readonly poolNames: ReadonlyMap<string, string>
  readonly factors: SecondFactors
  /** The newest first. */
  readonly sessions: readonly OwnSession[]
  /** Nothing can be done as staff before there is one. */
  readonly needsFactor: boolean
  readonly form: FormState
}

export function accountView(page: PageContext, model: AccountModel): Html {
  const t = text(page.locale).account
  const main = html`<div class="frame frame-narrow"><header class="page-head"><h1>${t.title}</h1></header>
!${section('factors', t.factors, factors(page, model))}
!${section('passkeys', t.passkeys, passkeys(page, model))}
!${section('roles', t.roles, roles(page, model))}
!${section(
    'sessions',
    t.sessions,
    html`!${sessions(page, model.sessions)}<p>${t.sessionsWords}</p>!${button(page, paths.ownSessionEndings, t.endOthers)}`,
  )}</div>!${passkeyScript()}`
  return layout(page, { title: t.title, main })
}

const section = (id: string, title: string, content: Html): Html =>
  html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`

const button = (page: PageContext, path: string, words: string): Html =>
  html`<form class="inline-form" method="post" action="${localPath(page, path)}"><button class="button button-quiet" type="submit">${words}</button></form>`

const removal = (page: PageContext, path: string, words: string): Html =>
  afterAsking(localPath(page, path), {
    ask: words,
    label: words,
    words: text(page.locale).account.removeWords,
    submit: words,
  })

function factors(page: PageContext, { factors: { authenticator }, needsFactor }: AccountModel): Html {
  const t = text(page.locale).account
  return html`<p>!${needsFactor ? html`<strong>${t.factorsNeeded}</strong>` : html`${t.factorsWords}`}</p>
!${page.demonstration ? html`<p class="small">${t.factorsDemonstration}</p>` : nothing}
<h3>${t.authenticator}</h3>
<p>${authenticator ? t.authenticatorOn : t.authenticatorOff}</p>
<p class="actions">!${
    authenticator
      ? [button(page, paths.recoveryCodes, t.renew), removal(page, paths.authenticatorRemovals, t.remove)]
      : button(page, paths.authenticator, t.setUp)
  }</p>`
}

function passkeys(page: PageContext, { factors: { passkeys: its }, form }: AccountModel): Html {
  const t = text(page.locale)
  const { account, helpWithSecond } = t
  return html`<p>${account.passkeysWords}</p>
!${
    its.length > 0
      ? html`<ul class="plain-list">!${its.map(({ id, name }) => {
          const words = name || account.passkeyUnnamed
          return html`<li>${words} !${removal(page, paths.passkeyRemovals(id), account.passkeyRemove(words))}</li>`
        })}</ul>`
      : nothing
  }
<div data-passkey="make" hidden data-options="${localPath(page, paths.passkeyToMake)}" data-answer="${localPath(page, paths.passkeys)}" data-failed="${helpWithSecond.passkeyScript}" data-cancelled="${helpWithSecond.cancelled}">
!${textField(form, { name: 'passkeyName', label: account.passkeyName, maxLength: 60, width: 'medium' })}
<button class="button" type="button">${account.passkeyAdd}</button><p class="error" role="status"></p></div>`
}

function sessions(page: PageContext, rows: readonly OwnSession[]): Html {
  const { locale } = page
  const t = text(locale).account
  return table<OwnSession>({
    id: 'sessions-table',
    caption: t.sessionsCaption,
    captionHidden: true,
    empty: t.noSessions,
    stacks: true,
    rows,
    columns: [
      { heading: t.device, cell: ({ device }) => html`${deviceWords(page, device)}` },
      { heading: t.since, says: true, cell: ({ startedAt }) => moment(startedAt, locale) },
      { heading: t.lastUsed, says: true, cell: ({ usedAt }) => moment(usedAt, locale) },
      { heading: t.how, cell: ({ method }) => html`${t.methods[method]}` },
      {
        heading: t.action,
        cell: ({ id, isThisOne }) =>
          isThisOne ? html`${t.thisOne}` : button(page, paths.ownSessionEnding(id), t.endOne),
      },
    ],
  })
}

function deviceWords(page: PageContext, device: string | null): string {
  const t = text(page.locale).account
  const [first, system] = device?.split('/') ?? []
  return first && system ? t.deviceIs(first, system) : (first ?? t.deviceUnknown)
}

function roles(page: PageContext, { grants, poolNames }: AccountModel): Html {
  const t = text(page.locale)
  return table<HeldGrant>({
    id: 'roles-table',
    caption: t.account.rolesCaption,
    captionHidden: true,
    empty: t.account.noRoles,
    stacks: true,
    rows: grants,
    columns: [
      { heading: t.account.role, cell: ({ role }) => html`${t.roles[role]}` },
      {
        heading: t.account.forPool,
        cell: ({ poolId }) =>
          html`${poolId === null ? t.account.whole : (poolNames.get(poolId) ?? t.account.onePool)}`,
      },
      {
        heading: t.person.lastDay,
        says: true,
        cell: ({ lastDay }) =>
          lastDay ? dayTime(lastDay, page.locale, 'shortDay') : html`${t.person.untilEnded}`,
      },
    ],
  })
}
