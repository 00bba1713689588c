/** The accounts at the simulated bank: opening one, its balance, and accounts elsewhere that send money back. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { LocalDate } from '../../platform/calendar/index.ts'
import { parseIban } from '../../platform/iban.ts'

export interface NewBankAccount {
  readonly iban: string
  readonly holder: string
  /** Cents that stand on it already. */
  readonly opening: bigint
  readonly openedOn: LocalDate
}

/** Opens an account; one that is there already stays as it is. */
export async function openAccount(trx: Transaction<DB>, account: NewBankAccount): Promise<void> {
  const iban = knownForm(account.iban)
  await trx
    .insertInto('simulation.bank_accounts')
    .values({ ...account, iban })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** From now on a payment to this account elsewhere is returned the next business day, as to a closed one. */
export async function returnPaymentsTo(trx: Transaction<DB>, iban: string, reason = 'AC04'): Promise<void> {
  await trx
    .insertInto('simulation.bank_closed_accounts')
    .values({ iban: knownForm(iban), reason })
    .onConflict(conflict => conflict.column('iban').doUpdateSet({ reason }))
    .execute()
}

/** What stands on the account at the end of that day, by what is booked until now. */
export async function bankBalanceOn(trx: Transaction<DB>, iban: string, day: LocalDate): Promise<bigint> {
  const { rows } = await sql<{ balance: bigint }>`
    select (a.opening + coalesce(sum(b.amount), 0))::bigint as balance
    from simulation.bank_accounts a
    left join simulation.bank_bookings b on b.iban = a.iban and b.booked_on <= ${day}::date
    where a.iban = ${iban}
    group by a.opening`.execute(trx)
  const [row] = rows
  if (!row) throw new Error('no such account at the simulated bank')
  return row.balance
}

/** The most that can leave on that day without putting the account below zero then or on any later day. */
export async function freeOn(trx: Transaction<DB>, iban: string, day: LocalDate): Promise<bigint> {
  const { rows } = await sql<{ lowest: bigint | null }>`
    select min(balance)::bigint as lowest
    from (
      select booked_on, a.opening + sum(sum(b.amount)) over (order by booked_on) as balance
      from simulation.bank_accounts a
      join simulation.bank_bookings b on b.iban = a.iban
      where a.iban = ${iban}
      group by a.opening, booked_on
    ) days
    where booked_on > ${day}::date`.execute(trx)
  const later = rows[0]?.lowest ?? null
  const then = await bankBalanceOn(trx, iban, day)
  return later !== null && later < then ? later : then
}

/**
 * One writer at a time for an account, until the end of the transaction: two files must not spend the same money,
 * and two statements must not show the same booking.
 */
export async function lockAccount(trx: Transaction<DB>, iban: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`simulation.bank_accounts/${iban}`}, 0))`.execute(
    trx,
  )
}

export async function accountAt(trx: Transaction<DB>, iban: string) {
  return trx.selectFrom('simulation.bank_accounts').selectAll().where('iban', '=', iban).executeTakeFirst()
}

function knownForm(text: string): string {
  const parsed = parseIban(text)
  if (!parsed.ok) throw new RangeError(`not an IBAN: ${parsed.reason}`)
  return parsed.iban
}
