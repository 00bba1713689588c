/** The rows of the simulated provider, for kysely. JSON columns are text: see the migration. */
import type { Generated, Selectable } from 'kysely'

export type SessionStatus = 'open' | 'complete' | 'expired'
export type SimulatedMethod = 'ideal' | 'card' | 'sepa_debit' | 'bancontact'

export interface SimulatedStripeTables {
  'simulation.stripe_account': { id: number; advancedTo: Date | null }
  'simulation.idempotency_keys': { key: string; request: string; response: string; createdAt: Date }
  'simulation.checkout_sessions': {
    id: string
    status: SessionStatus
    paymentStatus: 'unpaid' | 'paid'
    paymentIntentId: string | null
    amount: bigint
    currency: string
    clientReferenceId: string | null
    locale: string | null
    submitType: string | null
    successUrl: string
    cancelUrl: string | null
    methods: string
    lineItems: string
    metadata: string
    intentMetadata: string
    createdAt: Date
    expiresAt: Date
    mode: Generated<'payment' | 'subscription'>
    subscriptionMetadata: Generated<string>
    subscriptionId: string | null
  }
  'simulation.charges': {
    id: string
    paymentIntentId: string
    checkoutSessionId: string
    status: 'pending' | 'succeeded' | 'failed'
    amount: bigint
    currency: string
    method: SimulatedMethod
    metadata: string
    balanceTransactionId: string | null
    failureBalanceTransactionId: string | null
    failureCode: string | null
    settlesAt: Date | null
    createdAt: Date
    invoiceId: string | null
    bounces: Generated<boolean>
    mandateId: string | null
    paymentMethodId: string | null
  }
  'simulation.balance_transactions': {
    id: string
    position: Generated<bigint>
    type: string
    reportingCategory: string
    amount: bigint
    fee: bigint
    currency: string
    status: 'pending' | 'available'
    sourceId: string
    description: string | null
    payoutId: string | null
    createdAt: Date
    availableOn: Date
  }
  'simulation.products': { id: string; name: string; createdAt: Date }
  'simulation.subscriptions': {
    id: string
    customerId: string
    checkoutSessionId: string
    status: 'active' | 'past_due' | 'canceled'
    paused: Generated<boolean>
    items: string
    metadata: string
    method: 'card' | 'sepa_debit'
    paymentMethodId: string
    mandateId: string | null
    anchor: Date
    periodStart: Date
    periodEnd: Date
    canceledAt: Date | null
    createdAt: Date
  }
  'simulation.invoices': {
    id: string
    position: Generated<bigint>
    subscriptionId: string
    paymentId: string
    paymentIntentId: string
    status: 'open' | 'paid' | 'void' | 'uncollectible'
    billingReason: 'subscription_create' | 'subscription_cycle'
    amount: bigint
    lines: string
    metadata: string
    attempts: Generated<number>
    nextAttemptAt: Date | null
    periodStart: Date
    periodEnd: Date
    paidAt: Date | null
    createdAt: Date
  }
  'simulation.mandates': { id: string; reference: string; paymentMethodId: string; createdAt: Date }
  'simulation.portal_sessions': {
    id: string
    customerId: string
    returnUrl: string
    locale: string | null
    createdAt: Date
  }
  'simulation.refunds': {
    id: string
    chargeId: string
    amount: bigint
    currency: string
    status: 'succeeded' | 'failed'
    metadata: string
    reason: string | null
    balanceTransactionId: string
    failureBalanceTransactionId: string | null
    failsAt: Date | null
    createdAt: Date
  }
  'simulation.disputes': {
    id: string
    chargeId: string
    amount: bigint
    currency: string
    status: 'needs_response' | 'won' | 'lost'
    ends: 'won' | 'lost'
    endsAt: Date | null
    createdAt: Date
  }
  'simulation.disputes_to_come': {
    chargeId: string
    amount: bigint
    ends: 'won' | 'lost'
    opensAt: Date
  }
  'simulation.payouts': {
    id: string
    amount: bigint
    currency: string
    status: 'in_transit' | 'paid' | 'failed'
    balanceTransactionId: string
    failureBalanceTransactionId: string | null
    reference: string
    arrivesAt: Date
    createdAt: Date
  }
  'simulation.events': {
    id: string
    position: Generated<bigint>
    type: string
    body: string
    attempts: Generated<number>
    nextAttemptAt: Date | null
    deliveredAt: Date | null
    createdAt: Date
  }
  'simulation.event_deliveries': {
    id: Generated<bigint>
    eventId: string
    statusCode: number | null
    attemptedAt: Date
  }
}

export type SubscriptionRow = Selectable<SimulatedStripeTables['simulation.subscriptions']>
export type InvoiceRow = Selectable<SimulatedStripeTables['simulation.invoices']>
export type MandateRow = Selectable<SimulatedStripeTables['simulation.mandates']>
export type PortalSessionRow = Selectable<SimulatedStripeTables['simulation.portal_sessions']>

export type SessionRow = Selectable<SimulatedStripeTables['simulation.checkout_sessions']>
export type ChargeRow = Selectable<SimulatedStripeTables['simulation.charges']>
export type TransactionRow = Selectable<SimulatedStripeTables['simulation.balance_transactions']>
export type PayoutRow = Selectable<SimulatedStripeTables['simulation.payouts']>
export type RefundRow = Selectable<SimulatedStripeTables['simulation.refunds']>
export type DisputeRow = Selectable<SimulatedStripeTables['simulation.disputes']>
