/** Finds acts: by whom, what, on what, when, from where, in which session, for whom, why; the newest first. */
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { DB } from '../database.ts'
import type { ActsTables } from './tables.ts'

export interface ActFilter {
  /** Of a person or a key. */
  readonly actorId?: string | undefined
  /** `cycle.propose`, or its noun alone: `cycle`. */
  readonly action?: string | undefined
  readonly subjectKind?: string | undefined
  readonly subjectId?: string | undefined
  /** By the installation's clock. From is inclusive, until is not. */
  readonly from?: Date | undefined
  readonly until?: Date | undefined
  readonly place?: string | undefined
  readonly sessionId?: string | undefined
  /** The enrolment whose recipient was helped. */
  readonly onBehalfOf?: string | undefined
  /** Part of what was written as the reason, in small letters or capitals. */
  readonly reason?: string | undefined
  /** Leaves out that people came, left and showed their second factor. What was refused or removed stays. */
  readonly without?: 'sign-ins' | undefined
}

const SIGN_INS = ['session.start', 'session.end', 'second-factor.show']

/** An act as it was written down. */
export type RecordedAct = Readonly<Omit<Selectable<ActsTables['acts.acts']>, 'organisationId'>>

export interface ActsPage {
  readonly acts: readonly RecordedAct[]
  /** Where the next page goes on; null when this is the last. */
  readonly next: bigint | null
}

/** How many of the newest acts are simply read before an index is asked: what people look for is mostly recent. */
const NEWEST = 2_000

/**
 * Acts with an id below `before`. The newest are read first, in order; if they do not fill the page, the rest is gathered
 * over whichever index fits and sorted, so a search costs what matches it and not what the trail has grown to.
 */
export async function searchActs(
  db: Kysely<DB>,
  organisationId: number,
  filter: ActFilter,
  { before, limit }: { readonly before?: bigint | undefined; readonly limit: number },
  newest = NEWEST,
): Promise<ActsPage> {
  const conditions = await conditionsOf(db, organisationId, filter)
  const wanted = limit + 1
  const recent = await sql<{ ids: string[] | null; last: bigint; seen: bigint }>`
    select (array_agg(a.id::text order by a.id desc) filter (where ${conditions}))[:${wanted}::int] as ids,
           min(a.id) as last, count(*) as seen
      from (select * from acts.acts a where a.organisation_id = ${organisationId} and ${isBefore(before)}
             order by a.id desc limit ${newest}) a`.execute(db)
  const [{ ids: found = null, last = 0n, seen = 0n } = {}] = recent.rows
  const ids = (found ?? []).map(BigInt)
  if (seen >= newest && ids.length < wanted) {
    const page = { before: last, limit: wanted - ids.length }
    const { rows } = await sql<{ id: bigint }>`${olderIds(organisationId, filter, conditions, page)}`.execute(
      db,
    )
    ids.push(...rows.map(({ id }) => id))
  }
  const page = ids.slice(0, limit)
  return {
    acts: await actsById(db, organisationId, page),
    next: ids.length > limit ? (page.at(-1) ?? null) : null,
  }
}

/**
 * Where an index has what was asked and then the id, it is read backwards until the page is full; so are the acts
 * themselves where no index has any of it. Elsewhere all that matches is sorted: `id + 0` keeps the planner from walking
 * all ids in the hope of a match nearby, which was looked at.
 */
export const olderIds = (
  organisationId: number,
  filter: ActFilter,
  conditions: RawBuilder<unknown>,
  { before, limit }: { before: bigint; limit: number },
): RawBuilder<{ id: bigint }> => sql`
  select a.id, ${hasItsOrder(filter) ? sql`a.id` : sql`a.id + 0`} as place from acts.acts a
   where a.organisation_id = ${organisationId} and ${isBefore(before)} and ${conditions}
   order by place desc limit ${limit}`

function hasItsOrder({ actorId, action, subjectKind, subjectId, from, until, ...rest }: ActFilter): boolean {
  const { place, sessionId, onBehalfOf } = rest
  const isNamed = actorId ?? (action?.includes('.') ? action : undefined) ?? place ?? sessionId ?? onBehalfOf
  if ((from ?? until ?? subjectId) !== undefined) return false
  return isNamed !== undefined || (action ?? subjectKind) === undefined
}

const isBefore = (before: bigint | undefined) => (before === undefined ? sql`true` : sql`a.id < ${before}`)

export const actColumns = [
  ...(['id', 'at', 'recordedAt', 'actorKind', 'actorId', 'action', 'subjectKind', 'subjectId'] as const),
  ...(['origin', 'place', 'sessionId', 'onBehalfOf', 'reason', 'detail'] as const),
] as const

async function actsById(
  db: Kysely<DB>,
  organisationId: number,
  ids: readonly bigint[],
): Promise<RecordedAct[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('acts.acts')
    .select(actColumns)
    .where('organisationId', '=', organisationId)
    .where('id', 'in', ids)
    .orderBy('id', 'desc')
    .execute()
}

/** A noun stands for the actions of it that were ever recorded. */
export async function conditionsOf(
  db: Kysely<DB>,
  organisationId: number,
  filter: ActFilter,
): Promise<RawBuilder<unknown>> {
  const { actorId, action, subjectKind, subjectId, from, until, place, sessionId, onBehalfOf } = filter
  const { reason, without } = filter
  const isNoun = action !== undefined && !action.includes('.')
  const actions = isNoun
    ? (await actionsRecorded(db, organisationId)).filter(each => each.startsWith(`${action}.`))
    : []
  const conditions = [
    actorId === undefined ? [] : sql`a.actor_id = ${actorId}`,
    action === undefined ? [] : isNoun ? sql`a.action = any (${actions})` : sql`a.action = ${action}`,
    subjectKind === undefined ? [] : sql`a.subject_kind = ${subjectKind}`,
    subjectId === undefined ? [] : sql`a.subject_id = ${subjectId}`,
    from === undefined ? [] : sql`a.at >= ${from}`,
    until === undefined ? [] : sql`a.at < ${until}`,
    place === undefined ? [] : sql`a.place = ${place}`,
    sessionId === undefined ? [] : sql`a.session_id = ${sessionId}`,
    onBehalfOf === undefined ? [] : sql`a.on_behalf_of = ${onBehalfOf}`,
    reason === undefined ? [] : sql`a.reason ilike ${`%${reason.replaceAll(/[\\%_]/g, '\\$&')}%`}`,
    without === undefined ? [] : sql`a.action <> all (${SIGN_INS})`,
  ].flat()
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`
}

/** Every action that was ever recorded, by name: one look in the index for each, however long the trail is. */
export async function actionsRecorded(db: Kysely<DB>, organisationId: number): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    with recursive known (action) as (
      select min(action) from acts.acts where organisation_id = ${organisationId}
      union all
      select (select min(a.action) from acts.acts a
               where a.organisation_id = ${organisationId} and a.action > known.action)
        from known where known.action is not null)
    select action from known where action is not null order by action`.execute(db)
  return rows.map(({ action }) => action)
}
