/** Reading refunds. How far one is, is derived from its steps and the provider's transactions. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { DomainError } from '../refusals.ts'

/**
 * decided: it waits for somebody else. approved: the provider is being asked, and while its answer is unknown asked again.
 * asked: on its way to the donor. paid: it left. failed: it came back, and is owed again. refused: the provider said no, and
 * it is still owed. withdrawn: it is not given back after all.
 */
export const refundStates = [
  'decided',
  'approved',
  'asked',
  'paid',
  'failed',
  'refused',
  'withdrawn',
] as const
export type RefundState = (typeof refundStates)[number]

export interface Refund {
  readonly id: string
  readonly donationId: string
  readonly poolId: string
  readonly amount: bigint
  readonly currency: Currency
  readonly state: RefundState
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
  readonly askedAt: Date | null
  readonly withdrawnAt: Date | null
}

type Reader = Kysely<DB> | Transaction<DB>

const rows = (db: Reader, organisationId: number) =>
  db
    .selectFrom('donations.refunds as r')
    .selectAll()
    .where('r.organisationId', '=', organisationId)
    .select(moved('refund').as('paid'))
    .select(moved('refund-failed').as('cameBack'))

const moved = (kind: 'refund' | 'refund-failed') => sql<bigint>`(
  select coalesce(abs(sum(t.amount)), 0)::bigint from donations.provider_transactions t
   where t.organisation_id = r.organisation_id and t.donation_id = r.donation_id and t.refund_id = r.id
     and t.parked is null and t.kind = ${kind} and t.kind in ('refund', 'refund-failed', 'dispute', 'dispute-won'))`

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>

function refundOf(row: Row): Refund {
  const { id, donationId, poolId, amount, currency, decidedBy, decidedAt } = row
  const { approvedBy, approvedAt, askedAt, withdrawnAt } = row
  return {
    ...{ id, donationId, poolId, amount, currency, decidedBy, decidedAt },
    ...{ approvedBy, approvedAt, askedAt, withdrawnAt, state: stateOf(row) },
  }
}

function stateOf(row: Row): RefundState {
  if (row.withdrawnAt) return 'withdrawn'
  if (row.cameBack > 0n && row.cameBack >= row.paid) return 'failed'
  if (row.paid > 0n) return 'paid'
  if (row.refused) return 'refused'
  if (row.providerRefundId) return 'asked'
  return row.approvedAt ? 'approved' : 'decided'
}

/** Nothing is under way, so it can still be called off. */
export const isWithdrawable = ({ state, askedAt }: Refund): boolean =>
  state === 'failed' || state === 'refused' || (askedAt === null && state !== 'withdrawn')

/** Throws `not-found`. */
export async function refundById(db: Reader, organisationId: number, id: string): Promise<Refund> {
  const row = await rows(db, organisationId).where('r.id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'refundId' })
  return refundOf(row)
}

/** As `refundById`, and nobody else takes a step of it until the transaction ends. */
export async function lockRefund(trx: Transaction<DB>, organisationId: number, id: string): Promise<Refund> {
  await trx
    .selectFrom('donations.refunds')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .execute()
  return refundById(trx, organisationId, id)
}

/** Of these donations, oldest first. */
export async function refundsOf(
  db: Reader,
  organisationId: number,
  donationIds: readonly string[],
): Promise<Refund[]> {
  if (donationIds.length === 0) return []
  const found = await rows(db, organisationId)
    .where('r.donationId', 'in', donationIds)
    .orderBy('r.id')
    .execute()
  return found.map(refundOf)
}

/** Of this pool, those that somebody has to look at: what waits for a second person, failed or was refused. */
export async function refundsToDo(db: Reader, organisationId: number, poolId: string): Promise<Refund[]> {
  const found = await rows(db, organisationId)
    .where('r.poolId', '=', poolId)
    .where('r.withdrawnAt', 'is', null)
    .orderBy('r.id')
    .execute()
  return found.map(refundOf).filter(({ state }) => state !== 'paid')
}
