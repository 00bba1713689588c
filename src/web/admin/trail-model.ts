/** From acts to what the page shows: names of who acted and of what it was about, fetched once for the whole page. */
import type { RecordedAct } from '../../acts/index.ts'
import {
  actorNames,
  allows,
  type Grant,
  type Permission,
  type Person,
  type Role,
  roles,
} from '../../auth/index.ts'
import type { Deps } from '../../deps.ts'
import { type CycleBehind, cyclesBehind } from '../../disbursements/index.ts'
import { EUR, type Locale } from '../../money/index.ts'
import { isUuid } from '../../platform/id.ts'
import { pools } from '../../pools/index.ts'
import { statementNumbers } from '../../reconciliation/index.ts'
import { monthText } from '../components/date.ts'
import { shortReference } from '../components/journal-entry.ts'
import { amountText } from '../components/money.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import type { ShownAct } from './trail.ts'

/** The demonstration's clock is not ours, so only a real one is held against the time of writing. */
const LATE_MS = 5 * 60_000

interface Names {
  readonly people: ReadonlyMap<string, string>
  readonly pools: ReadonlyMap<string, string>
  readonly slugs: ReadonlyMap<string, string>
  readonly cycles: ReadonlyMap<string, CycleBehind>
  readonly statements: ReadonlyMap<string, string>
}

export async function shownActs(
  deps: Deps,
  acts: readonly RecordedAct[],
  { grants }: Pick<Person, 'grants'>,
  locale: Locale,
): Promise<ShownAct[]> {
  const names = await namesIn(deps, acts)
  return acts.map(act => ({
    ...act,
    name: names.people.get(act.actorId ?? '') ?? null,
    about: aboutOf(act, names, locale),
    path: pathOf(act, names, grants),
    recordedAt:
      deps.mode === 'real' && Math.abs(act.recordedAt.getTime() - act.at.getTime()) > LATE_MS
        ? act.recordedAt
        : null,
  }))
}

async function namesIn({ db, organisationId }: Deps, acts: readonly RecordedAct[]): Promise<Names> {
  const subjects = (...kinds: string[]) =>
    acts.flatMap(({ subjectKind, subjectId }) =>
      kinds.includes(subjectKind) && isUuid(subjectId) ? [subjectId] : [],
    )
  const actors = acts.flatMap(({ actorId }) => actorId ?? [])
  const all = await pools(db, organisationId)
  return {
    people: await actorNames(db, organisationId, [...new Set([...actors, ...subjects('person', 'key')])]),
    pools: new Map(all.map(({ id, name }) => [id, name])),
    slugs: new Map(all.map(({ id, slug }) => [id, slug])),
    cycles: await cyclesBehind(db, organisationId, subjects('cycle', 'batch')),
    statements: await statementNumbers(db, organisationId, subjects('statement')),
  }
}

/** What it was done to, as people call it, with what else the act says that is worth a word. */
function aboutOf(act: RecordedAct, names: Names, locale: Locale): string {
  const { role, amount, total, poolId } = act.detail
  const more = [
    subjectOf(act, names, locale),
    typeof poolId === 'string' && act.subjectKind !== 'cycle' ? (names.pools.get(poolId) ?? '') : '',
    roles.includes(role as Role) ? text(locale).roles[role as Role] : '',
    amountOf(amount ?? total, locale),
  ]
  return more.filter(part => part !== '').join(', ')
}

const amountOf = (minor: unknown, locale: Locale): string =>
  typeof minor === 'string' && /^\d{1,15}$/.test(minor) ? amountText(BigInt(minor), EUR, locale) : ''

function subjectOf(act: RecordedAct, names: Names, locale: Locale): string {
  const { subjectKind: kind, subjectId: id, actorId } = act
  const t = text(locale).trail.about
  if (kind === 'organisation' || kind === 'installation' || id === actorId) return ''
  if (kind === 'pool') return names.pools.get(id) ?? id
  if (kind === 'person') return names.people.get(id) ?? t.person(shortReference(id))
  if (kind === 'key') return names.people.get(id) ?? id
  if (kind === 'statement') return names.statements.get(id) ?? id
  if (kind === 'enrolment') return t.enrolment(shortReference(id))
  if (kind === 'donation') return t.donation(shortReference(id))
  const behind = names.cycles.get(id)
  if (behind) return `${names.pools.get(behind.poolId) ?? ''}, ${monthText(behind.month, locale)}`
  return `${kind} ${id}`
}

/** Where this reader can see it. */
function pathOf(
  { subjectKind: kind, subjectId: id }: RecordedAct,
  names: Names,
  grants: readonly Grant[],
): string | null {
  const to = (path: string, permission: Permission, poolId: string | null = null) =>
    allows(permission, grants, poolId) ? path : null
  const behind = names.cycles.get(id)
  const slug = names.slugs.get(id)
  if (behind) return to(paths.cycle(behind.cycleId), 'cycles.read', behind.poolId)
  if (kind === 'pool' && slug) return to(paths.adminPool(slug), 'enrolments.read', id)
  if (kind === 'statement') return to(paths.reconciliation, 'bank.read')
  return kind === 'key' ? to(paths.key(id), 'keys.read') : null
}
