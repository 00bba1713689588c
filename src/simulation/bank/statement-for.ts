/**
 * Makes the next statement of an account, or makes the same one again. Each booking stands on one statement for ever,
 * so the closing balance of one is the opening balance of the next, in whatever order things happened.
 */
import type { Selectable, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { LocalDate } from '../../platform/calendar/index.ts'
import { accountAt, lockAccount } from './accounts.ts'
import type { SimulatedBankTables } from './tables.ts'
import { type WrittenEntry, type WrittenPayment, writeCamt053 } from './write-camt053.ts'

export interface StatementRequest {
  readonly iban: string
  readonly from: LocalDate
  /** Bookings of later days wait for a later statement. */
  readonly to: LocalDate
  readonly now: Date
}

type Booking = Selectable<SimulatedBankTables['simulation.bank_bookings']>
type BankStatement = Selectable<SimulatedBankTables['simulation.bank_statements']>

/**
 * The statement as camt.053.001.08, with everything booked up to `to` that was on none yet. When there is nothing
 * and that day was covered already, it is the last statement again, byte for byte: asking twice makes no second one.
 */
export async function statementFor(trx: Transaction<DB>, request: StatementRequest): Promise<string> {
  const { iban } = request
  if (request.to < request.from) throw new RangeError('a statement ends on or after the day it begins')
  await lockAccount(trx, iban)
  const account = await accountAt(trx, iban)
  if (!account) throw new Error('no such account at the simulated bank')
  const last = await lastStatement(trx, iban)
  // A statement never ends before the one that it follows.
  const to = last && last.toOn > request.to ? last.toOn : request.to
  const fresh = await bookingsOnNoStatement(trx, iban, to)
  const isSame = last?.toOn === to && fresh.length === 0
  const opening = last?.closing ?? account.opening
  const statement = isSame ? last : await addStatement(trx, { ...request, to }, opening, fresh, last)
  const bookings = isSame ? await bookingsOn(trx, statement) : fresh
  return writeCamt053({
    id: `${iban.slice(-18)}-${statement.sequenceNumber}`,
    sequenceNumber: statement.sequenceNumber,
    iban,
    holder: account.holder,
    createdAt: statement.createdAt,
    from: statement.fromOn,
    to: statement.toOn,
    opening: statement.opening,
    closing: statement.closing,
    entries: await entriesOf(trx, bookings),
  })
}

async function lastStatement(trx: Transaction<DB>, iban: string): Promise<BankStatement | undefined> {
  return trx
    .selectFrom('simulation.bank_statements')
    .selectAll()
    .where('iban', '=', iban)
    .orderBy('sequenceNumber', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function bookingsOnNoStatement(trx: Transaction<DB>, iban: string, to: LocalDate): Promise<Booking[]> {
  return trx
    .selectFrom('simulation.bank_bookings as booking')
    .leftJoin('simulation.bank_statement_bookings as shown', 'shown.bookingId', 'booking.id')
    .selectAll('booking')
    .where('booking.iban', '=', iban)
    .where('booking.bookedOn', '<=', to)
    .where('shown.bookingId', 'is', null)
    .orderBy('booking.bookedOn')
    .orderBy('booking.id')
    .execute()
}

async function bookingsOn(trx: Transaction<DB>, { iban, sequenceNumber }: BankStatement): Promise<Booking[]> {
  return trx
    .selectFrom('simulation.bank_bookings as booking')
    .innerJoin('simulation.bank_statement_bookings as shown', 'shown.bookingId', 'booking.id')
    .selectAll('booking')
    .where('shown.iban', '=', iban)
    .where('shown.sequenceNumber', '=', sequenceNumber)
    .orderBy('booking.bookedOn')
    .orderBy('booking.id')
    .execute()
}

async function addStatement(
  trx: Transaction<DB>,
  { iban, from, to, now }: StatementRequest,
  opening: bigint,
  bookings: readonly Booking[],
  last: BankStatement | undefined,
): Promise<BankStatement> {
  const earliest = bookings[0]?.bookedOn ?? from
  const statement: BankStatement = {
    iban,
    sequenceNumber: (last?.sequenceNumber ?? 0n) + 1n,
    // A booking recorded after the statement of its day was made stands on this one, so this one begins there.
    fromOn: earliest < from ? earliest : from,
    toOn: to,
    opening,
    closing: bookings.reduce((sum, { amount }) => sum + amount, opening),
    createdAt: now,
  }
  await trx.insertInto('simulation.bank_statements').values(statement).execute()
  const { sequenceNumber } = statement
  for (const { id } of bookings) {
    await trx
      .insertInto('simulation.bank_statement_bookings')
      .values({ bookingId: id, iban, sequenceNumber })
      .execute()
  }
  return statement
}

async function entriesOf(trx: Transaction<DB>, bookings: readonly Booking[]): Promise<WrittenEntry[]> {
  const entries: WrittenEntry[] = []
  for (const booking of bookings) {
    const payments =
      booking.messageId === null ? [booking] : await paymentsOf(trx, booking.iban, booking.messageId)
    entries.push({ ...booking, payments })
  }
  return entries
}

async function paymentsOf(trx: Transaction<DB>, iban: string, messageId: string): Promise<WrittenPayment[]> {
  const transfers = await trx
    .selectFrom('simulation.bank_transfers')
    .selectAll()
    .where('iban', '=', iban)
    .where('messageId', '=', messageId)
    .orderBy('position')
    .execute()
  return transfers.map(({ endToEndId, amount, creditorName, creditorIban, remittance }) => ({
    endToEndId,
    amount: -amount,
    counterpartyName: creditorName,
    counterpartyIban: creditorIban,
    remittance,
    returnReason: null,
  }))
}
