/** The trail: searching it and taking it out. Names beside acts are work names and names of keys, never an address. */
import { Readable } from 'node:stream'
import { z } from 'zod'
import {
  type ActFilter,
  exportActs,
  type RecordedAct,
  searchActs,
  startExport,
  trailFormats,
} from '../acts/index.ts'
import type { App } from '../app.ts'
import { actorNames, anyActorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { idSchema, instantSchema, plainText } from '../platform/http/amount.ts'
import { linkNext, numberSchema, pageLimit } from './paging.ts'
import { instantOf } from './trial-balance.ts'

const NOUN = /^[a-z][a-z-]{1,40}$/

const filters = {
  actorId: idSchema.optional().meta({ description: 'The person or key that did it.' }),
  action: z
    .string()
    .regex(
      /^[a-z][a-z-]{1,40}(\.[a-z][a-z-]{1,40})?$/,
      'must be an action such as cycle.propose, or its noun',
    )
    .optional()
    .meta({ description: 'An action such as `cycle.propose`, or its noun alone.' }),
  subjectKind: z.string().regex(NOUN, 'must be a kind such as cycle').optional(),
  subjectId: plainText(1, 100).optional().meta({ description: 'What it was done to.' }),
  from: instantSchema.optional().meta({ description: 'Happened at this moment or later.' }),
  until: instantSchema.optional().meta({ description: 'Happened before this moment.' }),
  place: z
    .string()
    .regex(/^[0-9a-f]{8}$/, 'must be 8 hexadecimal digits')
    .optional()
    .meta({ description: 'The short keyed hash of a network address.' }),
  sessionId: idSchema.optional(),
  onBehalfOf: idSchema.optional().meta({ description: 'The enrolment whose recipient was helped.' }),
  reason: plainText(2, 100).optional().meta({ description: 'Part of the reason that somebody gave.' }),
  without: z
    .literal('sign-ins')
    .optional()
    .meta({ description: 'Leaves out signing in, signing out and showing a second factor.' }),
}
export const trailFilters = z.strictObject(filters)
const searchQuery = z.strictObject({
  ...filters,
  before: numberSchema.optional().meta({ description: 'Cursor: acts with lower ids than this one.' }),
  limit: pageLimit,
})
const exportQuery = z.strictObject({ ...filters, format: z.enum(trailFormats) })

const actSchema = z
  .object({
    id: numberSchema,
    at: instantSchema.meta({ description: 'When it happened, by the clock of the installation.' }),
    recordedAt: instantSchema.meta({ description: 'When the database wrote it down, in real time.' }),
    actor: z.object({
      kind: z.enum(['person', 'key', 'system', 'public']),
      id: idSchema.nullable(),
      name: z.string().nullable().meta({ description: 'The work name of a person, or the name of a key.' }),
    }),
    action: z.string(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    place: z.string().nullable().meta({ description: 'Equal for what came from one network; no address.' }),
    sessionId: idSchema.nullable(),
    onBehalfOf: idSchema.nullable(),
    reason: z.string().nullable(),
    requestId: z.string().nullable().meta({ description: 'Leads to the log.' }),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Act' })

const actOut = (act: RecordedAct, names: ReadonlyMap<string, string>) => ({
  id: act.id.toString(),
  at: act.at.toISOString(),
  recordedAt: act.recordedAt.toISOString(),
  actor: { kind: act.actorKind, id: act.actorId, name: names.get(act.actorId ?? '') ?? null },
  action: act.action,
  subject: { kind: act.subjectKind, id: act.subjectId },
  place: act.place,
  sessionId: act.sessionId,
  onBehalfOf: act.onBehalfOf,
  reason: act.reason,
  requestId: act.origin,
  detail: act.detail,
})

export const filterOf = ({ from, until, ...rest }: z.infer<typeof trailFilters>): ActFilter => ({
  ...rest,
  from: instantOf(from),
  until: instantOf(until),
})

export function registerActRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const shared = { tags: ['trail'], security: [{ session: [] }] }
  const config = { permission: 'acts.read' } as const
  const namesOf = (ids: readonly string[]) => actorNames(db, organisationId, ids)

  api.get(
    '/acts',
    {
      config,
      schema: {
        ...shared,
        operationId: 'searchActs',
        summary: 'Search the trail, newest first',
        querystring: searchQuery,
        response: { 200: z.object({ acts: z.array(actSchema) }) },
      },
    },
    async ({ query }, reply) => {
      const { before, limit, ...filter } = query
      const page = { before: before === undefined ? undefined : BigInt(before), limit }
      const { acts, next } = await searchActs(db, organisationId, filterOf(filter), page)
      if (next !== null) reply.header('link', linkNext('/acts', query, { before: next }))
      const names = await namesOf([...new Set(acts.flatMap(({ actorId }) => actorId ?? []))])
      return { acts: acts.map(act => actOut(act, names)) }
    },
  )
  api.get(
    '/acts/export',
    {
      config,
      schema: {
        ...shared,
        operationId: 'exportActs',
        summary: 'The trail, or what a search finds of it, oldest first; recorded as an act itself',
        produces: ['text/csv', 'application/x-ndjson'],
        querystring: exportQuery,
        response: {
          200: z.string().meta({
            description:
              'CSV, or one JSON object a line. In CSV a text has an apostrophe where a spreadsheet would begin a formula: at its start, and behind a semicolon, comma, tab or line break. One taken away at each of these places gives the text again.',
          }),
        },
      },
    },
    async (request, reply) => {
      const { format, ...filter } = request.query
      const asked = { format, filter: filterOf(filter) }
      const started = await startExport(db, organisationId, anyActorOf(request), deps.clock.now(), asked)
      reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
        .header('content-disposition', `attachment; filename="trail.${format}"`)
      return reply.send(Readable.from(exportActs(db, organisationId, started, namesOf)) as never)
    },
  )
}
