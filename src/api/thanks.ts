/** Thank-yous: those of a pool for everybody, and one's own. Whose own they are follows from who is signed in. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf, ownEnrolmentOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { idempotencyHeaders, idSchema, monthSchema, plainText } from '../platform/http/amount.ts'
import { LONGEST_NICKNAME } from '../platform/plain-words.ts'
import { poolById } from '../pools/index.ts'
import {
  LONGEST_THANKS,
  ownThanks,
  SHORTEST_THANKS,
  type Thanks,
  takeAwayThanks,
  thanksOf,
  thanksReasons,
  thanksStates,
  writeThanks,
} from '../thanks/index.ts'
import { linkNext, pageLimit } from './paging.ts'

export const thanksParams = z.object({ thanksId: idSchema })
export const thanksFields = {
  id: idSchema,
  locale: z.enum(['nl', 'en']),
  text: z.string(),
  nickname: z.string().nullable().meta({ description: 'Null: without one.' }),
  month: monthSchema.meta({ description: 'The month in which it was written.' }),
}
const thanksSchema = z.object(thanksFields).meta({ id: 'Thanks' })

const ownSchema = z
  .object({
    ...thanksFields,
    text: z.string().nullable().meta({ description: 'Null when the words were erased.' }),
    state: z.enum(thanksStates),
    because: z.enum(thanksReasons).nullable().meta({ description: 'Why it was refused.' }),
    lookBy: z.iso.date().nullable().meta({ description: 'The last day on which staff looks in time.' }),
  })
  .meta({ id: 'OwnThanks' })

const newThanks = z
  .strictObject({
    text: plainText(SHORTEST_THANKS, LONGEST_THANKS).meta({
      description: 'One paragraph of plain words: no names, links, addresses or long numbers.',
    }),
    nickname: plainText(0, LONGEST_NICKNAME)
      .transform(text => text || undefined)
      .optional()
      .meta({ description: 'Leave it out to show none.' }),
    locale: z.enum(['nl', 'en']).default('nl'),
  })
  .meta({ id: 'NewThanks' })

export const thanksOut = ({ id, locale, text, nickname, month }: Thanks) => ({
  ...{ id, locale, text, nickname, month },
})

export function registerThanksRoutes(api: App, deps: Deps): void {
  const { db, organisationId, clock } = deps
  const tags = ['thanks']
  const own = { tags, security: [{ session: [] }] }

  api.get(
    '/pools/:poolId/thanks',
    {
      config: { permission: 'public.read' },
      schema: {
        tags,
        operationId: 'listThanks',
        summary: 'What recipients said to the donors of a pool; the newest shown first',
        params: z.object({ poolId: idSchema }),
        querystring: z.strictObject({
          after: idSchema.optional().meta({ description: 'The last one of the page before.' }),
          limit: pageLimit,
        }),
        response: { 200: z.object({ thanks: z.array(thanksSchema) }) },
      },
    },
    async (request, reply) => {
      const pool = await poolById(db, organisationId, request.params.poolId)
      const page = await thanksOf(db, organisationId, pool.id, request.query)
      const path = `/pools/${pool.id}/thanks`
      if (page.next) reply.header('link', linkNext(path, request.query, { after: page.next }))
      return { thanks: page.thanks.map(thanksOut) }
    },
  )
  api.get(
    '/own-thanks',
    {
      config: { permission: 'own-enrolment.read' },
      schema: {
        ...own,
        operationId: 'listOwnThanks',
        summary:
          'One’s own thank-yous, the newest first; what became of each, and whether another can be written',
        querystring: z.strictObject({ limit: pageLimit }),
        response: {
          200: z.object({
            mayWrite: z.enum(['yes', 'when-read', 'next-month']),
            thanks: z.array(ownSchema),
          }),
        },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { thanks, mayWrite } = await ownThanks(db, organisationId, ownEnrolmentOf(request), clock.now())
      return { mayWrite, thanks: thanks.slice(0, request.query.limit) }
    },
  )
  api.post(
    '/own-thanks',
    {
      config: { permission: 'own-thanks.write' },
      schema: {
        ...own,
        operationId: 'writeThanks',
        summary: 'Thank the donors, once a month at most; staff looks before it is shown',
        headers: idempotencyHeaders,
        body: newThanks,
        response: { 201: z.object({ thanksId: idSchema }) },
      },
    },
    async (request, reply) => {
      const { nickname, ...rest } = request.body
      const thanksId = await writeThanks(deps, actorOf(request), {
        ...{ ...rest, nickname, enrolmentId: ownEnrolmentOf(request) },
        idempotencyKey: request.headers['idempotency-key'],
      })
      return reply.code(201).send({ thanksId })
    },
  )
  api.post(
    '/own-thanks/:thanksId/withdrawals',
    {
      config: { permission: 'own-thanks.write' },
      schema: {
        ...own,
        operationId: 'takeAwayThanks',
        summary: 'Take away what one wrote, at once and for good',
        params: thanksParams,
        response: { 200: z.object({ thanksId: idSchema, state: z.literal('taken-away') }) },
      },
    },
    async request => {
      const { thanksId } = request.params
      await takeAwayThanks(deps, actorOf(request), { enrolmentId: ownEnrolmentOf(request), thanksId })
      return { thanksId, state: 'taken-away' as const }
    },
  )
}
