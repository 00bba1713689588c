/**
 * The outside world of demonstration mode: a payment provider and a bank that speak the real protocols. Their
 * state is in the same database; nothing but the composition files and the demonstration's own pages knows them.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { BankRail, Deps } from '../deps.ts'
import {
  announceDebits,
  askMonthlyChanges,
  askRefunds,
  latestBalances,
  makeAvailable,
  postTransactions,
  readBalance,
  readMonthlyGifts,
  settleDisputes,
} from '../donations/index.ts'
import { bankAccounts, currentBankAccount } from '../organisations/index.ts'
import { addDays, isBusinessDay, localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { importStatementWithin } from '../reconciliation/index.ts'
import { DomainError } from '../refusals.ts'
import { credit, openAccount, statementFor, submitPaymentFile } from './bank/index.ts'
import { advance, deliverEvents } from './stripe/index.ts'

/** The simulated bank as the rail that takes payment files. */
export const simulatedBankRail: BankRail = {
  async handOver(trx: Transaction<DB>, file: string, now: Date): Promise<void> {
    const answer = await submitPaymentFile(trx, { file, now })
    if (!answer.ok) throw new DomainError('bank-refused', { reason: `${answer.reason}: ${answer.detail}` })
  },
}

export interface World {
  readonly payments: boolean
  readonly bank: boolean
  readonly webhookSecret: string
  /** Delivers an event to the service's own door, over the same route that the real provider uses. */
  readonly deliver: (rawBody: string, signature: string) => Promise<number>
}

/**
 * Lets everything happen that is due by the installation's clock: gifts become available, the provider pays out to
 * the bank, events are delivered and posted, and the bank gives yesterday's statement, which is imported.
 */
export async function liveOn(deps: Deps, world: World): Promise<void> {
  const now = deps.clock.now()
  if (world.bank) await openAccounts(deps)
  if (world.payments) {
    await advance(deps.db, now, { onPayout: world.bank ? payIntoBank(deps) : async () => {} })
    await deliverEvents(deps.db, { now, webhookSecret: world.webhookSecret, deliver: world.deliver })
    await askRefunds(deps)
    await postTransactions(deps)
    await makeAvailable(deps)
    await settleDisputes(deps)
    await readMonthlyGifts(deps)
    await askMonthlyChanges(deps)
    await announceDebits(deps)
    await readBalanceDaily(deps)
  }
  if (world.bank) await importStatements(deps)
}

/** As the job would have, on each of the days that a moved clock skips. */
async function readBalanceDaily(deps: Deps): Promise<void> {
  const [last] = await latestBalances(deps.db, deps.organisationId)
  if (!last || localDate(last.readAt) < localDate(deps.clock.now())) await readBalance(deps)
}

/** The provider's payout arrives on the account that the organisation has now. */
function payIntoBank(deps: Deps) {
  return async (
    payout: { payoutId: string; amount: bigint; arrivesOn: string; reference: string },
    trx: Transaction<DB>,
  ): Promise<void> => {
    const account = await currentBankAccount(trx, deps.organisationId)
    if (!account) return
    await credit(trx, {
      iban: account.iban,
      amount: payout.amount,
      bookedOn: payout.arrivesOn,
      counterparty: { name: 'Simulated payments' },
      remittance: payout.reference,
      reference: payout.payoutId.slice(-35),
      now: deps.clock.now(),
    })
  }
}

/** Whoever moves to another account has opened it at the bank. */
async function openAccounts({ db, organisationId, clock }: Deps): Promise<void> {
  await inTransaction(db, async trx => {
    for (const { iban, holder } of await bankAccounts(trx, organisationId))
      await openAccount(trx, { iban, holder, opening: 0n, openedOn: localDate(clock.now()) })
  })
}

/** A statement for each account that has something booked, up to the last business day. */
async function importStatements(deps: Deps): Promise<void> {
  const { db, organisationId, clock } = deps
  const now = clock.now()
  let to = localDate(now)
  while (!isBusinessDay(to)) to = addDays(to, -1)
  for (const account of await bankAccounts(db, organisationId)) {
    const fresh = await db
      .selectFrom('simulation.bank_bookings as booking')
      .leftJoin('simulation.bank_statement_bookings as shown', 'shown.bookingId', 'booking.id')
      .select(({ fn }) => fn.min('booking.bookedOn').as('from'))
      .where('booking.iban', '=', account.iban)
      .where('booking.bookedOn', '<=', to)
      .where('shown.bookingId', 'is', null)
      .executeTakeFirst()
    const from = fresh?.from
    if (!from) continue
    // Given and imported in one transaction: this bank does not give the same statement twice.
    await unlessRefused(
      inTransaction(db, async trx => {
        const xml = await statementFor(trx, { iban: account.iban, from, to, now })
        await importStatementWithin(trx, deps, { kind: 'system' }, xml)
      }),
    )
  }
}

/** A statement that does not follow, because somebody imported one of another bank, must not stop the rest of the world. */
async function unlessRefused(work: Promise<void>): Promise<void> {
  await work.catch(error => {
    if (!(error instanceof DomainError)) throw error
  })
}
