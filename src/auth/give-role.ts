/** Gives a colleague a role, for the organisation or one pool; a stand-in's until its last day. */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { addDays, localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { type Colleague, colleagueById, givenRoles, lockColleague } from './colleagues.ts'
import { grantRole } from './grants.ts'
import { approvingRoles, poolRoles, type Role } from './permissions.ts'
import { roleWords } from './role-words.ts'

export interface RoleToGive {
  readonly role: Role
  /** Left out: the whole organisation. */
  readonly poolId?: string | undefined
  /** YYYY-MM-DD: the last day on which it can be used. */
  readonly lastDay?: string | undefined
  readonly standInFor?: string | undefined
}

/** Answers the grant's id. Throws `not-yourself`, `needs-two-people`, `role-held`, `invalid-request`, `not-found`. */
export async function giveRole(
  deps: Deps,
  actor: PersonActor,
  { personId, reason, ...role }: RoleToGive & { readonly personId: string; readonly reason: string },
): Promise<string> {
  return inTransaction(deps.db, trx => giveRoleWithin(trx, deps, actor, { ...role, personId, reason }))
}

/** As part of something larger: inviting somebody. */
export async function giveRoleWithin(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  { personId, reason, ...given }: RoleToGive & { readonly personId: string; readonly reason: string },
): Promise<string> {
  const { organisationId, clock } = deps
  const today = localDate(clock.now())
  if (personId === actor.id) throw new DomainError('not-yourself', { field: 'personId' })
  refuseUnfit(given, personId, today)
  const person = await lockColleague(trx, organisationId, today, personId)
  if (given.poolId) await poolById(trx, organisationId, given.poolId)
  await refuseWrongStandIn(trx, organisationId, today, given)
  if (holds(person, given)) throw new DomainError('role-held', { field: 'role' })
  const id = await grantRole(trx, organisationId, { ...given, personId, grantedBy: actor.id })
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'role.give',
    subject: { kind: 'person', id: personId },
    reason,
    detail: {
      role: given.role,
      grantId: id,
      ...(given.poolId ? { poolId: given.poolId } : {}),
      ...(given.lastDay ? { lastDay: given.lastDay } : {}),
      ...(given.standInFor ? { standInFor: given.standInFor } : {}),
    },
  })
  return id
}

function refuseUnfit(
  { role, poolId, lastDay, standInFor }: RoleToGive,
  personId: string,
  today: string,
): void {
  if (!givenRoles.includes(role)) {
    throw new DomainError('invalid-request', {
      field: 'role',
      reason: {
        nl: 'Donateur word je door te geven, ontvanger door deel te nemen; inzamelaar met een goedgekeurde inzamelactie',
        en: 'Giving makes a donor, an enrolment makes a recipient; an approved campaign makes a campaigner',
      },
    })
  }
  if (approvingRoles.includes(role)) {
    throw new DomainError('needs-two-people', {
      field: 'role',
      reason: {
        nl: 'Stel het voor bij Wijzigingen; iemand anders keurt het goed',
        en: 'Propose it at Changes (POST /v1/changes); somebody else approves it',
      },
    })
  }
  refuseForOnePool(role, poolId)
  if (lastDay !== undefined && lastDay < today) {
    throw new DomainError('invalid-request', {
      field: 'lastDay',
      reason: { nl: 'De laatste dag is al geweest', en: 'The last day has passed' },
    })
  }
  refuseTooLong(lastDay, today)
  if (standInFor !== undefined && lastDay === undefined) {
    throw new DomainError('invalid-request', {
      field: 'lastDay',
      reason: { nl: 'Een vervanger heeft een laatste dag', en: 'A stand-in has a last day' },
    })
  }
  if (standInFor === personId) {
    throw new DomainError('invalid-request', {
      field: 'standInFor',
      reason: { nl: 'Niemand vervangt zichzelf', en: 'Nobody stands in for themselves' },
    })
  }
}

/** A role with a last day is for a while: for longer it is given without one, or anew. */
export const LONGEST_TERM_DAYS = 400

/** Throws `invalid-request`. Also asked of roles that two people give. */
export function refuseTooLong(lastDay: string | null | undefined, today: string): void {
  if (!lastDay || lastDay <= addDays(today, LONGEST_TERM_DAYS)) return
  throw new DomainError('invalid-request', {
    field: 'lastDay',
    reason: {
      nl: `De laatste dag is hoogstens ${LONGEST_TERM_DAYS} dagen vooruit`,
      en: `The last day is at most ${LONGEST_TERM_DAYS} days ahead`,
    },
  })
}

/** Throws `invalid-request`: with such a role for one pool nothing could be done. Also asked of roles that two people give. */
export function refuseForOnePool(role: Role, poolId: string | null | undefined): void {
  if (!poolId || poolRoles.includes(role)) return
  const wordsIn = (locale: 'nl' | 'en') =>
    poolRoles.map(each => roleWords[locale][each].toLowerCase()).join(', ')
  throw new DomainError('invalid-request', {
    field: 'poolId',
    reason: {
      nl: `Deze rol is voor de hele organisatie. Voor één pot kan alleen: ${wordsIn('nl')}`,
      en: `This role is for the whole organisation. For one pool there are: ${wordsIn('en')}`,
    },
  })
}

const holds = ({ roles }: Colleague, { role, poolId, lastDay }: RoleToGive): boolean =>
  roles.some(
    held =>
      held.role === role &&
      held.poolId === (poolId ?? null) &&
      // A longer one is worth giving beside a stand-in's that ends earlier.
      (held.lastDay === null || (lastDay !== undefined && lastDay <= held.lastDay)),
  )

/** A stand-in does what the other does, and no more. */
async function refuseWrongStandIn(
  trx: Transaction<DB>,
  organisationId: number,
  today: string,
  { role, poolId, standInFor }: RoleToGive,
): Promise<void> {
  if (standInFor === undefined) return
  const other = await colleagueById(trx, organisationId, today, standInFor).catch(() => null)
  const does = other?.roles.some(
    held => held.role === role && (held.poolId === null || held.poolId === poolId),
  )
  if (does) return
  throw new DomainError('invalid-request', {
    field: 'standInFor',
    reason: { nl: 'Die persoon heeft deze rol niet', en: 'That person does not have this role' },
  })
}
