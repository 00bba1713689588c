/**
 * Takes a payment file the way a bank does: reads it strictly, recognises one that it had before, books one debit for
 * the whole batch, and sends back what an account elsewhere does not take.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { type CreditTransferBatch, readPain001 } from '../../disbursements/rails/sepa/index.ts'
import { addBusinessDays, type LocalDate, localDate, nextBusinessDay } from '../../platform/calendar/index.ts'
import { accountAt, freeOn, lockAccount } from './accounts.ts'

export type BankRejection = 'INVALID_FILE' | 'UNKNOWN_ACCOUNT' | 'DUPLICATE' | 'INSUFFICIENT_FUNDS'

export type PaymentFileAnswer =
  | {
      readonly ok: true
      readonly messageId: string
      readonly bookedOn: LocalDate
      /** Of the batch debit. */
      readonly reference: string
      /** How many of its transfers will come back. */
      readonly returns: number
    }
  | { readonly ok: false; readonly reason: BankRejection; readonly detail: string }

/**
 * Books on the requested day, today when that has passed, and the first business day after it when banks are closed.
 * A refused file leaves nothing behind. A file that was lost on the way and is offered again is a DUPLICATE when the
 * bank had it: the caller may then take it as accepted.
 */
export async function submitPaymentFile(
  trx: Transaction<DB>,
  { file, now }: { readonly file: string; readonly now: Date },
): Promise<PaymentFileAnswer> {
  const read = readPain001(file)
  if (!read.ok) return refuse('INVALID_FILE', `${read.reason}: ${read.detail}`)
  const { batch } = read
  const { iban } = batch.debtor
  await lockAccount(trx, iban)
  if (!(await accountAt(trx, iban))) return refuse('UNKNOWN_ACCOUNT', 'the debtor has no account here')
  if (await isKnown(trx, batch)) return refuse('DUPLICATE', `message ${batch.messageId} was received before`)

  const today = localDate(now)
  const { requestedExecutionDate } = batch
  const bookedOn = nextBusinessDay(requestedExecutionDate > today ? requestedExecutionDate : today)
  const total = batch.transfers.reduce((sum, { amount }) => sum + amount, 0n)
  const free = await freeOn(trx, iban, bookedOn)
  if (free < total) return refuse('INSUFFICIENT_FUNDS', `${total - free} cents are missing on ${bookedOn}`)

  await keepFile(trx, batch, bookedOn, now)
  const reference = await bookDebit(trx, batch, { bookedOn, total, now })
  const returns = await bookReturns(trx, batch, addBusinessDays(bookedOn, 1), now)
  return { ok: true, messageId: batch.messageId, bookedOn, reference, returns }
}

const refuse = (reason: BankRejection, detail: string): PaymentFileAnswer => ({ ok: false, reason, detail })

async function isKnown(trx: Transaction<DB>, { messageId, debtor }: CreditTransferBatch): Promise<boolean> {
  const earlier = await trx
    .selectFrom('simulation.bank_payment_files')
    .select('messageId')
    .where('iban', '=', debtor.iban)
    .where('messageId', '=', messageId)
    .executeTakeFirst()
  return earlier !== undefined
}

/** Far below the 65 535 parameters that Postgres takes in one statement. */
const ROWS_AT_ONCE = 1000

async function keepFile(trx: Transaction<DB>, batch: CreditTransferBatch, bookedOn: LocalDate, now: Date) {
  const { messageId, paymentInformationId, transfers } = batch
  const { iban } = batch.debtor
  await trx
    .insertInto('simulation.bank_payment_files')
    .values({
      iban,
      messageId,
      paymentInformationId,
      requestedOn: batch.requestedExecutionDate,
      bookedOn,
      receivedAt: now,
    })
    .execute()
  const rows = transfers.map(({ endToEndId, amount, creditor, remittance }, index) => ({
    iban,
    messageId,
    position: index + 1,
    endToEndId,
    amount,
    creditorName: creditor.name,
    creditorIban: creditor.iban,
    remittance,
  }))
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await trx
      .insertInto('simulation.bank_transfers')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute()
  }
}

async function bookDebit(
  trx: Transaction<DB>,
  batch: CreditTransferBatch,
  { bookedOn, total, now }: { bookedOn: LocalDate; total: bigint; now: Date },
): Promise<string> {
  const { reference } = await trx
    .insertInto('simulation.bank_bookings')
    .values({
      iban: batch.debtor.iban,
      bookedOn,
      amount: -total,
      kind: 'batch-debit',
      endToEndId: null,
      messageId: batch.messageId,
      paymentInformationId: batch.paymentInformationId,
      counterpartyName: null,
      counterpartyIban: null,
      remittance: '',
      returnReason: null,
      recordedAt: now,
    })
    .returning('reference')
    .executeTakeFirstOrThrow()
  return reference
}

async function bookReturns(
  trx: Transaction<DB>,
  batch: CreditTransferBatch,
  bookedOn: LocalDate,
  now: Date,
): Promise<number> {
  const closed = await trx.selectFrom('simulation.bank_closed_accounts').selectAll().execute()
  const reasons = new Map(closed.map(({ iban, reason }) => [iban, reason]))
  let count = 0
  for (const { endToEndId, amount, creditor, remittance } of batch.transfers) {
    const returnReason = reasons.get(creditor.iban)
    if (returnReason === undefined) continue
    await trx
      .insertInto('simulation.bank_bookings')
      .values({
        iban: batch.debtor.iban,
        bookedOn,
        amount,
        kind: 'return',
        endToEndId,
        messageId: null,
        paymentInformationId: null,
        counterpartyName: creditor.name,
        counterpartyIban: creditor.iban,
        remittance,
        returnReason,
        recordedAt: now,
      })
      .execute()
    count += 1
  }
  return count
}
