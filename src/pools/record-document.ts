/** Records that a pool has a document that it must have: its tax position, ANBI status, agreement with the municipality. */
import { type Actor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { isLocalDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { poolBySlug } from './pool.ts'
import { legalSubjects } from './tables.ts'

export interface DocumentInput {
  /** Slug of the pool. */
  readonly pool: string
  readonly subject: string
  /** Where the document is found: a title and a place, not its text. */
  readonly document: string
  readonly 'dated-on': string
}

/** The same document of the same day again changes nothing. */
export async function recordDocument(deps: Deps, actor: Actor, input: DocumentInput): Promise<void> {
  const subject = legalSubjects.find(each => each === input.subject)
  if (!subject)
    throw new DomainError('invalid-request', { field: 'subject', reason: legalSubjects.join(', ') })
  const datedOn = input['dated-on']
  if (!isLocalDate(datedOn))
    throw new DomainError('invalid-request', { field: 'dated-on', reason: 'YYYY-MM-DD' })
  if (input.document.length < 3) throw new DomainError('invalid-request', { field: 'document', reason: '3+' })
  const { db, organisationId, clock } = deps
  const pool = await poolBySlug(db, organisationId, input.pool)
  await inTransaction(db, async trx => {
    await trx
      .insertInto('pools.legalDocuments')
      .values({ organisationId, poolId: pool.id, subject, document: input.document, datedOn })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'pool.record-document',
      subject: { kind: 'pool', id: pool.id },
      detail: { subject, datedOn },
    })
  })
}
