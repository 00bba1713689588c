/** The pages of people and roles, and what is done on them. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { newPerson, roleToGive } from '../../api/people.ts'
import type { App } from '../../app.ts'
import {
  actorOf,
  allows,
  approvingRoles,
  colleagueById,
  colleagues,
  disablePerson,
  endRole,
  endSessionsOf,
  giveRole,
  invitePerson,
  readEmail,
} from '../../auth/index.ts'
import { changes, inviteToApprove, mayPropose } from '../../changes/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import { changeSentence } from '../components/change.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { registerApprovingRoleRoutes } from './approving-role-routes.ts'
import { filled, parsed, reasonOf } from './asked.ts'
import { changeNames } from './change-routes.ts'
import { peopleView } from './people.ts'
import { permissionsView } from './permissions.ts'
import { endReason, type PersonModel, personView } from './person.ts'
import { viewerOf } from './routes.ts'

const typed = z.record(z.string(), z.string().max(500))
const params = z.object({ personId: idSchema })
const actParams = z.object({ personId: idSchema, grantId: idSchema.optional() })
const toApprove = z.object({
  role: z.enum(['approver', 'administrator']),
  poolId: idSchema.nullable().default(null),
})
const manage = { permission: 'people.manage' } as const

export function registerAdminPeopleRoutes(pages: App, scope: PageScope): void {
  const { deps, locale, options } = scope
  const { db, organisationId, clock } = deps
  const today = () => localDate(clock.now())
  const mayManage = (request: FastifyRequest) => allows('people.manage', viewerOf(request).grants, null)

  const people = async (request: FastifyRequest, form: FormState) =>
    peopleView(await contextOf(scope, request), {
      people: await colleagues(db, organisationId, today()),
      pools: await pools(db, organisationId),
      mayManage: mayManage(request),
      mayPropose: mayPropose('approving-role', viewerOf(request).grants),
      form,
    })
  /** There is at most one. */
  const waitingOf = async (subjectId: string) => {
    const asked = { kind: 'approving-role', subjectId, state: 'open', limit: 1 } as const
    const [open] = (await changes(db, organisationId, clock.now(), asked)).changes
    return open ? changeSentence(open, await changeNames(scope), locale) : null
  }
  const person = async (request: FastifyRequest, id: string, more: Pick<PersonModel, 'form' | 'email'>) =>
    personView(await contextOf(scope, request), {
      person: await colleagueById(db, organisationId, today(), id),
      others: (await colleagues(db, organisationId, today())).filter(other => other.id !== id),
      pools: await pools(db, organisationId),
      mayManage: mayManage(request),
      mayPropose: mayPropose('approving-role', viewerOf(request).grants),
      waiting: await waitingOf(id),
      isSelf: viewerOf(request).id === id,
      ...more,
    })

  pages.get(
    '/admin/permissions',
    { config: { permission: 'overview.read', pools: 'filtered' }, schema: { hide: true } },
    async (request, reply) => send(reply, permissionsView(await contextOf(scope, request))),
  )
  pages.get(
    '/admin/people',
    { config: { permission: 'people.read' }, schema: { hide: true } },
    async (request, reply) => send(reply, await people(request, emptyForm())),
  )
  pages.post(
    '/admin/people',
    { config: manage, schema: { hide: true, body: typed } },
    async (request, reply) => {
      try {
        const { role, poolId, ...rest } = filled(request.body)
        if (approvingRoles.some(each => each === role)) {
          const invited = parsed(newPerson, rest)
          const asked = parsed(toApprove, { role, poolId })
          const id = await inviteToApprove(deps, actorOf(request), {
            ...invited,
            ...asked,
          })
          await options.requestJob('send-mail')
          return seeOther(reply, scope, paths.person(id), 'invited-and-proposed')
        }
        const roles = role === undefined ? [] : [{ role, poolId }]
        const id = await invitePerson(deps, actorOf(request), parsed(newPerson, { ...rest, roles }))
        await options.requestJob('send-mail')
        return seeOther(reply, scope, paths.person(id), 'invited')
      } catch (error) {
        const fields = ['name', 'email', 'locale', 'role', 'poolId', 'reason']
        const refused = refusedForm(error, { locale, request, fields, fallback: 'role' })
        return send(reply, await people(request, refused.form), refused.status)
      }
    },
  )
  pages.get(
    '/admin/people/:personId',
    { config: { permission: 'people.read' }, schema: { hide: true, params } },
    async (request, reply) =>
      send(reply, await person(request, request.params.personId, { form: emptyForm() })),
  )

  /** Does it, or shows the page again with what was wrong. */
  const act = (
    name: string,
    fields: readonly [string, ...string[]],
    notice: Parameters<typeof seeOther>[3],
    work: (request: FastifyRequest, personId: string, body: Record<string, string>) => Promise<unknown>,
  ) =>
    pages.post(
      `/admin/people/:personId/${name}`,
      { config: manage, schema: { hide: true, params: actParams, body: typed.nullish() } },
      async (request, reply) => {
        const { personId } = request.params
        try {
          await work(request, personId, filled(request.body ?? {}))
          return seeOther(reply, scope, paths.person(personId), notice)
        } catch (error) {
          const typedHere = [...fields, ...Object.keys(request.body ?? {})]
          const asked = { locale, request, fields: typedHere, fallback: fields[0] }
          const { form, status } = refusedForm(error, asked)
          return send(reply, await person(request, personId, { form }), status)
        }
      },
    )
  const given = ['role', 'poolId', 'lastDay', 'standInFor', 'giveReason'] as const
  act('roles', given, 'role-given', (request, personId, { giveReason = '', ...body }) => {
    const reason = reasonOf({ giveReason }, 'giveReason')
    return giveRole(deps, actorOf(request), { ...parsed(roleToGive, { ...body, reason }), personId })
  })
  registerApprovingRoleRoutes(pages, scope, person)
  act('roles/:grantId/endings', ['roles'], 'role-ended', (request, personId, body) => {
    const { grantId = '' } = request.params as { grantId?: string }
    return endRole(deps, actorOf(request), { personId, grantId, reason: reasonOf(body, endReason(grantId)) })
  })
  act('session-endings', ['sessionsReason'], 'sessions-ended', (request, personId, body) =>
    endSessionsOf(deps, actorOf(request), { personId, reason: reasonOf(body, 'sessionsReason') }),
  )
  act('disablings', ['disableReason'], 'disabled', (request, personId, body) =>
    disablePerson(deps, actorOf(request), { personId, reason: reasonOf(body, 'disableReason') }),
  )
  pages.post(
    '/admin/people/:personId/email-readings',
    { config: manage, schema: { hide: true, params, body: typed } },
    async (request, reply) => {
      const { personId } = request.params
      try {
        const reason = reasonOf(request.body, 'emailReason')
        const email = await readEmail(deps, actorOf(request), { personId, reason })
        return send(reply, await person(request, personId, { form: emptyForm(), email }))
      } catch (error) {
        const refused = refusedForm(error, {
          locale,
          request,
          fields: ['emailReason'],
          fallback: 'emailReason',
        })
        return send(reply, await person(request, personId, { form: refused.form }), refused.status)
      }
    },
  )
}
