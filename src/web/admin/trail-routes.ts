/** Searching the trail by a form that is sent as an address, so that a search can be kept and passed on. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ActFilter, actionsRecorded, searchActs } from '../../acts/index.ts'
import { trailFilters } from '../../api/acts.ts'
import type { App } from '../../app.ts'
import { isStaffRole, keysOf, personsWithRoles } from '../../auth/index.ts'
import { addDays, instantOf, isLocalDate, LAST_DAY, localDate } from '../../platform/calendar/index.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { trailView } from './trail.ts'
import { shownActs } from './trail-model.ts'

const PAGE = 50
const FIELDS = [
  ...['actorId', 'action', 'from', 'until', 'reason', 'without'],
  ...['place', 'sessionId', 'onBehalfOf', 'subjectId', 'subjectKind'],
] as const
const query = z.record(z.string(), z.unknown())

export function registerTrailRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId } = deps
  pages.get(
    '/admin/trail',
    { config: { permission: 'acts.read' }, schema: { hide: true, querystring: query } },
    async (request, reply) => {
      const asked = readSearch(request, scope)
      const before = /^\d{1,18}$/.exec(String(request.query.before ?? ''))?.[0]
      const wrong = Object.keys(asked.form.errors).length > 0
      const page = { before: before === undefined ? undefined : BigInt(before), limit: PAGE }
      const found = wrong
        ? { acts: [], next: null }
        : await searchActs(db, organisationId, asked.filter, page)
      const address = new URLSearchParams(asked.form.values)
      if (found.next !== null) address.set('before', String(found.next))
      const view = trailView(await contextOf(scope, request), {
        acts: await shownActs(deps, found.acts, locale),
        older: found.next === null ? null : `${paths.trail}?${address}`,
        isNewest: before === undefined,
        form: asked.form,
        actors: await actorsOf(scope),
        actions: await actionsRecorded(db, organisationId),
        exportQuery: wrong ? null : exportQueryOf(asked.filter),
      })
      return send(reply, view, wrong ? 400 : 200)
    },
  )
}

/** A whole day is from its first moment to that of the next, in Amsterdam. */
function readSearch(request: FastifyRequest, { locale }: PageScope): { filter: ActFilter; form: FormState } {
  const t = text(locale).trail.wrong
  const given = request.query as Record<string, unknown>
  const values: Record<string, string> = {}
  for (const field of FIELDS) {
    const value = given[field]
    if (typeof value === 'string' && value.trim() !== '') values[field] = value.trim().slice(0, 200)
  }
  const { from, until, ...rest } = values
  const errors: Record<string, string> = {}
  for (const [field, day] of Object.entries({ from, until }))
    if (day !== undefined && (!isLocalDate(day) || day === LAST_DAY)) errors[field] = t.day
  const read = trailFilters.safeParse(rest)
  for (const { path } of read.error?.issues ?? []) {
    const field = String(path[0])
    const said = field === 'place' ? t.place : field === 'reason' ? t.reason : t.other
    errors[field === 'subjectKind' ? 'subjectId' : field] ??= said
  }
  const filter = { ...(read.success ? read.data : {}), from: undefined, until: undefined }
  const form = { ...emptyForm(), values, errors }
  if (Object.keys(errors).length > 0) return { filter, form }
  return {
    filter: {
      ...filter,
      from: from === undefined ? undefined : instantOf(from, '00:00'),
      until: until === undefined ? undefined : instantOf(addDays(until, 1), '00:00'),
    },
    form,
  }
}

const exportQueryOf = (filter: ActFilter): string =>
  new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : String(value)]],
    ),
  ).toString()

/** Who can have acted: colleagues by their work name, and keys. */
async function actorsOf({ deps, locale }: PageScope): Promise<{ id: string; name: string }[]> {
  const { db, organisationId, clock } = deps
  const today = localDate(clock.now())
  const people = (await personsWithRoles(db, organisationId, today)).filter(({ roles }) =>
    roles.some(isStaffRole),
  )
  const keys = await keysOf(db, organisationId, today)
  return [
    ...people.map(({ id, name }) => ({ id, name })),
    ...keys.map(({ id, name }) => ({ id, name: text(locale).trail.key(name) })),
  ]
}
