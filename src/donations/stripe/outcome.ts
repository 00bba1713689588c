/**
 * Every call to Stripe ends in one of three ways: an answer, a refusal, or nobody knows. This is where
 * stripe-node's errors become the contract's two, and where doubt always falls on the side of "unknown".
 */
import { setTimeout } from 'node:timers/promises'
import Stripe from 'stripe'
import { ProviderRejected, ProviderUnknown, type RejectionReason } from '../provider.ts'

export async function outcomeOf<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw toOutcome(error)
  }
}

const FIRST_WAIT_MS = 20
const LONGEST_WAIT_MS = 1_000
const PATIENCE_MS = 60_000

/** A question, not a change: so many are answered a second, and who asks too fast waits a moment and asks again. */
export async function readingOf<T>(call: () => Promise<T>): Promise<T> {
  const patientUntil = Date.now() + PATIENCE_MS
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await outcomeOf(call)
    } catch (error) {
      const isTooFast = error instanceof ProviderRejected && error.reason === 'rate-limited'
      if (!isTooFast || Date.now() > patientUntil) throw error
    }
    await setTimeout(waitMs * (0.5 + Math.random() / 2)) // not all instances at the same moment
  }
}

function toOutcome(error: unknown): unknown {
  // Not Stripe's: a mistake of ours, which must not pass for a provider's answer.
  if (!(error instanceof Stripe.errors.StripeError)) return error
  const detail = {
    message: error.message,
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
  }
  const reason = rejectionReason(error)
  if (reason === null) return new ProviderUnknown({ ...detail, cause: error })
  return new ProviderRejected(reason, {
    ...detail,
    ...(error.code === undefined ? {} : { providerCode: error.code }),
  })
}

/** null: time-out, broken connection, 5xx, an unreadable answer, or 409 (the same key is being worked on right now). */
function rejectionReason(error: InstanceType<typeof Stripe.errors.StripeError>): RejectionReason | null {
  const { errors } = Stripe
  if (error instanceof errors.StripeIdempotencyError) return 'idempotency-conflict'
  if (error instanceof errors.StripeRateLimitError) return 'rate-limited'
  if (error instanceof errors.StripeAuthenticationError) return 'credentials'
  if (error instanceof errors.StripePermissionError) return 'credentials'
  if (error instanceof errors.StripeCardError) return 'declined'
  if (error instanceof errors.StripeInvalidRequestError) {
    return error.statusCode === 404 ? 'not-found' : 'invalid-request'
  }
  return null
}
