/** The demonstration sign-in over the API. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { originOf, personsWithRoles, roles, signInForDemonstration, signOut, tokenOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { idSchema } from '../platform/http/amount.ts'

const personSchema = z
  .object({ id: idSchema, name: z.string(), roles: z.array(z.enum(roles)) })
  .meta({ id: 'Person' })

export function registerSessionRoutes(api: App, deps: Deps): void {
  const tags = ['sessions']
  const config = { permission: 'sessions.manage' } as const
  api.get(
    '/persons',
    {
      config,
      schema: {
        tags,
        operationId: 'listPersons',
        summary: 'Who one can be in the demonstration',
        response: { 200: z.object({ persons: z.array(personSchema) }) },
      },
    },
    async () => ({
      persons: (await personsWithRoles(deps.db, deps.organisationId, localDate(deps.clock.now()))).map(
        ({ id, name, roles: held }) => ({ id, name, roles: [...held] }),
      ),
    }),
  )
  api.post(
    '/sessions',
    {
      config: { ...config, limit: 'sign-in' },
      schema: {
        tags,
        operationId: 'signIn',
        summary: 'Sign in as somebody of the demonstration',
        body: z.strictObject({ personId: idSchema }),
        response: { 201: z.object({ token: z.string() }) },
      },
    },
    async (request, reply) => {
      const { token } = await signInForDemonstration(deps, request.body.personId, originOf(request))
      return reply.code(201).send({ token })
    },
  )
  api.delete(
    '/sessions/current',
    {
      config,
      schema: {
        tags,
        operationId: 'signOut',
        summary: 'End the session of this token',
        response: { 204: z.null().meta({ description: 'Signed out' }) },
      },
    },
    async (request, reply) => {
      const token = tokenOf(request)
      if (token) await signOut(deps, token, originOf(request))
      return reply.code(204).send(null)
    },
  )
}
