/** One pool, one month, one payday: reading cycles and what became of each payout in them. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { type Month, monthOf } from '../platform/calendar/index.ts'
import { DomainError } from '../refusals.ts'

/**
 * planned → proposed → approved → sent (a file was made) → settled (every payout is paid), or not-all-paid: the bank answered
 * all that was sent, and something came back or was left out. It is sent again when what came back is paid again.
 */
export type CycleState = 'planned' | 'proposed' | 'approved' | 'sent' | 'not-all-paid' | 'settled'

/** What every act on a cycle is given: the same key again does nothing again. */
export interface CycleAction {
  readonly cycleId: string
  readonly idempotencyKey: string
  /** What is out of the ordinary this month, if anything. */
  readonly reason?: string | undefined
}

export interface Cycle {
  readonly id: string
  readonly poolId: string
  readonly month: Month
  readonly payday: string
  readonly plannedAt: Date
  readonly proposedBy: string | null
  readonly proposedAt: Date | null
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
}

type Reader = Kysely<DB> | Transaction<DB>
const columns = [
  'id',
  'poolId',
  'month',
  'payday',
  'plannedAt',
  'proposedBy',
  'proposedAt',
  'approvedBy',
  'approvedAt',
] as const

const withMonth = <Row extends { month: string }>(row: Row) => ({ ...row, month: monthOf(row.month) })

export async function cycleById(db: Reader, organisationId: number, id: string): Promise<Cycle> {
  const row = await db
    .selectFrom('disbursements.cycles')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'cycleId' })
  return withMonth(row)
}

/** As `cycleById`, and nobody else changes it until the transaction ends. */
export async function lockCycle(trx: Transaction<DB>, organisationId: number, id: string): Promise<Cycle> {
  const row = await trx
    .selectFrom('disbursements.cycles')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'cycleId' })
  return withMonth(row)
}

/** Newest month first. */
export async function cyclesOf(db: Reader, organisationId: number, poolId?: string): Promise<Cycle[]> {
  const rows = await db
    .selectFrom('disbursements.cycles')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .$if(poolId !== undefined, query => query.where('poolId', '=', poolId as string))
    .orderBy('month', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(withMonth)
}

/**
 * planned: not approved yet. accrued: owed to the recipient. sent: in a file that was made. paid: on the bank's
 * statement. returned: it came back and is owed again. rejected: the bank refused it and it is owed again.
 */
export type PayoutState = 'planned' | 'accrued' | 'sent' | 'paid' | 'returned' | 'rejected'

export interface Payout {
  readonly id: string
  readonly cycleId: string
  readonly enrolmentId: string
  readonly month: Month
  readonly amount: bigint
  readonly currency: Currency
  readonly payday: string
  readonly state: PayoutState
  readonly approvedAt: Date | null
  /** The bank's code, such as AC04, for what was returned or rejected. */
  readonly reason: string | null
  readonly outcomeAt: Date | null
  /** Its latest attempt, and whether an approver agreed to paying again what came back. */
  readonly attemptId: string | null
  readonly retryApproved: boolean
  /** When the file of its latest attempt went to the bank. */
  readonly sentAt: Date | null
}

/** Each payout with the outcome of its latest attempt. */
export async function payouts(
  db: Reader,
  organisationId: number,
  of: { cycleId: string } | { enrolmentId: string },
): Promise<Payout[]> {
  const rows = await db
    .selectFrom('disbursements.payouts as p')
    .innerJoin('disbursements.cycles as c', join =>
      join.onRef('c.organisationId', '=', 'p.organisationId').onRef('c.id', '=', 'p.cycleId'),
    )
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('disbursements.attempts as a')
          .innerJoin('disbursements.batches as b', join =>
            join.onRef('b.organisationId', '=', 'a.organisationId').onRef('b.id', '=', 'a.batchId'),
          )
          .leftJoin('disbursements.retries as r', join =>
            join.onRef('r.organisationId', '=', 'a.organisationId').onRef('r.attemptId', '=', 'a.id'),
          )
          .select([
            'a.id as attemptId',
            'a.outcome',
            'a.reason',
            'a.outcomeAt',
            'b.handedOverAt',
            'r.approvedBy as retryBy',
          ])
          .whereRef('a.organisationId', '=', 'p.organisationId')
          .whereRef('a.payoutId', '=', 'p.id')
          .orderBy('a.id', 'desc')
          .limit(1)
          .as('last'),
      join => join.onTrue(),
    )
    .select(['p.id', 'p.cycleId', 'p.enrolmentId', 'p.month', 'p.amount', 'p.currency'])
    .select([
      'c.payday',
      'c.approvedAt',
      'last.reason',
      'last.outcomeAt',
      'last.handedOverAt as sentAt',
      'last.attemptId',
    ])
    .select(sql<boolean>`last.retry_by is not null`.as('retryApproved'))
    .select(
      sql<PayoutState>`case when c.approved_at is null then 'planned' when last.attempt_id is null then 'accrued'
        when last.outcome is null then 'sent' when last.outcome = 'settled' then 'paid' else last.outcome end`.as(
        'state',
      ),
    )
    .where('p.organisationId', '=', organisationId)
    .$if('cycleId' in of, query => query.where('p.cycleId', '=', (of as { cycleId: string }).cycleId))
    .$if('enrolmentId' in of, query =>
      query.where('p.enrolmentId', '=', (of as { enrolmentId: string }).enrolmentId),
    )
    .orderBy('p.month', 'desc')
    .orderBy('p.id')
    .execute()
  return rows.map(withMonth)
}

/** What the whole cycle is at, from its payouts. */
export function cycleState(cycle: Cycle, its: readonly Payout[]): CycleState {
  if (!cycle.proposedAt) return 'planned'
  if (!cycle.approvedAt) return 'proposed'
  const any = (state: PayoutState) => its.some(payout => payout.state === state)
  if (any('sent')) return 'sent'
  if (its.every(({ state }) => state === 'accrued')) return 'approved'
  return its.every(({ state }) => state === 'paid') ? 'settled' : 'not-all-paid'
}

/** Paid out since the beginning: settled, less what came back. Of one pool, or of all. */
export async function paidOut(db: Reader, organisationId: number, poolId?: string): Promise<bigint> {
  const row = await db
    .selectFrom('disbursements.attempts as a')
    .innerJoin('disbursements.payouts as p', join =>
      join.onRef('p.organisationId', '=', 'a.organisationId').onRef('p.id', '=', 'a.payoutId'),
    )
    .innerJoin('disbursements.cycles as c', join =>
      join.onRef('c.organisationId', '=', 'p.organisationId').onRef('c.id', '=', 'p.cycleId'),
    )
    .select(({ fn }) => fn.sum<string | null>('p.amount').as('total'))
    .where('a.organisationId', '=', organisationId)
    .where('a.outcome', '=', 'settled')
    .$if(poolId !== undefined, query => query.where('c.poolId', '=', poolId as string))
    .executeTakeFirst()
  return BigInt(row?.total ?? 0)
}
