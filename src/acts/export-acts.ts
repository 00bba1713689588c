/**
 * The trail, or what a search finds of it, as text for other programs: CSV, or JSON Lines. Oldest first, read a page at a
 * time, so that ten million acts need no more memory than ten.
 */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import { csvLine, textCell } from '../platform/csv.ts'
import { type ActFilter, actColumns, conditionsOf, type RecordedAct } from './search-acts.ts'

export const trailFormats = ['csv', 'jsonl'] as const
export type TrailFormat = (typeof trailFormats)[number]

/** Names of the persons and keys with these ids, for whoever may know them; an id without a name is left out. */
export type NamesOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

export interface TrailRequest {
  readonly format: TrailFormat
  readonly filter: ActFilter
  /** Acts with a higher id are left out: an export is of the trail up to itself. */
  readonly upTo: bigint
}

const PAGE = 1_000

/** Piece by piece: the next page is read when the last was taken. Nothing is held meanwhile, neither rows nor locks. */
export async function* exportActs(
  db: Kysely<DB>,
  organisationId: number,
  { format, filter, upTo }: TrailRequest,
  namesOf: NamesOf,
): AsyncGenerator<string> {
  const line = format === 'csv' ? spreadsheetLine : jsonLine
  if (format === 'csv') yield csvLine(columns)
  const conditions = await conditionsOf(db, organisationId, filter)
  for (let after: bigint | undefined = 0n; after !== undefined; ) {
    const page: RecordedAct[] = await db
      .selectFrom('acts.acts as a')
      .select(actColumns)
      .where('organisationId', '=', organisationId)
      .where('id', '>', after)
      .where('id', '<=', upTo)
      .where(sql<boolean>`${conditions}`)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    const names = await namesOf([...new Set(page.flatMap(({ actorId }) => actorId ?? []))])
    if (page.length > 0) yield page.map(act => line(act, names.get(act.actorId ?? '') ?? null)).join('')
    after = page.length < PAGE ? undefined : page.at(-1)?.id
  }
}

const columns = [
  ...[
    'id',
    'at',
    'recorded_at',
    'actor_kind',
    'actor_id',
    'actor_name',
    'action',
    'subject_kind',
    'subject_id',
  ],
  ...['place', 'session_id', 'on_behalf_of', 'reason', 'request_id', 'detail'],
]

function spreadsheetLine(act: RecordedAct, name: string | null): string {
  return csvLine([
    `${act.id}`,
    act.at.toISOString(),
    act.recordedAt.toISOString(),
    act.actorKind,
    act.actorId ?? '',
    textCell(name ?? ''),
    act.action,
    textCell(act.subjectKind),
    textCell(act.subjectId),
    act.place ?? '',
    act.sessionId ?? '',
    act.onBehalfOf ?? '',
    textCell(act.reason ?? ''),
    textCell(act.origin ?? ''),
    textCell(JSON.stringify(act.detail)),
  ])
}

function jsonLine(act: RecordedAct, name: string | null): string {
  const { id, at, recordedAt, actorKind, actorId, action, subjectKind, subjectId } = act
  const { place, sessionId, onBehalfOf, reason, origin, detail } = act
  return `${JSON.stringify({
    id: id.toString(),
    at: at.toISOString(),
    recordedAt: recordedAt.toISOString(),
    actor: { kind: actorKind, id: actorId, name },
    action,
    subject: { kind: subjectKind, id: subjectId },
    place,
    sessionId,
    onBehalfOf,
    reason,
    requestId: origin,
    detail,
  })}\n`
}
