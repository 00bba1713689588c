/** Donations, what the provider moved for them, and the inbox of what it told us. */
import type { Generated } from 'kysely'
import type { Currency } from '../money/index.ts'
import type { MonthlyTables } from './monthly/tables.ts'

export type EventOutcome = 'transaction-read' | 'no-transaction' | 'moves-nothing' | 'type-unknown'

export interface DonationTables extends MonthlyTables {
  'donations.donations': {
    organisationId: number
    id: string
    poolId: string
    amount: bigint
    costsShare: bigint
    currency: Currency
    receiptTokenSha256: Buffer
    locale: 'nl' | 'en'
    provider: 'stripe' | 'simulated' | 'bank-transfer'
    poolName: string
    /** Of the pool's terms when it was given; the database fills it in. */
    feeBearer: Generated<'pool' | 'costs'>
    returnBase: string
    providerCheckoutId: string | null
    checkoutUrl: string | null
    checkoutExpiresAt: Date | null
    createdAt: Date
    /** Of an instalment: all three, or none. */
    monthlyGiftId: string | null
    providerChargeId: string | null
    providerInvoiceId: string | null
  }
  'donations.providerTransactions': {
    organisationId: number
    id: string
    kind: string
    donationId: string | null
    poolId: string | null
    method: string | null
    amount: bigint
    fee: bigint
    net: bigint
    currency: string // the provider's word: one that we do not know is parked
    reference: string | null
    createdAt: Date
    availableOn: Date
    madeAvailableAt: Date | null
    parked: string | null
    /** What is behind it there: a charge, a refund, a dispute, a payout. */
    sourceId: string | null
    /** Ours that it pays. */
    refundId: string | null
    /** The provider's. */
    disputeId: string | null
  }
  'donations.refunds': {
    organisationId: number
    id: string
    donationId: string
    poolId: string
    amount: bigint
    currency: Currency
    decidedBy: string
    decidedAt: Date
    approvedBy: string | null
    approvedAt: Date | null
    askedAt: Date | null
    providerRefundId: string | null
    refused: string | null
    withdrawnBy: string | null
    withdrawnAt: Date | null
  }
  'donations.disputes': {
    organisationId: number
    id: string
    donationId: string
    lost: Generated<bigint>
    lookedAt: Date | null
  }
  'donations.balanceReadings': {
    organisationId: number
    id: string
    readAt: Date
    currency: string
    providerPending: bigint
    providerAvailable: bigint
    ledgerPending: bigint
    ledgerAvailable: bigint
  }
  'donations.inbox': {
    organisationId: number
    eventId: string
    type: string
    happenedAt: Date
    /** Perhaps gone: an event's document is kept for a while, its row for good. */
    documentId: string
    /** The provider's id of what it tells of. */
    objectId: string | null
    receivedAt: Generated<Date>
    processedAt: Date | null
    /** What became of it, once processed. */
    outcome: EventOutcome | null
  }
  'donations.providerReadings': { organisationId: number; readUntil: Date; wholeAt: Date | null }
  /** The reference of a gift by bank transfer. */
  'donations.transferReferences': {
    organisationId: number
    reference: string
    donationId: string
    bankAccountId: string
    openUntil: string
  }
  /** What arrived for one, by the bank's entry; below zero what was taken back. */
  'donations.transfers': {
    organisationId: number
    bankAccountId: string
    entryReference: string
    donationId: string
    gift: bigint
    costsShare: bigint
    ledgerKey: string
    receivedAt: Date
  }
}
