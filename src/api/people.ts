/** Colleagues and what each may do. Donors and recipients are no people of this list, and no address stands in it. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import {
  actorOf,
  type Colleague,
  colleagueById,
  colleagueRoles,
  colleagues,
  givenRoles,
  invitePerson,
  poolRoles,
} from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { dateSchema, idSchema, plainText } from '../platform/http/amount.ts'
import { reasonSchema } from './reason.ts'

const heldRole = z.object({
  id: idSchema,
  role: z.enum(colleagueRoles),
  poolId: idSchema.nullable().meta({ description: 'Null: the whole organisation.' }),
  lastDay: dateSchema.nullable(),
  standInFor: idSchema.nullable(),
})
export const colleagueSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    locale: z.enum(['nl', 'en']),
    roles: z.array(heldRole).meta({ description: 'Those of today.' }),
    lastSignedInOn: dateSchema.nullable(),
    secondFactor: z.boolean(),
  })
  .meta({ id: 'Colleague' })

export const newRole = z
  .strictObject({
    role: z
      .enum(givenRoles)
      .meta({ description: 'A role that approves is given by two people: `needs-two-people`.' }),
    poolId: idSchema
      .optional()
      .meta({ description: `Left out: the whole organisation. Only for ${poolRoles.join(', ')}.` }),
    lastDay: dateSchema.optional().meta({ description: 'The last day on which it can be used.' }),
    standInFor: idSchema.optional().meta({ description: 'Who is replaced; then there is a last day.' }),
  })
  .meta({ id: 'NewRole' })

export const roleToGive = newRole.extend({ reason: reasonSchema }).meta({ id: 'RoleToGive' })

export const emailSchema = z.string().trim().max(254).pipe(z.email())

export const newPerson = z
  .strictObject({
    name: plainText(2, 80).meta({ description: 'As colleagues see it beside each act.' }),
    email: emailSchema,
    locale: z.enum(['nl', 'en']).default('nl'),
    roles: z.array(newRole).max(9).default([]),
    reason: reasonSchema,
  })
  .meta({ id: 'NewPerson' })

export const colleagueOut = ({ roles, ...rest }: Colleague) => ({ ...rest, roles: [...roles] })

export function registerPeopleRoutes(api: App, deps: Deps, options: AppOptions): void {
  const { db, organisationId, clock } = deps
  const shared = { tags: ['people'], security: [{ session: [] }] }
  const today = () => localDate(clock.now())

  api.get(
    '/people',
    {
      config: { permission: 'people.read' },
      schema: {
        ...shared,
        operationId: 'listPeople',
        summary: 'Colleagues and their roles',
        response: { 200: z.object({ people: z.array(colleagueSchema) }) },
      },
    },
    async () => ({ people: (await colleagues(db, organisationId, today())).map(colleagueOut) }),
  )
  api.get(
    '/people/:personId',
    {
      config: { permission: 'people.read' },
      schema: {
        ...shared,
        operationId: 'getPerson',
        summary: 'One colleague',
        params: z.object({ personId: idSchema }),
        response: { 200: colleagueSchema },
      },
    },
    async request => colleagueOut(await colleagueById(db, organisationId, today(), request.params.personId)),
  )
  api.post(
    '/people',
    {
      config: { permission: 'people.manage' },
      schema: {
        ...shared,
        operationId: 'invitePerson',
        summary: 'Invite a colleague, with or without a first role',
        body: newPerson,
        response: { 201: colleagueSchema },
      },
    },
    async (request, reply) => {
      const id = await invitePerson(deps, actorOf(request), request.body)
      await options.requestJob('send-mail')
      return reply.code(201).send(colleagueOut(await colleagueById(db, organisationId, today(), id)))
    },
  )
}
