/**
 * A webhook message before anybody believes it: signed by Stripe over these very bytes, fresh, from the mode
 * that our key belongs to, and in the API version whose shapes we know. Nothing is stored before this passes.
 */
import type Stripe from 'stripe'
import { type ProviderEvent, ProviderEventRefused } from '../provider.ts'
import { STRIPE_API_VERSION } from './version.ts'

/** Seconds that a signature stays good. Never 0: that switches the check off, and any old message could be replayed. */
const TOLERANCE_SECONDS = 300
/** The end of the year 9999. */
const LATEST_SECONDS = 253_402_300_800

export function verifyEvent(
  stripe: Stripe,
  expected: { webhookSecret: string; livemode: boolean },
  rawBody: Buffer | string,
  signatureHeader: string,
  now: Date,
): ProviderEvent {
  const event = signedEvent(stripe, expected.webhookSecret, rawBody, signatureHeader, now)
  if (event.livemode !== expected.livemode) {
    throw new ProviderEventRefused(
      'livemode',
      `event ${event.id} has livemode ${event.livemode}, our key has ${expected.livemode}`,
    )
  }
  if (event.api_version !== STRIPE_API_VERSION) {
    throw new ProviderEventRefused(
      'api-version',
      `event ${event.id} has API version ${event.api_version}; set the webhook endpoint to ${STRIPE_API_VERSION}`,
    )
  }
  const objectId = idOf(event.data.object)
  return {
    id: event.id,
    type: event.type,
    createdAt: new Date(event.created * 1000),
    livemode: event.livemode,
    apiVersion: event.api_version,
    ...(event.account === undefined ? {} : { accountId: event.account }),
    ...(objectId === undefined ? {} : { objectId }),
    data: event.data.object,
  }
}

function signedEvent(
  stripe: Stripe,
  secret: string,
  rawBody: Buffer | string,
  signatureHeader: string,
  now: Date,
): Stripe.Event {
  let event: unknown
  try {
    event = stripe.webhooks.constructEvent(
      rawBody,
      signatureHeader,
      secret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    )
  } catch (error) {
    // Only JSON is read after the signature was found good. Anything else that throws counts as a bad signature:
    // stripe-node also throws plain errors on some forged headers. Its messages may quote the body, ours do not.
    if (error instanceof SyntaxError) throw new ProviderEventRefused('unreadable', 'signed, but not JSON')
    throw new ProviderEventRefused('signature', 'signature missing, wrong or too old')
  }
  if (!isEvent(event)) throw new ProviderEventRefused('unreadable', 'signed, but not an event')
  return event
}

function isEvent(value: unknown): value is Stripe.Event {
  if (typeof value !== 'object' || value === null) return false
  const { id, object, type, created, livemode, data } = value as Record<string, unknown>
  return (
    object === 'event' &&
    isWord(id) &&
    isWord(type) &&
    Number.isInteger(created) &&
    Math.abs(Number(created)) < LATEST_SECONDS &&
    typeof livemode === 'boolean' &&
    typeof data === 'object' &&
    data !== null &&
    'object' in data &&
    typeof data.object === 'object' &&
    data.object !== null
  )
}

/** Something that a row can hold: an id or a name as Stripe writes them. */
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{3,255}$/.test(value)

function idOf(object: object): string | undefined {
  return 'id' in object && isWord(object.id) ? object.id : undefined
}
