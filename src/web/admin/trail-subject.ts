/** What an act was done to: in words, and where to see it, with what it takes to look there. */
import type { RecordedAct } from '../../acts/index.ts'
import { type Permission, type Role, roles } from '../../auth/index.ts'
import { type Kind, kinds } from '../../changes/index.ts'
import type { CycleBehind } from '../../disbursements/index.ts'
import { EUR, type Locale } from '../../money/index.ts'
import { isUuid } from '../../platform/id.ts'
import { monthText } from '../components/date.ts'
import { shortReference } from '../components/journal-entry.ts'
import { amountText } from '../components/money.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

/** Of all that the acts of one page are about, fetched once. */
export interface Names {
  readonly people: ReadonlyMap<string, string>
  readonly pools: ReadonlyMap<string, string>
  readonly slugs: ReadonlyMap<string, string>
  readonly cycles: ReadonlyMap<string, CycleBehind>
  readonly statements: ReadonlyMap<string, string>
  readonly changes: ReadonlyMap<string, bigint>
  /** Whoever has a page among the people: no donor, no recipient. */
  readonly colleagues: ReadonlySet<string>
}

/** Every kind of subject that is written down; a test reads the sources for others. */
export const subjectKinds = [
  ...['organisation', 'installation', 'pool', 'donation', 'refund', 'enrolment', 'cycle', 'batch'],
  ...['statement', 'person', 'key', 'change', 'bank-account', 'provider-keys', 'freeze', 'suspense', 'wish'],
  ...['donor', 'monthly-gift', 'news', 'thanks', 'campaign', 'campaign-update', 'campaign-outcome'],
] as const

/** What was proposed, of an act about a proposal: its kind and what it is about. */
export const changeIn = ({ subjectKind, detail }: RecordedAct): { kind: Kind; subjectId: string } | null => {
  const { kind, subjectId } = detail
  const isChange = subjectKind === 'change' && kinds.includes(kind as Kind)
  return isChange && typeof subjectId === 'string' ? { kind: kind as Kind, subjectId } : null
}

/** The change that an act belongs to: its subject, or what let it happen. */
export const changeIdOf = ({ subjectKind, subjectId, detail }: RecordedAct): string | null => {
  const id = subjectKind === 'change' ? subjectId : detail.changeId
  return typeof id === 'string' && isUuid(id) ? id : null
}

/** As people call it, with what else the act says that is worth a word. */
export function aboutOf(act: RecordedAct, names: Names, locale: Locale): string {
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

/** Empty where the sentence of the act says it all. Never a bare id: of what has no name, its kind and a short reference. */
function subjectOf(act: RecordedAct, names: Names, locale: Locale): string {
  const { subjectKind: kind, subjectId: id, actorId } = act
  const t = text(locale)
  const { subjects } = t.trail
  if (id === actorId) return ''
  switch (kind) {
    case 'organisation':
    case 'installation':
    case 'bank-account':
    case 'provider-keys':
    case 'freeze':
      return ''
    case 'change': {
      const change = changeIn(act)
      if (!change) return ''
      const whose = names.pools.get(change.subjectId) ?? names.people.get(change.subjectId)
      return `${t.changes.kinds[change.kind]}${whose === undefined ? '' : `, ${whose}`}`
    }
    case 'cycle':
    case 'batch': {
      const behind = names.cycles.get(id)
      if (behind) return `${names.pools.get(behind.poolId) ?? ''}, ${monthText(behind.month, locale)}`
    }
  }
  const maps: Readonly<Record<string, ReadonlyMap<string, string>>> = {
    ...{ pool: names.pools, person: names.people, key: names.people, statement: names.statements },
  }
  return maps[kind]?.get(id) ?? `${subjects[kind] ?? subjects.other} ${shortReference(id)}`
}

/** Where something is seen, and what it takes to look there; `poolId` left out: in the organisation. */
export interface Place {
  readonly path: string
  readonly permission: Permission
  readonly poolId?: string
}

/** Null where there is no page of it, or none that says more. */
export function placeOf(act: RecordedAct, names: Names): Place | null {
  const { subjectKind: kind, subjectId: id, actorId } = act
  if (id === actorId) return null // what somebody did to themselves says so already
  const changeId = changeIdOf(act)
  const position = names.changes.get(changeId ?? '')
  const behind = names.cycles.get(id)
  const slug = names.slugs.get(id)
  if (position !== undefined)
    return { path: `${paths.changes(position + 1n)}#change-${changeId}`, permission: 'changes.read' }
  if (kind === 'freeze') return { path: paths.changes(), permission: 'changes.read' }
  if (behind) return { path: paths.cycle(behind.cycleId), permission: 'cycles.read', poolId: behind.poolId }
  if (slug) return { path: paths.adminPool(slug), permission: 'enrolments.read', poolId: id }
  const donationId = kind === 'donation' ? id : act.detail.donationId
  if (typeof donationId === 'string' && isUuid(donationId)) {
    const { poolId } = act.detail
    return {
      ...{ path: paths.adminDonation(donationId), permission: 'donations.read' as const },
      ...(typeof poolId === 'string' ? { poolId } : {}),
    }
  }
  if (kind === 'statement') return { path: paths.reconciliation, permission: 'bank.read' }
  if (kind === 'key') return { path: paths.key(id), permission: 'keys.read' }
  if (kind === 'enrolment') return { path: paths.adminEnrolment(id), permission: 'account-endings.read' }
  if (kind === 'person' && names.colleagues.has(id))
    return { path: paths.person(id), permission: 'people.read' }
  return null
}
