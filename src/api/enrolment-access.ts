/** Helping a recipient, how they sign in, and their account in clear: each recorded, with its reason where that is asked. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import { actorOf, HELP_MINUTES, helpRecipient, stopHelping } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { giveSignIn, readAccount } from '../enrolments/index.ts'
import { idSchema } from '../platform/http/amount.ts'
import { emailSchema } from './people.ts'
import { becauseOf, reasonSchema } from './reason.ts'

const params = z.object({ enrolmentId: idSchema })

export const signInAddress = z
  .strictObject({ email: emailSchema, locale: z.enum(['nl', 'en']).optional(), reason: reasonSchema })
  .meta({ id: 'SignInAddress' })

export function registerEnrolmentAccessRoutes(api: App, deps: Deps, options: AppOptions): void {
  const shared = { tags: ['enrolments'], security: [{ session: [] }] }

  api.post(
    '/enrolments/:enrolmentId/representations',
    {
      config: { permission: 'recipients.help' },
      schema: {
        ...shared,
        operationId: 'helpRecipient',
        summary: 'Act for a recipient in this session, for half an hour at most',
        params,
        body: becauseOf,
        response: { 201: z.object({ enrolmentId: idSchema, minutes: z.int() }) },
      },
    },
    async (request, reply) => {
      const { enrolmentId } = request.params
      await helpRecipient(deps, actorOf(request), { enrolmentId, reason: request.body.reason })
      return reply.code(201).send({ enrolmentId, minutes: HELP_MINUTES })
    },
  )
  api.post(
    '/representation-endings',
    {
      config: { permission: 'own-sign-in.manage' },
      schema: {
        ...shared,
        operationId: 'stopHelping',
        summary: 'Stop acting for a recipient in this session',
        response: { 204: z.null().meta({ description: 'Nobody is helped any more' }) },
      },
    },
    async (request, reply) => {
      await stopHelping(deps, actorOf(request))
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/enrolments/:enrolmentId/sign-in-addresses',
    {
      config: { permission: 'enrolments.give-sign-in' },
      schema: {
        ...shared,
        operationId: 'giveSignIn',
        summary: 'Let the recipient sign in with this e-mail address, in place of any other',
        params,
        body: signInAddress,
        response: { 204: z.null().meta({ description: 'The recipient can sign in with it' }) },
      },
    },
    async (request, reply) => {
      await giveSignIn(deps, actorOf(request), { ...request.body, ...request.params })
      await options.requestJob('send-mail')
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/enrolments/:enrolmentId/account-readings',
    {
      config: { permission: 'accounts.read' },
      schema: {
        ...shared,
        operationId: 'readAccount',
        summary: 'Read the name and IBAN of a recipient in clear, for a reason that is recorded',
        params,
        body: becauseOf,
        response: { 200: z.object({ name: z.string(), iban: z.string() }) },
      },
    },
    async (request, reply) => {
      const { enrolmentId } = request.params
      reply.header('cache-control', 'no-store')
      return readAccount(deps, actorOf(request), { enrolmentId, reason: request.body.reason })
    },
  )
}
