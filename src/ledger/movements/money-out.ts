/**
 * Every way money goes to recipients. Reserved → payable → sent → settled; each step back is a movement too.
 * Paid to recipients = settled − returned. *Sent* is never *paid*.
 */
import {
  bank,
  batchClearing,
  enrolmentReserved,
  fundAvailable,
  payoutSent,
  recipientPayable,
} from '../chart.ts'
import { credit, debit, decision, fact, type Movement, type Occasion } from './movement.ts'

interface OfEnrolment extends Occasion {
  readonly poolId: string
  readonly enrolmentId: string
  readonly amount: bigint
}

/** A recipient is enrolled: 12 × € 1,000 is set aside. fund-available ⟷ enrolment-reserved. */
export function incomeReserved(m: OfEnrolment): Movement {
  return decision('income-reserved', m.enrolmentId, m, [
    debit(fundAvailable(m.poolId), m.amount),
    credit(enrolmentReserved(m.enrolmentId, m.poolId), m.amount),
  ])
}

/** An enrolment ends early: what was not paid is free again. enrolment-reserved ⟷ fund-available. */
export function incomeReleased(m: OfEnrolment): Movement {
  return decision('income-released', `${m.enrolmentId}:end`, m, [
    debit(enrolmentReserved(m.enrolmentId, m.poolId), m.amount),
    credit(fundAvailable(m.poolId), m.amount),
  ])
}

/** The cycle is approved: this month's € 1,000 is owed. enrolment-reserved ⟷ recipient-payable. */
export function incomeAccrued(m: OfEnrolment & { payoutId: string }): Movement {
  return decision('income-accrued', m.payoutId, m, [
    debit(enrolmentReserved(m.enrolmentId, m.poolId), m.amount),
    credit(recipientPayable(m.enrolmentId, m.poolId), m.amount),
  ])
}

/** Voided before it was instructed: recipient-payable ⟷ enrolment-reserved. */
export function payoutVoided(m: OfEnrolment & { payoutId: string }): Movement {
  return decision('payout-voided', `${m.payoutId}:void`, m, [
    debit(recipientPayable(m.enrolmentId, m.poolId), m.amount),
    credit(enrolmentReserved(m.enrolmentId, m.poolId), m.amount),
  ])
}

/** It is in a payment file. recipient-payable ⟷ payout-sent. */
export function payoutInstructed(m: OfEnrolment & { attemptId: string }): Movement {
  return decision('payout-instructed', m.attemptId, m, [
    debit(recipientPayable(m.enrolmentId, m.poolId), m.amount),
    credit(payoutSent(m.enrolmentId, m.poolId), m.amount),
  ])
}

/** The bank refused it before it left: payout-sent ⟷ recipient-payable. */
export function payoutRejected(m: OfEnrolment & { attemptId: string }): Movement {
  return fact('payout-rejected', `${m.attemptId}:rejected`, m, [
    debit(payoutSent(m.enrolmentId, m.poolId), m.amount),
    credit(recipientPayable(m.enrolmentId, m.poolId), m.amount),
  ])
}

/** The bank booked the batch: one debit for all. batch-clearing ⟷ bank. */
export function batchDebited(
  m: Occasion & { bankEntry: string; bankAccountId: string; batchId: string; amount: bigint },
): Movement {
  return fact('batch-debited', m.bankEntry, m, [
    debit(batchClearing(m.batchId), m.amount),
    credit(bank(m.bankAccountId), m.amount),
  ])
}

/** One payment of that batch is thereby settled: the income is paid. payout-sent ⟷ batch-clearing. */
export function incomePaid(m: OfEnrolment & { attemptId: string; batchId: string }): Movement {
  return fact('income-paid', `${m.attemptId}:settled`, m, [
    debit(payoutSent(m.enrolmentId, m.poolId), m.amount),
    credit(batchClearing(m.batchId), m.amount),
  ])
}

/** Refused after the whole batch was debited: credited back. bank ⟷ batch-clearing. */
export function batchCreditedBack(
  m: Occasion & { bankEntry: string; bankAccountId: string; batchId: string; amount: bigint },
): Movement {
  return fact('batch-credited-back', m.bankEntry, m, [
    debit(bank(m.bankAccountId), m.amount),
    credit(batchClearing(m.batchId), m.amount),
  ])
}

/** A paid income came back, days or weeks later: owed again. bank ⟷ recipient-payable. */
export function incomeReturned(m: OfEnrolment & { bankEntry: string; bankAccountId: string }): Movement {
  return fact('income-returned', m.bankEntry, m, [
    debit(bank(m.bankAccountId), m.amount),
    credit(recipientPayable(m.enrolmentId, m.poolId), m.amount),
  ])
}

/** What is owed can never be paid any more: recipient-payable ⟷ fund-available. */
export function payableGivenUp(m: OfEnrolment & { payoutId: string }): Movement {
  return decision('payable-given-up', `${m.payoutId}:cancelled`, m, [
    debit(recipientPayable(m.enrolmentId, m.poolId), m.amount),
    credit(fundAvailable(m.poolId), m.amount),
  ])
}
