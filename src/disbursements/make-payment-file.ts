/**
 * Makes the payment file of an approved cycle: a batch of attempts, one for each payout that is owed and has no
 * attempt that could still pay it. The file, its attempts and their postings are written in one transaction, so a
 * crash leaves either all of it or nothing, and the same payout is never in two files.
 */
import type { Transaction } from 'kysely'
import { type Actor, recordAct } from '../acts/index.ts'
import { archiveDocument } from '../archive/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { enrolmentsOf } from '../enrolments/index.ts'
import { accounts, balanceOf, movements, post } from '../ledger/index.ts'
import { bankAccounts } from '../organisations/index.ts'
import { localDate, nextBusinessDay } from '../platform/calendar/index.ts'
import { inChunks } from '../platform/chunks.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Pool, poolById } from '../pools/index.ts'
import { payees } from '../recipients/index.ts'
import { DomainError } from '../refusals.ts'
import { blockedEnrolments } from './blocked-accounts.ts'
import { type Cycle, type CycleAction, lockCycle, type Payout, payouts } from './cycle.ts'
import { refuseWhileFrozen } from './freeze.ts'
import { submissionDeadline } from './payday.ts'
import { type CreditTransfer, writePain001 } from './rails/sepa/index.ts'

/** Answers the id of the new batch. */
export async function makePaymentFile(
  deps: Deps,
  actor: Actor & { kind: 'person' },
  { cycleId, idempotencyKey, reason }: CycleAction,
): Promise<string> {
  return inTransaction(deps.db, async trx => {
    const { organisationId, vault, clock } = deps
    const cycle = await lockCycle(trx, organisationId, cycleId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'make-payment-file',
      key: idempotencyKey,
      request: { cycleId, actorId: actor.id },
      resourceId: newId(),
    })
    if (!claim.first) return claim.resourceId
    if (!cycle.approvedAt) throw new DomainError('cycle-not-approved')
    await refuseWhileFrozen(trx, organisationId)
    const blocked = await blockedEnrolments(trx, organisationId, cycle.poolId)
    const payable = (await payouts(trx, organisationId, { cycleId })).filter(
      payout => isOwed(payout) && !blocked.has(payout.enrolmentId),
    )
    const owed = payable.filter(({ state, retryApproved }) => state === 'accrued' || retryApproved)
    if (owed.length === 0)
      throw new DomainError(payable.length > 0 ? 'retry-not-approved' : 'payment-file-exists')
    const pool = await poolById(trx, organisationId, cycle.poolId)
    const total = owed.reduce((sum, payout) => sum + payout.amount, 0n)
    await refuseWithoutCash(trx, organisationId, pool, total)

    const now = clock.now()
    const batchId = claim.resourceId
    const attempts = owed.map(payout => ({ id: newId(), payout }))
    const executionDate = executionDateOf(cycle, now)
    const file = await paymentFile(trx, deps, { batchId, cycle, pool, attempts, executionDate, now })
    const documentId = await archiveDocument(trx, vault, {
      organisationId,
      kind: 'payment-file',
      body: file,
      now,
    })
    await trx
      .insertInto('disbursements.batches')
      .values({
        organisationId,
        id: batchId,
        cycleId,
        bankAccountId: pool.bankAccountId,
        messageId: wireId(batchId),
        executionDate,
        payouts: attempts.length,
        total,
        currency: pool.currency,
        documentId,
        madeBy: actor.id,
        madeAt: now,
        handedOverBy: null,
        handedOverAt: null,
      })
      .execute()
    await insertAttempts(trx, organisationId, batchId, attempts)
    await post(
      trx,
      organisationId,
      attempts.map(({ id, payout }) =>
        movements.payoutInstructed({
          attemptId: id,
          enrolmentId: payout.enrolmentId,
          poolId: pool.id,
          amount: payout.amount,
          currency: payout.currency,
          at: now,
        }),
      ),
    )
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'payment-file.make',
      subject: { kind: 'batch', id: batchId },
      reason,
      detail: { cycleId, payouts: attempts.length, total: total.toString(), readPayees: attempts.length },
    })
    return batchId
  })
}

const isOwed = ({ state }: Payout) => state === 'accrued' || state === 'returned' || state === 'rejected'

interface Attempt {
  readonly id: string
  readonly payout: Payout
}

/** An id as it may stand in a bank file: 32 characters of the 35 allowed, and nothing personal in them. */
const wireId = (id: string) => id.replaceAll('-', '')

/** Debited the business day before payday, so that the money is there on payday at the latest; when late, at once. */
function executionDateOf(cycle: Cycle, now: Date): string {
  const today = nextBusinessDay(localDate(now))
  const deadline = submissionDeadline(cycle.payday)
  return deadline < today ? today : deadline
}

/** Money still at the provider does not pay a SEPA batch, nor does money that other batches are about to take. */
async function refuseWithoutCash(trx: Transaction<DB>, organisationId: number, pool: Pool, total: bigint) {
  // One at a time: two files at once must not count the same cash.
  await trx
    .selectFrom('organisations.bankAccounts')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', pool.bankAccountId)
    .forNoKeyUpdate()
    .execute()
  const cash = await balanceOf(trx, organisationId, accounts.bank(pool.bankAccountId), pool.currency)
  const open = await trx
    .selectFrom('disbursements.attempts as a')
    .innerJoin('disbursements.payouts as p', join =>
      join.onRef('p.organisationId', '=', 'a.organisationId').onRef('p.id', '=', 'a.payoutId'),
    )
    .innerJoin('disbursements.batches as b', join =>
      join.onRef('b.organisationId', '=', 'a.organisationId').onRef('b.id', '=', 'a.batchId'),
    )
    .select(({ fn }) => fn.sum<string | null>('p.amount').as('total'))
    .where('a.organisationId', '=', organisationId)
    .where('b.bankAccountId', '=', pool.bankAccountId)
    .where('a.outcome', 'is', null)
    .executeTakeFirst()
  const free = cash - BigInt(open?.total ?? 0)
  if (free < total)
    throw new DomainError('bank-balance-too-low', { missing: total - free, currency: pool.currency })
}

async function paymentFile(
  trx: Transaction<DB>,
  deps: Deps,
  input: { batchId: string; cycle: Cycle; pool: Pool; attempts: Attempt[]; executionDate: string; now: Date },
): Promise<string> {
  const { organisationId, vault } = deps
  const { batchId, cycle, pool, attempts, executionDate, now } = input
  const debtor = (await bankAccounts(trx, organisationId)).find(account => account.id === pool.bankAccountId)
  if (!debtor) throw new Error(`pool ${pool.id} has no bank account`)
  const enrolments = new Map((await enrolmentsOf(trx, organisationId, pool.id)).map(each => [each.id, each]))
  const paid = attempts
    .map(({ payout }) => enrolments.get(payout.enrolmentId)?.personId ?? '')
    .filter(Boolean)
  const people = await payees(trx, vault, organisationId, paid)
  const transfers = attempts.map(({ id, payout }): CreditTransfer => {
    const payee = people.get(enrolments.get(payout.enrolmentId)?.personId ?? '')
    if (!payee) throw new Error(`payout ${payout.id} has no payee`)
    return {
      endToEndId: wireId(id),
      amount: payout.amount,
      currency: 'EUR',
      creditor: payee,
      remittance: `Basisinkomen ${cycle.month} ${pool.name}`,
    }
  })
  return writePain001({
    messageId: wireId(batchId),
    createdAt: now,
    initiatingParty: debtor.holder,
    paymentInformationId: wireId(batchId),
    requestedExecutionDate: executionDate,
    debtor: { name: debtor.holder, iban: debtor.iban },
    batchBooking: true,
    transfers,
  })
}

async function insertAttempts(
  trx: Transaction<DB>,
  organisationId: number,
  batchId: string,
  attempts: Attempt[],
) {
  const rows = attempts.map(({ id, payout }) => ({
    organisationId,
    id,
    payoutId: payout.id,
    batchId,
    endToEndId: wireId(id),
    outcome: null,
    reason: null,
    outcomeAt: null,
    outcomeEntry: null,
  }))
  await inChunks(rows, some => trx.insertInto('disbursements.attempts').values(some).execute())
}
