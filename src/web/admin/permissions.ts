/**
 * The one table of who may do what, as it is: a row for each permission, a column for each role. On small screens the roles that
 * may stand under what they may.
 */
import { type Permission, permissions, poolRoles, type Role, roles, ruleOf } from '../../auth/index.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import type { PageContext } from '../page.ts'
import { text } from '../text/index.ts'

export function permissionsView(page: PageContext): Html {
  const { permissions: t, roles: names } = text(page.locale)
  const { title, lead, legend, twoPeople, campaigner } = t
  const ofOnePool = t.poolRoles(poolRoles.map(role => names[role].toLowerCase()).join(', '))
  const main = html`<div class="frame"><header class="page-head"><h1>${title}</h1><p class="lead">${lead}</p></header>
<div class="matrix">!${matrix(page)}</div><p class="small">${legend}</p><p>${twoPeople}</p><p>${ofOnePool}</p><p>${campaigner}</p></div>`
  return layout(page, { title, main })
}

function matrix({ locale }: PageContext): Html {
  const t = text(locale)
  return table<Permission>({
    id: 'permissions-table',
    caption: t.permissions.caption,
    captionHidden: true,
    rows: Object.keys(permissions) as Permission[],
    columns: [
      { heading: t.permissions.what, cell: permission => what(permission, t.permissions) },
      ...roles.map((role: Role) => ({
        heading: t.roles[role],
        cell: (permission: Permission) => {
          const { who } = ruleOf(permission)
          if (who === 'anyone') return html`<strong class="matrix-all">${t.permissions.yes}</strong>`
          if (!who.includes(role)) return html`<span class="quiet">${t.permissions.no}</span>`
          return html`<strong>${t.permissions.yes}</strong><span class="cell-heading">${t.roles[role]}</span>`
        },
      })),
    ],
  })
}

function what(permission: Permission, t: ReturnType<typeof text>['permissions']): Html {
  const { who, of, fresh, keys, own } = ruleOf(permission)
  const marks = [
    ...(who === 'anyone' ? [t.anyone] : []),
    ...(of === 'pool' && !own ? [t.pool] : []),
    ...(fresh ? [t.fresh] : []),
    ...(keys ? [t.keys] : []),
  ]
  return html`${t.words[permission]}!${marks.length > 0 ? html`<span class="explain">${marks.join(' · ')}</span>` : nothing}`
}
