/** Reading campaigns: their terms, and what is told of people, which only the role for personal data reads. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency, Locale } from '../money/index.ts'
import { withPersonalData } from '../platform/personal.ts'
import { DomainError } from '../refusals.ts'
import type { CampaignState, ForWhom, IfUnreached } from './tables.ts'

export interface Campaign {
  readonly id: string
  readonly starterId: string
  readonly locale: Locale
  readonly title: string
  readonly area: string
  readonly forWhom: ForWhom
  readonly otherAgreed: boolean
  readonly monthlyAmount: bigint
  readonly termMonths: number
  readonly currency: Currency
  /** YYYY-MM-DD. */
  readonly lastDay: string
  readonly ifUnreached: IfUnreached
  readonly movesTo: string | null
  readonly state: CampaignState
  readonly startedAt: Date
  readonly lookBy: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly because: string | null
  readonly poolId: string | null
  /** Of its pool: its address. */
  readonly slug: string | null
  readonly reachedAt: Date | null
  readonly endedAt: Date | null
  /** What there was when it ended without its goal. */
  readonly raised: bigint | null
}

export interface Story {
  readonly organiser: string
  /** Markdown. */
  readonly story: string
  /** What its picture shows; null: there is none. */
  readonly pictureAlt: string | null
}

type Reader = Kysely<DB> | Transaction<DB>

const columns = [
  ...(['c.id', 'c.starterId', 'c.locale', 'c.title', 'c.area', 'c.forWhom', 'c.otherAgreed'] as const),
  ...(['c.monthlyAmount', 'c.termMonths', 'c.currency', 'c.lastDay', 'c.ifUnreached', 'c.movesTo'] as const),
  ...(['c.state', 'c.startedAt', 'c.lookBy', 'c.decidedBy', 'c.decidedAt', 'c.because'] as const),
  ...(['c.poolId', 'c.reachedAt', 'c.endedAt', 'c.raised', 'p.slug'] as const),
] as const

const rows = (db: Reader, organisationId: number) =>
  db
    .selectFrom('campaigns.campaigns as c')
    .leftJoin('pools.pools as p', join =>
      join.onRef('p.organisationId', '=', 'c.organisationId').onRef('p.id', '=', 'c.poolId'),
    )
    .select(columns)
    .where('c.organisationId', '=', organisationId)

/** Throws `not-found`. */
export async function campaignById(db: Reader, organisationId: number, id: string): Promise<Campaign> {
  const found = await rows(db, organisationId).where('c.id', '=', id).executeTakeFirst()
  return found ?? nowhere()
}

/** By the address of its pool; what staff did not approve has none. Throws `not-found`. */
export async function campaignBySlug(db: Reader, organisationId: number, slug: string): Promise<Campaign> {
  const found = await rows(db, organisationId).where('p.slug', '=', slug).executeTakeFirst()
  return found ?? nowhere()
}

/** Null: this pool is filled by no campaign. */
export async function campaignOfPool(
  db: Reader,
  organisationId: number,
  poolId: string,
): Promise<Campaign | null> {
  return (await rows(db, organisationId).where('c.poolId', '=', poolId).executeTakeFirst()) ?? null
}

/** Throws `not-found`, also for one of somebody else: nobody learns that it exists. */
export async function ownCampaign(
  db: Reader,
  organisationId: number,
  starterId: string,
  id: string,
): Promise<Campaign> {
  const found = await rows(db, organisationId)
    .where('c.id', '=', id)
    .where('c.starterId', '=', starterId)
    .executeTakeFirst()
  return found ?? nowhere()
}

export async function campaignsOf(
  db: Reader,
  organisationId: number,
  starterId: string,
): Promise<Campaign[]> {
  return rows(db, organisationId).where('c.starterId', '=', starterId).orderBy('c.id', 'desc').execute()
}

/** In these states, newest first. */
export async function campaigns(
  db: Reader,
  organisationId: number,
  { states, limit }: { readonly states: readonly CampaignState[]; readonly limit: number },
): Promise<Campaign[]> {
  return rows(db, organisationId)
    .where('c.state', 'in', [...states])
    .orderBy('c.id', 'desc')
    .limit(limit)
    .execute()
}

/** Nobody else changes it until the transaction ends. */
export async function lockCampaign(
  trx: Transaction<DB>,
  organisationId: number,
  id: string,
): Promise<Campaign> {
  await trx
    .selectFrom('campaigns.campaigns')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .execute()
  return campaignById(trx, organisationId, id)
}

export async function storyOf(db: Kysely<DB>, organisationId: number, campaignId: string): Promise<Story> {
  const found = await db
    .transaction()
    .execute(trx =>
      withPersonalData(trx, () =>
        trx
          .selectFrom('campaigns.stories')
          .select(['organiser', 'story', 'pictureAlt'])
          .where('organisationId', '=', organisationId)
          .where('campaignId', '=', campaignId)
          .executeTakeFirst(),
      ),
    )
  return found ?? nowhere()
}

/** The JPEG; null where there is none. */
export async function pictureOf(
  db: Kysely<DB>,
  organisationId: number,
  campaignId: string,
): Promise<Buffer | null> {
  const found = await db
    .transaction()
    .execute(trx =>
      withPersonalData(trx, () =>
        trx
          .selectFrom('campaigns.stories')
          .select('picture')
          .where('organisationId', '=', organisationId)
          .where('campaignId', '=', campaignId)
          .executeTakeFirst(),
      ),
    )
  return found?.picture ?? null
}

function nowhere(): never {
  throw new DomainError('not-found', { field: 'campaignId' })
}
