/**
 * The door for the provider's events: verify the signature on the raw body, store once, answer. Nothing is acted
 * on here; an event only tells us to look at the provider's transactions.
 */
import { sql } from 'kysely'
import { archiveDocument } from '../archive/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { ProviderEventRefused } from './provider.ts'

/** Answers whether the event is new. Throws `forged-event`; the reason is not told to the sender. */
export async function receiveEvent(
  deps: Deps,
  rawBody: Buffer,
  signature: string,
): Promise<{ isNew: boolean }> {
  const { db, provider, vault, organisationId } = deps
  let event: ReturnType<typeof provider.verifyEvent>
  try {
    event = provider.verifyEvent(rawBody, signature, deps.clock.now())
  } catch (error) {
    if (error instanceof ProviderEventRefused) throw new DomainError('forged-event')
    throw error
  }
  return inTransaction(db, async trx => {
    const known = await trx
      .selectFrom('donations.inbox')
      .select(sql<number>`1`.as('one'))
      .where('organisationId', '=', organisationId)
      .where('eventId', '=', event.id)
      .executeTakeFirst()
    if (known) return { isNew: false }
    const documentId = await archiveDocument(trx, vault, {
      organisationId,
      kind: 'provider-event',
      body: rawBody,
      now: deps.clock.now(),
    })
    // Two deliveries at once: the second waits here and changes nothing; its document goes with the rollback.
    await trx
      .insertInto('donations.inbox')
      .values({
        organisationId,
        eventId: event.id,
        type: event.type,
        happenedAt: event.createdAt,
        documentId,
        processedAt: null,
      })
      .execute()
    return { isNew: true }
  }).catch(error => {
    if ((error as { code?: string }).code === '23505') return { isNew: false }
    throw error
  })
}
