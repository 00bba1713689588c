/**
 * A payment freeze: any approver pulls it at once when something looks wrong, and two lift it. While it lasts no cycle is
 * approved, no payment file made, none handed to the bank: the database refuses all three. And no file that was made is read.
 * Nothing else stops.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { dayText, localDate } from '../platform/calendar/index.ts'
import { newId } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'

export interface Freeze {
  readonly id: string
  readonly frozenBy: string
  readonly frozenAt: Date
  readonly reason: string
  readonly liftedAt: Date | null
  readonly liftChangeId: string | null
}

const columns = ['id', 'frozenBy', 'frozenAt', 'reason', 'liftedAt', 'liftChangeId'] as const
type Reader = Kysely<DB> | Transaction<DB>

/** The one that lasts, or null. */
export async function freezeOpen(db: Reader, organisationId: number): Promise<Freeze | null> {
  const row = await db
    .selectFrom('disbursements.freezes')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('liftedAt', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Newest first. */
export async function freezes(db: Reader, organisationId: number, limit: number): Promise<Freeze[]> {
  return db
    .selectFrom('disbursements.freezes')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Pulled while it lasts, it stays as it is: `payments-frozen` says whose it is. */
export async function freezePayments(deps: Deps, actor: PersonActor, reason: string): Promise<Freeze> {
  const { organisationId, clock } = deps
  return inTransaction(deps.db, async trx => {
    const freeze = { id: newId(), frozenBy: actor.id, frozenAt: clock.now(), reason }
    const inserted = await trx
      .insertInto('disbursements.freezes')
      .values({ organisationId, ...freeze, liftedAt: null, liftChangeId: null })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    const lasting = await freezeOpen(trx, organisationId)
    if (!inserted) throw frozen(lasting)
    await recordAct(trx, organisationId, actor, {
      at: freeze.frozenAt,
      action: 'payments.freeze',
      subject: { kind: 'freeze', id: freeze.id },
      reason,
    })
    return { ...freeze, liftedAt: null, liftChangeId: null }
  })
}

/** By a change that two people made. */
export async function liftFreeze(
  trx: Transaction<DB>,
  organisationId: number,
  freezeId: string,
  lift: { readonly changeId: string; readonly at: Date },
): Promise<void> {
  await trx
    .updateTable('disbursements.freezes')
    .set({ liftedAt: lift.at, liftChangeId: lift.changeId })
    .where('organisationId', '=', organisationId)
    .where('id', '=', freezeId)
    .execute()
}

/** Until the transaction ends nobody pulls one: whoever pulls it waits for what is being decided at this moment. */
export async function refuseWhileFrozen(trx: Transaction<DB>, organisationId: number): Promise<void> {
  const { rows } = await sql<{ id: string | null }>`
    select disbursements.open_freeze(${organisationId}) as id`.execute(trx)
  if (rows[0]?.id) throw frozen(await freezeOpen(trx, organisationId))
}

function frozen(freeze: Freeze | null): DomainError {
  if (!freeze) return new DomainError('payments-frozen')
  const day = localDate(freeze.frozenAt)
  return new DomainError('payments-frozen', {
    reason: {
      nl: `Sinds ${dayText(day, 'nl')}: ${freeze.reason}`,
      en: `Since ${dayText(day, 'en')}: ${freeze.reason}`,
    },
  })
}
