/** From acts to what the page shows: names of who acted and of what it was about, fetched once for the whole page. */
import type { RecordedAct } from '../../acts/index.ts'
import { actorNames, colleagues } from '../../auth/index.ts'
import { changePositions } from '../../changes/index.ts'
import type { Deps } from '../../deps.ts'
import { cyclesBehind } from '../../disbursements/index.ts'
import type { Locale } from '../../money/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { isUuid } from '../../platform/id.ts'
import { pools } from '../../pools/index.ts'
import { statementNumbers } from '../../reconciliation/index.ts'
import type { ShownAct } from './trail.ts'
import { aboutOf, changeIdOf, changeIn, type Names, placeOf } from './trail-subject.ts'

/** The demonstration's clock is not ours, so only a real one is held against the time of writing. */
const LATE_MS = 5 * 60_000

export async function shownActs(
  deps: Deps,
  acts: readonly RecordedAct[],
  locale: Locale,
): Promise<ShownAct[]> {
  const names = await namesIn(deps, acts)
  return acts.map(act => ({
    ...act,
    name: names.people.get(act.actorId ?? '') ?? null,
    about: aboutOf(act, names, locale),
    seenAt: placeOf(act, names),
    recordedAt:
      deps.mode === 'real' && Math.abs(act.recordedAt.getTime() - act.at.getTime()) > LATE_MS
        ? act.recordedAt
        : null,
  }))
}

async function namesIn({ db, organisationId, clock }: Deps, acts: readonly RecordedAct[]): Promise<Names> {
  const subjects = (...kinds: string[]) =>
    acts.flatMap(({ subjectKind, subjectId }) =>
      kinds.includes(subjectKind) && isUuid(subjectId) ? [subjectId] : [],
    )
  const people = [
    ...acts.flatMap(act => [act.actorId ?? [], changeIn(act)?.subjectId ?? []].flat()),
    ...subjects('person', 'key'),
  ]
  const all = await pools(db, organisationId)
  return {
    people: await actorNames(db, organisationId, [...new Set(people)]),
    pools: new Map(all.map(({ id, name }) => [id, name])),
    slugs: new Map(all.map(({ id, slug }) => [id, slug])),
    cycles: await cyclesBehind(db, organisationId, subjects('cycle', 'batch')),
    statements: await statementNumbers(db, organisationId, subjects('statement')),
    colleagues: new Set((await colleagues(db, organisationId, localDate(clock.now()))).map(({ id }) => id)),
    changes: await changePositions(
      db,
      organisationId,
      acts.flatMap(act => changeIdOf(act) ?? []),
    ),
  }
}
