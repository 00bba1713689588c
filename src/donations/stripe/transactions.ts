/**
 * Stripe's balance transactions in the contract's words. Pure. They are read as a list with the source
 * expanded, 100 a request: about 25 reads a second are allowed, so one request an event would never catch up.
 */
import type Stripe from 'stripe'
import type {
  CheckoutMetadata,
  PaymentMethod,
  ProviderTransaction,
  ProviderTransactionKind,
} from '../provider.ts'

export function listParameters(input: {
  createdFrom: Date
  createdTo?: Date
  cursor?: string
}): Stripe.BalanceTransactionListParams {
  const created = { gte: Math.floor(input.createdFrom.getTime() / 1000) }
  return {
    limit: 100,
    expand: ['data.source'],
    created:
      input.createdTo === undefined
        ? created
        : { ...created, lte: Math.floor(input.createdTo.getTime() / 1000) },
    ...(input.cursor === undefined ? {} : { starting_after: input.cursor }),
  }
}

export function toProviderTransaction(transaction: Stripe.BalanceTransaction): ProviderTransaction {
  return {
    id: transaction.id,
    kind: kindOf(transaction),
    amount: BigInt(transaction.amount),
    fee: BigInt(transaction.fee),
    net: BigInt(transaction.net),
    currency: transaction.currency.toUpperCase(),
    // Anything that is not plainly available counts as not yet ours.
    status: transaction.status === 'available' ? 'available' : 'pending',
    createdAt: new Date(transaction.created * 1000),
    availableOn: new Date(transaction.available_on * 1000),
    ...sourceIdOf(transaction.source),
    ...sourceOf(transaction.source),
  }
}

/** By reporting_category: `type` calls disputes, failed refunds and corrections all "adjustment". */
const KINDS: Readonly<Record<string, ProviderTransactionKind>> = {
  charge: 'gift',
  charge_failure: 'gift-failed',
  refund: 'refund',
  refund_failure: 'refund-failed',
  dispute: 'dispute',
  dispute_reversal: 'dispute-won',
  fee: 'provider-fee',
  network_cost: 'provider-fee',
  payout: 'provider-payout',
  payout_reversal: 'provider-payout-failed',
}

function kindOf(transaction: Stripe.BalanceTransaction): ProviderTransactionKind {
  // Other balances (issuing, reserves) are not the one that the ledger follows.
  if (transaction.balance_type !== 'payments') return 'other'
  return Object.hasOwn(KINDS, transaction.reporting_category)
    ? (KINDS[transaction.reporting_category] ?? 'other')
    : 'other'
}

function sourceIdOf(source: Stripe.BalanceTransaction['source']): Pick<ProviderTransaction, 'sourceId'> {
  const sourceId = typeof source === 'string' ? source : source?.id
  return sourceId ? { sourceId } : {}
}

function sourceOf(source: Stripe.BalanceTransaction['source']): Partial<ProviderTransaction> {
  if (source === null) return {}
  if (typeof source === 'string') return bareSource(source)
  switch (source.object) {
    case 'charge':
      return chargeSource(source)
    case 'payout':
      return {
        payoutId: source.id,
        ...(source.trace_id?.value ? { payoutReference: source.trace_id.value } : {}),
      }
    case 'refund':
      return { ...chargeOf(source), ...metadataOf(source.metadata) }
    case 'dispute':
      return { ...chargeOf(source), disputeId: source.id, ...metadataOf(source.metadata) }
    default:
      return {}
  }
}

/** Not expanded: the id's prefix still tells a charge and a payout apart. */
function bareSource(id: string): Partial<ProviderTransaction> {
  if (id.startsWith('ch_') || id.startsWith('py_')) return { chargeId: id }
  return id.startsWith('po_') ? { payoutId: id } : {}
}

function chargeOf({ charge }: { charge: string | Stripe.Charge | null }): Partial<ProviderTransaction> {
  const chargeId = typeof charge === 'string' ? charge : charge?.id
  return chargeId === undefined ? {} : { chargeId }
}

function metadataOf(metadata: Stripe.Metadata | null): Pick<ProviderTransaction, 'checkoutMetadata'> {
  const known = knownMetadata(metadata ?? {})
  return Object.keys(known).length > 0 ? { checkoutMetadata: known } : {}
}

function knownMetadata({ donationId, organisationId, poolId, refundId }: Stripe.Metadata): CheckoutMetadata {
  return {
    ...(donationId ? { donationId } : {}),
    ...(organisationId ? { organisationId } : {}),
    ...(poolId ? { poolId } : {}),
    ...(refundId ? { refundId } : {}),
  }
}

/** What a charge says of its donation: its own words, else those of its payment intent. */
export function chargeMetadata(charge: Stripe.Charge): CheckoutMetadata {
  const intent = charge.payment_intent
  return knownMetadata({
    ...(intent !== null && typeof intent === 'object' ? intent.metadata : {}),
    ...charge.metadata,
  })
}

function chargeSource(charge: Stripe.Charge): Partial<ProviderTransaction> {
  const status = chargeStatusOf(charge.status)
  return {
    chargeId: charge.id,
    ...(status === undefined ? {} : { chargeStatus: status }),
    ...paymentOf(charge),
    ...metadataOf(chargeMetadata(charge) as Stripe.Metadata),
    ...(charge.payment_method_details ? { method: methodOf(charge.payment_method_details.type) } : {}),
  }
}

/** Of which payment it is an attempt, and the mandate that it used or made. */
function paymentOf({
  payment_intent: payment,
  payment_method_details: details,
  payment_method: method,
}: Stripe.Charge): Partial<ProviderTransaction> {
  const paymentId = typeof payment === 'string' ? payment : payment?.id
  const bank = details?.ideal ?? details?.bancontact
  const mandateId = idOf(details?.sepa_debit?.mandate ?? bank?.generated_sepa_debit_mandate)
  const methodId = idOf(bank?.generated_sepa_debit) ?? method
  return {
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(mandateId && methodId ? { mandate: { id: mandateId, methodId } } : {}),
  }
}

const idOf = (it: string | { id: string } | null | undefined): string | undefined =>
  typeof it === 'string' ? it : it?.id

/** Stripe may add a status; one that we do not know is left out, and so never taken for success. */
function chargeStatusOf(status: string): ProviderTransaction['chargeStatus'] {
  return status === 'pending' || status === 'succeeded' || status === 'failed' ? status : undefined
}

export function methodOf(type: string): PaymentMethod {
  return type === 'card' || type === 'ideal' || type === 'sepa_debit' || type === 'bancontact'
    ? type
    : 'other'
}
