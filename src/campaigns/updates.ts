/** News of a campaign by whoever started it: shown at once, dated, and taken down by staff where it must be. */
import type { Kysely, Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { withPersonalData } from '../platform/personal.ts'
import { refusedLength } from '../platform/plain-words.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockCampaign, ownCampaign } from './campaign.ts'
import { LONGEST_UPDATE, paragraphs } from './terms.ts'

export interface Update {
  readonly id: string
  readonly campaignId: string
  readonly writtenAt: Date
  /** Markdown; null: taken down. */
  readonly words: string | null
  readonly removedAt: Date | null
  readonly removedBecause: string | null
}

export interface NewUpdate {
  readonly campaignId: string
  readonly words: string
  readonly idempotencyKey: string
}

const notRunning = ['draft', 'submitted', 'refused']

/** Answers its id. Throws `not-found`, `campaign-not-running` or `invalid-request`. */
export async function writeUpdate(
  deps: Deps,
  actor: PersonActor,
  { campaignId, words: typed, idempotencyKey }: NewUpdate,
): Promise<string> {
  const { organisationId, clock, vault } = deps
  await ownCampaign(deps.db, organisationId, actor.id, campaignId)
  const words = paragraphs(typed)
  const wrong = refusedLength(words, 10, LONGEST_UPDATE)
  if (wrong) throw new DomainError('invalid-request', { field: 'words', reason: wrong })
  return inTransaction(deps.db, async trx => {
    const campaign = await lockCampaign(trx, organisationId, campaignId)
    if (notRunning.includes(campaign.state)) throw new DomainError('campaign-not-running')
    const claim = await claimKey(trx, vault, {
      organisationId,
      operation: 'write-update',
      key: idempotencyKey,
      request: { campaignId, actorId: actor.id, words },
      resourceId: newId(),
    })
    const id = claim.resourceId
    if (!claim.first) return id
    const at = clock.now()
    await refuseTooMany(trx, organisationId, campaignId, at)
    const row = { organisationId, id, campaignId, words, writtenBy: actor.id, writtenAt: at }
    await trx.insertInto('campaigns.updates').values(row).execute()
    const subject = { kind: 'campaign-update', id }
    await recordAct(trx, organisationId, actor, {
      ...{ at, action: 'campaign-update.write', subject },
      detail: { campaignId },
    })
    return id
  })
}

/** Each is a letter to whoever follows. */
const MOST_A_DAY = 3
const DAY_MS = 86_400_000

async function refuseTooMany(trx: Transaction<DB>, organisationId: number, campaignId: string, at: Date) {
  const { written } = await trx
    .selectFrom('campaigns.updates')
    .select(({ fn }) => fn.countAll<bigint>().as('written'))
    .where('organisationId', '=', organisationId)
    .where('campaignId', '=', campaignId)
    .where('writtenAt', '>', new Date(at.getTime() - DAY_MS))
    .executeTakeFirstOrThrow()
  if (written >= MOST_A_DAY) throw new DomainError('too-many-updates', { field: 'words' })
}

/** Its words are erased; that there was one, and why it went, is shown. Throws `not-found` or `update-removed`. */
export async function removeUpdate(
  { db, organisationId, clock }: Deps,
  actor: PersonActor,
  { updateId, reason }: { readonly updateId: string; readonly reason: string },
): Promise<string> {
  return inTransaction(db, async trx => {
    const update = await trx
      .selectFrom('campaigns.updates')
      .select(['campaignId', 'removedAt'])
      .where('organisationId', '=', organisationId)
      .where('id', '=', updateId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!update) throw new DomainError('not-found', { field: 'updateId' })
    if (update.removedAt) throw new DomainError('update-removed')
    const at = clock.now()
    await trx
      .updateTable('campaigns.updates')
      .set({ words: null, removedBy: actor.id, removedAt: at, removedBecause: reason })
      .where('organisationId', '=', organisationId)
      .where('id', '=', updateId)
      .execute()
    const subject = { kind: 'campaign-update', id: updateId }
    await recordAct(trx, organisationId, actor, { at, action: 'campaign-update.remove', subject, reason })
    return update.campaignId
  })
}

/** Of which campaign it is. Throws `not-found`. */
export async function updateById(
  db: Kysely<DB>,
  organisationId: number,
  id: string,
): Promise<{ readonly campaignId: string }> {
  const update = await db
    .selectFrom('campaigns.updates')
    .select('campaignId')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!update) throw new DomainError('not-found', { field: 'updateId' })
  return update
}

/** What was written in that time and still stands there, for telling whoever follows; without its words. */
export async function updatesBetween(
  db: Kysely<DB>,
  organisationId: number,
  from: Date,
  to: Date,
): Promise<{ id: string; poolId: string; title: string; at: Date }[]> {
  const rows = await db
    .selectFrom('campaigns.updates as u')
    .innerJoin('campaigns.campaigns as c', join =>
      join.onRef('c.organisationId', '=', 'u.organisationId').onRef('c.id', '=', 'u.campaignId'),
    )
    .select(['u.id', 'c.poolId', 'c.title', 'u.writtenAt as at'])
    .where('u.organisationId', '=', organisationId)
    .where('u.removedAt', 'is', null)
    .where('u.writtenAt', '>=', from)
    .where('u.writtenAt', '<=', to)
    .orderBy('u.id')
    .execute()
  return rows.flatMap(({ poolId, ...row }) => (poolId === null ? [] : [{ ...row, poolId }]))
}

/** Newest first. */
export async function updatesOf(
  db: Kysely<DB>,
  organisationId: number,
  campaignId: string,
): Promise<Update[]> {
  return db.transaction().execute(async trx => {
    const rows = await trx
      .selectFrom('campaigns.updates')
      .select(['id', 'campaignId', 'writtenAt', 'removedAt', 'removedBecause'])
      .where('organisationId', '=', organisationId)
      .where('campaignId', '=', campaignId)
      .orderBy('id', 'desc')
      .limit(100)
      .execute()
    if (rows.length === 0) return []
    const ids = rows.map(({ id }) => id)
    const said = await withPersonalData(trx, () =>
      trx
        .selectFrom('campaigns.updates')
        .select(['id', 'words'])
        .where('organisationId', '=', organisationId)
        .where('id', 'in', ids)
        .execute(),
    )
    const words = new Map(said.map(each => [each.id, each.words]))
    return rows.map(row => ({ ...row, words: words.get(row.id) ?? null }))
  })
}
