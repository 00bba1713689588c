/** What is done to a colleague's access: roles given and ended, sessions ended, everything taken away, an address read. */
import { z } from 'zod'
import type { App } from '../app.ts'
import {
  actorOf,
  colleagueById,
  disablePerson,
  endRole,
  endSessionsOf,
  giveRole,
  readEmail,
} from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { idSchema } from '../platform/http/amount.ts'
import { colleagueOut, colleagueSchema, roleToGive } from './people.ts'
import { becauseOf } from './reason.ts'

const params = z.object({ personId: idSchema })

export function registerPeopleActionRoutes(api: App, deps: Deps): void {
  const shared = { tags: ['people'], security: [{ session: [] }] }
  const config = { permission: 'people.manage' } as const
  const person = async (id: string) =>
    colleagueOut(await colleagueById(deps.db, deps.organisationId, localDate(deps.clock.now()), id))

  api.post(
    '/people/:personId/roles',
    {
      config,
      schema: {
        ...shared,
        operationId: 'giveRole',
        summary: 'Give a colleague a role',
        params,
        body: roleToGive,
        response: { 201: colleagueSchema },
      },
    },
    async (request, reply) => {
      await giveRole(deps, actorOf(request), { ...request.body, personId: request.params.personId })
      return reply.code(201).send(await person(request.params.personId))
    },
  )
  api.post(
    '/people/:personId/roles/:grantId/endings',
    {
      config,
      schema: {
        ...shared,
        operationId: 'endRole',
        summary: 'End a role at once',
        params: z.object({ personId: idSchema, grantId: idSchema }),
        body: becauseOf,
        response: { 200: colleagueSchema },
      },
    },
    async request => {
      await endRole(deps, actorOf(request), { ...request.params, ...request.body })
      return person(request.params.personId)
    },
  )
  api.post(
    '/people/:personId/session-endings',
    {
      config,
      schema: {
        ...shared,
        operationId: 'endSessionsOf',
        summary: 'Sign a colleague out everywhere',
        params,
        body: becauseOf,
        response: { 200: z.object({ sessions: z.int() }) },
      },
    },
    async request => ({
      sessions: await endSessionsOf(deps, actorOf(request), { ...request.params, ...request.body }),
    }),
  )
  api.post(
    '/people/:personId/disablings',
    {
      config,
      schema: {
        ...shared,
        operationId: 'disablePerson',
        summary: 'End all roles, sessions and keys of a colleague at once',
        params,
        body: becauseOf,
        response: { 200: z.object({ roles: z.int(), sessions: z.int(), keys: z.int() }) },
      },
    },
    async request =>
      disablePerson(deps, actorOf(request), {
        personId: request.params.personId,
        reason: request.body.reason,
      }),
  )
  api.post(
    '/people/:personId/email-readings',
    {
      config,
      schema: {
        ...shared,
        operationId: 'readEmail',
        summary: "Read a colleague's e-mail address in clear, for a reason that is recorded",
        params,
        body: becauseOf,
        response: { 200: z.object({ email: z.string().nullable() }) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { personId } = request.params
      return { email: await readEmail(deps, actorOf(request), { personId, reason: request.body.reason }) }
    },
  )
}
