/** A recipient's term in a pool: opaque, without personal data. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { addMonths, firstDayOf, type Month, monthOf } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { ibanEndings } from '../recipients/index.ts'
import { DomainError } from '../refusals.ts'

export interface Enrolment {
  readonly id: string
  readonly poolId: string
  readonly personId: string
  readonly monthlyAmount: bigint
  readonly currency: Currency
  readonly firstMonth: Month
  readonly lastMonth: Month
  readonly termMonths: number
}

type Reader = Kysely<DB> | Transaction<DB>
const columns = ['id', 'poolId', 'personId', 'monthlyAmount', 'currency', 'firstMonth', 'termMonths'] as const

function withMonths<Row extends { firstMonth: string; termMonths: number }>(row: Row) {
  const firstMonth = monthOf(row.firstMonth)
  return { ...row, firstMonth, lastMonth: addMonths(firstMonth, row.termMonths - 1) }
}

export async function enrolmentsOf(db: Reader, organisationId: number, poolId: string): Promise<Enrolment[]> {
  const rows = await db
    .selectFrom('enrolments.enrolments')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('poolId', '=', poolId)
    .orderBy('id')
    .execute()
  return rows.map(withMonths)
}

export async function enrolmentById(db: Reader, organisationId: number, id: string): Promise<Enrolment> {
  const row = await db
    .selectFrom('enrolments.enrolments')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'enrolmentId' })
  return withMonths(row)
}

/** What each enrolment promised in all, and when. */
export async function promisedInPool(
  db: Reader,
  organisationId: number,
  poolId: string,
): Promise<{ at: Date; total: bigint }[]> {
  const rows = await db
    .selectFrom('enrolments.enrolments')
    .select(['enrolledAt', 'monthlyAmount', 'termMonths'])
    .where('organisationId', '=', organisationId)
    .where('poolId', '=', poolId)
    .execute()
  return rows.map(({ enrolledAt, monthlyAmount, termMonths }) => ({
    at: enrolledAt,
    total: monthlyAmount * BigInt(termMonths),
  }))
}

/** Who is due an income in `month`. */
export async function enrolmentsDue(
  db: Reader,
  organisationId: number,
  poolId: string,
  month: Month,
): Promise<Enrolment[]> {
  const all = await enrolmentsOf(db, organisationId, poolId)
  return all.filter(each => each.firstMonth <= month && month <= each.lastMonth)
}

/** The first month that anybody in the pool is due, or null without enrolments. */
export async function firstMonthOf(
  db: Reader,
  organisationId: number,
  poolId: string,
): Promise<Month | null> {
  const row = await db
    .selectFrom('enrolments.enrolments')
    .select(({ fn }) => fn.min('firstMonth').as('first'))
    .where('organisationId', '=', organisationId)
    .where('poolId', '=', poolId)
    .executeTakeFirst()
  return row?.first ? monthOf(row.first) : null
}

export async function insertEnrolment(
  trx: Transaction<DB>,
  organisationId: number,
  input: Omit<Enrolment, 'lastMonth'> & { enrolledBy: string; enrolledAt: Date },
): Promise<void> {
  const { firstMonth, ...rest } = input
  await trx
    .insertInto('enrolments.enrolments')
    .values({ organisationId, ...rest, firstMonth: firstDayOf(firstMonth) })
    .execute()
}

/** The last four characters of each enrolment's account, by enrolment: enough to recognise, not to pay. */
export async function accountEndings(
  db: Kysely<DB>,
  organisationId: number,
  enrolments: readonly Enrolment[],
): Promise<Map<string, string>> {
  const people = enrolments.map(each => each.personId)
  const endings = await inTransaction(db, trx => ibanEndings(trx, organisationId, people))
  return new Map(enrolments.map(({ id, personId }) => [id, endings.get(personId) ?? '']))
}
