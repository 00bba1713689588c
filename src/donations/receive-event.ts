/**
 * The door for the provider's events: verify the signature on the raw body, store once, answer. Nothing is acted
 * on here; an event only tells us to look at the provider's transactions. Events that come at the same time are stored
 * together, and each sender is answered when the transaction with its event has been committed.
 */
import { sql, type Transaction } from 'kysely'
import { archiveDocuments } from '../archive/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../platform/id.ts'
import { joined } from '../platform/joined.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { type ProviderEvent, ProviderEventRefused } from './provider.ts'

/** In one statement: some megabytes at most. */
const MOST = 500
/** A second of a busy evening. Whoever comes then is sent away, and comes again: the provider tries for three days. */
const MAY_WAIT = 10_000
const RETRY_SECONDS = 5

interface Arrived {
  readonly event: ProviderEvent
  readonly documentId: string
  readonly rawBody: Buffer
}

export interface InboxOptions {
  /** Something new was stored: whoever acts on it may begin. */
  readonly onNew?: () => Promise<void>
  readonly mayWait?: number
}

/**
 * Opens the door. What it answers takes one event and says whether it is new. Throws `forged-event`, of which the reason is
 * not told to the sender, and `temporarily-unavailable` while too many wait.
 */
export function openInbox(deps: Deps, { onNew, mayWait = MAY_WAIT }: InboxOptions = {}) {
  const { provider } = deps
  const store = joined<Arrived, boolean>(
    async arrived => {
      const answers = await storeApart(deps, arrived)
      if (answers.includes(true)) await onNew?.()
      return answers
    },
    {
      most: MOST,
      mayWait,
      refusal: () => new DomainError('temporarily-unavailable', { retryAfter: RETRY_SECONDS }),
    },
  )
  return async (rawBody: Buffer, signature: string): Promise<{ isNew: boolean }> => {
    let event: ProviderEvent
    try {
      event = provider.verifyEvent(rawBody, signature, deps.clock.now())
    } catch (error) {
      if (error instanceof ProviderEventRefused) throw new DomainError('forged-event')
      throw error
    }
    return { isNew: await store({ event, documentId: newId(), rawBody }) }
  }
}

/** One that the database cannot take is refused alone: halved until it stands by itself. What fails otherwise fails all. */
async function storeApart(deps: Deps, arrived: readonly Arrived[]): Promise<(boolean | Error)[]> {
  try {
    const fresh = await inTransaction(deps.db, trx => storeTogether(trx, deps, arrived))
    return arrived.map(({ documentId }) => fresh.has(documentId))
  } catch (error) {
    if (!/^(22|23)/.test((error as { code?: string }).code ?? '')) throw error
    if (arrived.length === 1) return [error as Error]
    const middle = arrived.length >> 1
    const first = await storeApart(deps, arrived.slice(0, middle))
    return [...first, ...(await storeApart(deps, arrived.slice(middle)))]
  }
}

/**
 * Answers the documents of those that were new. Of two deliveries at once the second waits for the first, here or at another
 * instance, and changes nothing; in one order, so that no two wait for each other.
 */
async function storeTogether(
  trx: Transaction<DB>,
  { vault, organisationId, clock }: Deps,
  arrived: readonly Arrived[],
): Promise<Set<string>> {
  const { rows } = await sql<{ documentId: string }>`
    insert into donations.inbox (organisation_id, event_id, type, happened_at, document_id, object_id)
    select ${organisationId}, e.* from unnest(
        ${arrived.map(({ event }) => event.id)}::text[], ${arrived.map(({ event }) => event.type)}::text[],
        ${arrived.map(({ event }) => event.createdAt.toISOString())}::timestamptz[],
        ${arrived.map(({ documentId }) => documentId)}::uuid[],
        ${arrived.map(({ event }) => event.objectId ?? null)}::text[]) e(event_id, type, happened_at, document_id, object_id)
     order by e.event_id
    on conflict do nothing returning document_id`.execute(trx)
  const fresh = new Set(rows.map(row => row.documentId))
  const documents = arrived.flatMap(({ documentId: id, rawBody: body }) =>
    fresh.has(id) ? [{ id, body }] : [],
  )
  await archiveDocuments(trx, vault, { organisationId, kind: 'provider-event', now: clock.now() }, documents)
  return fresh
}
