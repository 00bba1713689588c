/**
 * Enrols a recipient: the person is sealed, the whole term is set aside, and both happen or neither does. Under
 * the pool's lock, so that two enrolments at once can never promise the same euro.
 */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import { recordingTaken } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { FundsTooLow, movements, post } from '../ledger/index.ts'
import { addMonths, ageOn, localDate, type Month, monthOf } from '../platform/calendar/index.ts'
import { parseIban } from '../platform/iban.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { sepaName } from '../platform/iso20022/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { lockPool, missingDocuments, type Pool } from '../pools/index.ts'
import { addPerson } from '../recipients/index.ts'
import { DomainError } from '../refusals.ts'
import { type Enrolment, enrolmentById, insertEnrolment } from './enrolment.ts'
import { giveSignInWithin } from './give-sign-in.ts'
import { poolStanding } from './pool-position.ts'

const ADULT_YEARS = 18
/** Money is set aside from the day somebody is enrolled: not for a start that is more than a year away. */
const MONTHS_AHEAD = 12

export interface EnrolInput {
  readonly poolId: string
  readonly name: string
  /** Looked at, not stored. */
  readonly birthDate: string
  readonly iban: string
  readonly firstMonth: Month
  /** How identity and residence in the pool's area were checked. */
  readonly checkedHow: string
  /** Why this person: how they were chosen. */
  readonly reason: string
  /** To sign in with; left out for who has none. */
  readonly email?: string | undefined
  readonly locale?: 'nl' | 'en' | undefined
  readonly idempotencyKey: string
}

export async function enrol(deps: Deps, actor: PersonActor, input: EnrolInput): Promise<Enrolment> {
  const subject = { kind: 'pool', id: input.poolId }
  const id = await recordingTaken(deps, actor, subject, () =>
    inTransaction(deps.db, trx => enrolWithin(trx, deps, actor, input)),
  )
  return enrolmentById(deps.db, deps.organisationId, id)
}

async function enrolWithin(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  input: EnrolInput,
): Promise<string> {
  const { organisationId, vault, clock } = deps
  const now = clock.now()
  const { idempotencyKey, ...request } = input
  const pool = await lockPool(trx, organisationId, input.poolId)
  const claim = await claimKey(trx, vault, {
    organisationId,
    operation: 'enrol',
    key: idempotencyKey,
    request: { ...request },
    resourceId: newId(),
  })
  if (!claim.first) return claim.resourceId
  const id = claim.resourceId
  const iban = refuseUnfit(input, now)
  await refuseUnready(trx, deps, pool, input.firstMonth)
  await refuseUnfunded(trx, organisationId, pool, now)
  const personId = await addPerson(trx, vault, organisationId, {
    name: input.name,
    iban,
    checkedBy: actor.id,
    checkedAt: now,
    checkedHow: input.checkedHow,
  })
  await insertEnrolment(trx, organisationId, {
    id,
    poolId: pool.id,
    personId,
    monthlyAmount: pool.monthlyAmount,
    currency: pool.currency,
    firstMonth: input.firstMonth,
    termMonths: pool.termMonths,
    enrolledBy: actor.id,
    enrolledAt: now,
  })
  await reserve(trx, organisationId, pool, id, now)
  await recordAct(trx, organisationId, actor, {
    at: now,
    action: 'enrolment.create',
    subject: { kind: 'enrolment', id },
    reason: input.reason,
    detail: { poolId: pool.id, firstMonth: input.firstMonth },
  })
  const { email, locale, reason } = input
  if (email)
    await giveSignInWithin(trx, deps, actor, { enrolmentId: id, poolId: pool.id, email, locale, reason })
  return id
}

/** Answers the normalised IBAN. */
function refuseUnfit(input: EnrolInput, now: Date): string {
  const today = localDate(now)
  if (input.birthDate > today || ageOn(input.birthDate, today) < ADULT_YEARS) {
    throw new DomainError('under-age', { field: 'birthDate' })
  }
  const iban = parseIban(input.iban)
  if (!iban.ok) throw new DomainError('invalid-iban', { field: 'iban', reason: iban.reason })
  // A payment file with a name that banks cannot read would be refused whole.
  if (sepaName(input.name) === null) {
    throw new DomainError('invalid-request', {
      field: 'name',
      reason: {
        nl: 'Schrijf de naam zoals die op de bankpas staat',
        en: 'Write the name as it stands on the bank card',
      },
    })
  }
  if (input.firstMonth < monthOf(today)) throw new DomainError('month-in-the-past', { field: 'firstMonth' })
  if (input.firstMonth > addMonths(monthOf(today), MONTHS_AHEAD)) {
    throw new DomainError('month-too-far', { field: 'firstMonth' })
  }
  return iban.iban
}

async function refuseUnready(trx: Transaction<DB>, deps: Deps, pool: Pool, firstMonth: Month): Promise<void> {
  if (pool.state === 'closed') throw new DomainError('pool-closed', { field: 'poolId' })
  if (deps.mode === 'real') {
    const missing = await missingDocuments(trx, deps.organisationId, pool.id)
    if (missing.length > 0) {
      throw new DomainError('legal-documents-missing', { field: 'poolId', reason: missing.join(', ') })
    }
  }
  // A month whose list was already proposed would leave this recipient out: they would be forgotten.
  const proposed = await trx
    .selectFrom('disbursements.cycles')
    .select('id')
    .where('organisationId', '=', deps.organisationId)
    .where('poolId', '=', pool.id)
    .where('month', '>=', `${firstMonth}-01`)
    .where('proposedAt', 'is not', null)
    .executeTakeFirst()
  if (proposed) throw new DomainError('cycle-already-proposed', { field: 'firstMonth' })
}

async function refuseUnfunded(
  trx: Transaction<DB>,
  organisationId: number,
  pool: Pool,
  now: Date,
): Promise<void> {
  const { sustainability } = await poolStanding(trx, organisationId, pool, now)
  if (sustainability.newIncomes < 1) {
    throw new DomainError('pool-cannot-sustain', {
      field: 'poolId',
      missing: sustainability.missingForNext,
      currency: pool.currency,
    })
  }
}

async function reserve(
  trx: Transaction<DB>,
  organisationId: number,
  pool: Pool,
  enrolmentId: string,
  now: Date,
) {
  try {
    await post(trx, organisationId, [
      movements.incomeReserved({
        poolId: pool.id,
        enrolmentId,
        amount: pool.monthlyAmount * BigInt(pool.termMonths),
        currency: pool.currency,
        at: now,
      }),
    ])
  } catch (error) {
    if (error instanceof FundsTooLow) {
      throw new DomainError('pool-cannot-sustain', {
        field: 'poolId',
        missing: error.missing,
        currency: pool.currency,
      })
    }
    throw error
  }
}
