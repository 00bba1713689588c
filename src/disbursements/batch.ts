/** Batches: reading them, their file, and handing the file to the bank. */
import type { Kysely, Transaction } from 'kysely'
import { type Actor, recordAct } from '../acts/index.ts'
import { readDocument } from '../archive/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { Currency } from '../money/index.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import type { CycleAction } from './cycle.ts'
import { refuseWhileFrozen } from './freeze.ts'

export interface Batch {
  readonly id: string
  readonly cycleId: string
  readonly messageId: string
  readonly executionDate: string
  readonly payouts: number
  readonly total: bigint
  readonly currency: Currency
  readonly madeBy: string
  readonly madeAt: Date
  readonly handedOverBy: string | null
  readonly handedOverAt: Date | null
}

const columns = [
  'id',
  'cycleId',
  'messageId',
  'executionDate',
  'payouts',
  'total',
  'currency',
  'madeBy',
  'madeAt',
  'handedOverBy',
  'handedOverAt',
] as const

export async function batchesOf(db: Kysely<DB>, organisationId: number, cycleId: string): Promise<Batch[]> {
  return db
    .selectFrom('disbursements.batches')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('cycleId', '=', cycleId)
    .orderBy('id')
    .execute()
}

async function lockBatch(trx: Transaction<DB>, organisationId: number, id: string) {
  const batch = await trx
    .selectFrom('disbursements.batches')
    .select([...columns, 'documentId'])
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!batch) throw new DomainError('not-found', { field: 'batchId' })
  return batch
}

/** The file itself. It holds names and accounts, so reading it is an act. */
export async function readPaymentFile(
  deps: Deps,
  actor: Actor & { kind: 'person' },
  { batchId, reason }: { readonly batchId: string; readonly reason: string },
): Promise<{ messageId: string; body: Buffer }> {
  const { organisationId, vault, clock } = deps
  return inTransaction(deps.db, async trx => {
    const batch = await lockBatch(trx, organisationId, batchId)
    await refuseWhileFrozen(trx, organisationId) // whoever has it could still hand it to the bank
    const body = await readDocument(trx, vault, { organisationId, id: batch.documentId })
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'payment-file.read',
      subject: { kind: 'batch', id: batchId },
      reason,
    })
    return { messageId: batch.messageId, body }
  })
}

/**
 * Records that the file went to the bank, once; where a bank rail is configured it is handed over by this.
 * The simulated bank lives in the same database, so both happen or neither. A real rail would have to look up a
 * message id first: an answer that was lost is *unknown*, and is never sent again blindly.
 */
export async function handOver(
  deps: Deps,
  actor: Actor & { kind: 'person' },
  { batchId, idempotencyKey, reason }: Omit<CycleAction, 'cycleId'> & { readonly batchId: string },
): Promise<Batch> {
  const { organisationId, vault, clock, bankRail } = deps
  return inTransaction(deps.db, async trx => {
    const { documentId, ...batch } = await lockBatch(trx, organisationId, batchId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'hand-over',
      key: idempotencyKey,
      request: { batchId, actorId: actor.id },
      resourceId: batchId,
    })
    if (!claim.first) return batch
    if (batch.handedOverAt) throw new DomainError('already-handed-over')
    await refuseWhileFrozen(trx, organisationId)
    const now = clock.now()
    if (bankRail) {
      const file = await readDocument(trx, vault, { organisationId, id: documentId })
      await bankRail.handOver(trx, file.toString('utf8'), now)
    }
    const handedOver = { handedOverBy: actor.id, handedOverAt: now }
    await trx
      .updateTable('disbursements.batches')
      .set(handedOver)
      .where('organisationId', '=', organisationId)
      .where('id', '=', batchId)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'payment-file.hand-over',
      subject: { kind: 'batch', id: batchId },
      reason,
      detail: { rail: bankRail ? 'simulated' : 'file' },
    })
    return { ...batch, ...handedOver }
  })
}

export async function cycleOfBatch(db: Kysely<DB>, organisationId: number, batchId: string): Promise<string> {
  const row = await db
    .selectFrom('disbursements.batches')
    .select('cycleId')
    .where('organisationId', '=', organisationId)
    .where('id', '=', batchId)
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'batchId' })
  return row.cycleId
}
