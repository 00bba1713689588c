/** Cycles, payouts, batches and attempts. */
import type { Currency } from '../money/index.ts'
export interface DisbursementTables {
  'disbursements.freezes': {
    organisationId: number
    id: string
    frozenBy: string
    frozenAt: Date
    reason: string
    liftedAt: Date | null
    liftChangeId: string | null
  }
  'disbursements.cycles': {
    organisationId: number
    id: string
    poolId: string
    /** First of the month, 'YYYY-MM-01'. */
    month: string
    payday: string
    plannedAt: Date
    proposedBy: string | null
    proposedAt: Date | null
    approvedBy: string | null
    approvedAt: Date | null
  }
  'disbursements.payouts': {
    organisationId: number
    id: string
    cycleId: string
    enrolmentId: string
    month: string
    amount: bigint
    currency: Currency
  }
  'disbursements.batches': {
    organisationId: number
    id: string
    cycleId: string
    bankAccountId: string
    messageId: string
    executionDate: string
    payouts: number
    total: bigint
    currency: Currency
    documentId: string
    madeBy: string
    madeAt: Date
    handedOverBy: string | null
    handedOverAt: Date | null
  }
  'disbursements.retries': {
    organisationId: number
    attemptId: string
    approvedBy: string
    approvedAt: Date
  }
  'disbursements.attempts': {
    organisationId: number
    id: string
    payoutId: string
    batchId: string
    endToEndId: string
    outcome: 'settled' | 'rejected' | 'returned' | null
    reason: string | null
    outcomeAt: Date | null
    outcomeEntry: string | null
  }
}
