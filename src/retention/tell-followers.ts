/**
 * Mails news to whoever follows, a page of followers in a transaction. Who was told is written down with the letter
 * (`donors.letters`), so a run that was broken off goes on where it stopped and nobody is told twice.
 */
import type { Transaction } from 'kysely'
import { updatesBetween } from '../campaigns/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { tellDonor, untoldOf } from '../donors/index.ts'
import { type Letter, letters } from '../mail/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { pools } from '../pools/index.ts'
import { thanksShownSince } from '../thanks/index.ts'
import { latestNews } from './news.ts'

/** What is older is not mailed any more: an outbox that was away for long does not send last month's news. */
const DAYS = 7
const DAY_MS = 86_400_000
const PAGE = 200
const MOST_ITEMS = 50

/** Something to tell the followers of a pool, or the readers of the newsletter. */
export interface Tiding {
  readonly id: string
  readonly poolId: string | null
  readonly at: Date
  readonly write: (to: { locale: 'nl' | 'en'; organisation: string; base: string }) => Letter
}

/** Answers how many letters were queued. */
export async function tellFollowers(deps: Deps): Promise<number> {
  let told = 0
  for (const tiding of await untold(deps, [
    ...(await newsToTell(deps)),
    ...(await thanksToTell(deps)),
    ...(await updatesToTell(deps)),
  ])) {
    const donorIds = await followersOf(deps, tiding)
    for (let page = PAGE; page === PAGE; ) {
      page = await inTransaction(deps.db, async trx => {
        const kind = tiding.poolId === null ? 'newsletter' : 'pool-news'
        const which = { donorIds, kind, about: tiding.id, limit: PAGE } as const
        const waiting = await untoldOf(trx, deps.organisationId, which)
        for (const donorId of waiting) {
          if (await tellDonor(trx, deps, donorId, kind, { about: tiding.id, write: tiding.write })) told += 1
        }
        if (waiting.length < PAGE) await markTold(trx, deps, tiding.id)
        return waiting.length
      })
    }
  }
  return told
}

async function untold({ db, organisationId }: Deps, tidings: readonly Tiding[]): Promise<Tiding[]> {
  if (tidings.length === 0) return []
  const rows = await db
    .selectFrom('retention.told')
    .select('about')
    .where('organisationId', '=', organisationId)
    .where(
      'about',
      'in',
      tidings.map(({ id }) => id),
    )
    .execute()
  const done = new Set(rows.map(({ about }) => about))
  return tidings.filter(({ id }) => !done.has(id))
}

async function markTold(trx: Transaction<DB>, { organisationId, clock }: Deps, about: string): Promise<void> {
  await trx
    .insertInto('retention.told')
    .values({ organisationId, about, toldAt: clock.now() })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Whoever began to follow later reads it on the page. */
async function followersOf({ db, organisationId }: Deps, { poolId, at }: Tiding): Promise<string[]> {
  const rows = await db
    .selectFrom('retention.follows')
    .select('donorId')
    .where('organisationId', '=', organisationId)
    .where('poolId', poolId === null ? 'is' : '=', poolId)
    .where('since', '<=', at)
    .execute()
  return rows.map(({ donorId }) => donorId)
}

async function newsToTell(deps: Deps): Promise<Tiding[]> {
  const since = new Date(deps.clock.now().getTime() - DAYS * DAY_MS)
  const names = new Map((await pools(deps.db, deps.organisationId)).map(pool => [pool.id, pool]))
  const news = await latestNews(deps, { since, limit: MOST_ITEMS })
  return news.toReversed().map(({ id, poolId, title, paragraphs, publishedAt }) => {
    const pool = poolId === null ? undefined : names.get(poolId)
    return {
      ...{ id, poolId, at: publishedAt },
      write: ({ locale, organisation, base }) =>
        letters.news({
          ...{ locale, organisation, title, paragraphs, pool: pool?.name ?? null },
          url: `${base}${pool ? `/pools/${pool.slug}` : '/news'}`,
        }),
    }
  })
}

/** What a recipient wrote to the donors of their pool, once staff showed it. */
async function thanksToTell(deps: Deps): Promise<Tiding[]> {
  const { db, organisationId, clock } = deps
  const since = new Date(clock.now().getTime() - DAYS * DAY_MS)
  const byPool = await thanksShownSince(db, organisationId, since)
  const all = (await pools(db, organisationId)).filter(({ id }) => byPool.has(id))
  return all.flatMap(pool =>
    (byPool.get(pool.id) ?? []).map(({ id, text, shownAt }) => ({
      ...{ id, poolId: pool.id, at: shownAt },
      write: ({ locale, base }) =>
        letters.thanksShown({ locale, pool: pool.name, text, url: `${base}/pools/${pool.slug}` }),
    })),
  )
}

/** So long staff has to take an update down before it is told. Its words stay on the page, where they can still be taken down. */
const UPDATE_WAITS_MS = 3_600_000

async function updatesToTell(deps: Deps): Promise<Tiding[]> {
  const { db, organisationId, clock } = deps
  const now = clock.now().getTime()
  const until = new Date(now - UPDATE_WAITS_MS)
  const updates = await updatesBetween(db, organisationId, new Date(now - DAYS * DAY_MS), until)
  const slugs = new Map((await pools(db, organisationId)).map(({ id, slug }) => [id, slug]))
  return updates.map(({ id, poolId, title, at }) => ({
    ...{ id, poolId, at },
    write: ({ locale, base }) =>
      letters.campaignUpdate({ locale, title, url: `${base}/campaigns/${slugs.get(poolId) ?? ''}` }),
  }))
}
