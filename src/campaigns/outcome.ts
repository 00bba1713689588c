/** What was decided about the money of a campaign that ended without its goal. Reading, deciding, approving, calling off. */
import { type Kysely, sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockCampaign } from './campaign.ts'

export interface Outcome {
  readonly id: string
  readonly campaignId: string
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
  readonly doneAt: Date | null
  readonly withdrawnAt: Date | null
}

export type OutcomeState = 'decided' | 'approved' | 'done' | 'withdrawn'
export const outcomeState = ({ approvedAt, doneAt, withdrawnAt }: Outcome): OutcomeState =>
  withdrawnAt ? 'withdrawn' : doneAt ? 'done' : approvedAt ? 'approved' : 'decided'

type Reader = Kysely<DB> | Transaction<DB>
const rows = (db: Reader, organisationId: number) =>
  db
    .selectFrom('campaigns.outcomes')
    .select([
      'id',
      'campaignId',
      'decidedBy',
      'decidedAt',
      'approvedBy',
      'approvedAt',
      'doneAt',
      'withdrawnAt',
    ])
    .where('organisationId', '=', organisationId)

/** Newest first. */
export const outcomesOf = (db: Reader, organisationId: number, campaignId: string): Promise<Outcome[]> =>
  rows(db, organisationId).where('campaignId', '=', campaignId).orderBy('id', 'desc').execute()

/** Throws `not-found`. */
export async function outcomeById(db: Reader, organisationId: number, id: string): Promise<Outcome> {
  const outcome = await rows(db, organisationId).where('id', '=', id).executeTakeFirst()
  if (!outcome) throw new DomainError('not-found', { field: 'outcomeId' })
  return outcome
}

/** Those that two people agreed on and that are not done. */
export const outcomesToDo = (db: Reader, organisationId: number): Promise<Outcome[]> =>
  rows(db, organisationId)
    .where('approvedAt', 'is not', null)
    .where('doneAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .orderBy('id')
    .execute()

/** Nobody else takes a step of it until the transaction ends. Throws `not-found`. */
export async function lockOutcome(
  trx: Transaction<DB>,
  organisationId: number,
  id: string,
): Promise<Outcome> {
  const outcome = await rows(trx, organisationId).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  if (!outcome) throw new DomainError('not-found', { field: 'outcomeId' })
  return outcome
}

interface Step {
  readonly outcomeId: string
  readonly reason?: string | undefined
}

/** The first pair of eyes. Throws `campaign-not-ended`, `own-campaign` or `outcome-open`. */
export async function decideOutcome(
  deps: Deps,
  actor: PersonActor,
  { campaignId, reason, idempotencyKey }: { campaignId: string; reason: string; idempotencyKey: string },
): Promise<string> {
  const { organisationId, clock, vault } = deps
  return inTransaction(deps.db, async trx => {
    const { starterId, endedAt, ifUnreached } = await lockCampaign(trx, organisationId, campaignId)
    const claim = await claimKey(trx, vault, {
      organisationId,
      operation: 'decide-outcome',
      key: idempotencyKey,
      request: { campaignId, reason, actorId: actor.id },
      resourceId: newId(),
    })
    const id = claim.resourceId
    if (!claim.first) return id
    if (!endedAt) throw new DomainError('campaign-not-ended')
    if (starterId === actor.id) throw new DomainError('own-campaign')
    const known = await outcomesOf(trx, organisationId, campaignId)
    if (known.some(each => ['decided', 'approved'].includes(outcomeState(each))))
      throw new DomainError('outcome-open')
    const at = clock.now()
    const row = { organisationId, id, campaignId, decidedBy: actor.id, decidedAt: at }
    await trx.insertInto('campaigns.outcomes').values(row).execute()
    await recordAct(trx, organisationId, actor, {
      ...{ at, action: 'campaign-outcome.decide', subject: { kind: 'campaign-outcome', id }, reason },
      detail: { campaignId, choice: ifUnreached },
    })
    return id
  })
}

/** The second. Throws `outcome-not-open`, `maker-is-approver`, `own-campaign` or `approver-gave-the-role`. */
export async function approveOutcome(
  deps: Deps,
  actor: PersonActor,
  { outcomeId, reason }: Step,
): Promise<Outcome> {
  const { organisationId, clock } = deps
  return inTransaction(deps.db, async trx => {
    const outcome = await lockOutcome(trx, organisationId, outcomeId)
    const { starterId } = await lockCampaign(trx, organisationId, outcome.campaignId)
    if (outcomeState(outcome) !== 'decided') throw new DomainError('outcome-not-open')
    if (outcome.decidedBy === actor.id) throw new DomainError('maker-is-approver')
    if (starterId === actor.id) throw new DomainError('own-campaign')
    const { rows } = await sql<{ alone: boolean }>`
      select campaigns.decider_given_alone(${organisationId}, ${outcomeId}, ${actor.id}) as alone`.execute(
      trx,
    )
    if (rows[0]?.alone) throw new DomainError('approver-gave-the-role')
    const set = { approvedBy: actor.id, approvedAt: clock.now() }
    await takeStep(trx, deps, actor, { outcome, set, action: 'campaign-outcome.approve', reason })
    return { ...outcome, ...set }
  })
}

/** Not this way after all, or by others: what was done of it stays done. Throws `outcome-not-open`. */
export async function withdrawOutcome(
  deps: Deps,
  actor: PersonActor,
  { outcomeId, reason }: Step & { readonly reason: string },
): Promise<void> {
  await inTransaction(deps.db, async trx => {
    const outcome = await lockOutcome(trx, deps.organisationId, outcomeId)
    if (!['decided', 'approved'].includes(outcomeState(outcome))) throw new DomainError('outcome-not-open')
    const set = { withdrawnBy: actor.id, withdrawnAt: deps.clock.now() }
    await takeStep(trx, deps, actor, { outcome, set, action: 'campaign-outcome.withdraw', reason })
  })
}

async function takeStep(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  actor: PersonActor,
  {
    outcome,
    set,
    action,
    reason,
  }: { outcome: Outcome; set: object; action: string; reason?: string | undefined },
): Promise<void> {
  await trx
    .updateTable('campaigns.outcomes')
    .set(set)
    .where('organisationId', '=', organisationId)
    .where('id', '=', outcome.id)
    .execute()
  await recordAct(trx, organisationId, actor, {
    ...{ at: clock.now(), action, subject: { kind: 'campaign-outcome', id: outcome.id }, reason },
    detail: { campaignId: outcome.campaignId },
  })
}
