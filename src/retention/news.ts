/** News of a pool, or of the organisation as a newsletter: written by staff, public at once, and mailed to whoever asked. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'

export const LONGEST_TITLE = 100
export const LONGEST_NEWS = 4000
const SHORTEST_TITLE = 3
const SHORTEST_NEWS = 10

export interface News {
  readonly id: string
  /** Null: the newsletter. */
  readonly poolId: string | null
  readonly locale: Locale
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly publishedAt: Date
}

export interface NewNews {
  readonly poolId: string | null
  readonly locale: Locale
  readonly title: string
  readonly words: string
  readonly idempotencyKey: string
}

const columns = ['id', 'poolId', 'locale', 'title', 'words', 'publishedAt'] as const

/** Answers its id. Refuses `invalid-request` at `title` or `words`. */
export async function publishNews(deps: Deps, actor: PersonActor, input: NewNews): Promise<string> {
  const { db, organisationId, vault, clock } = deps
  const { poolId, locale, idempotencyKey } = input
  const { title, words } = read(input)
  return inTransaction(db, async trx => {
    if (poolId !== null) await poolById(trx, organisationId, poolId)
    const claim = await claimKey(trx, vault, {
      ...{ organisationId, operation: 'publish-news', key: idempotencyKey },
      request: { poolId, locale, title, words },
      resourceId: newId(),
    })
    const id = claim.resourceId
    if (!claim.first) return id
    const publishedAt = clock.now()
    const news = { organisationId, id, poolId, locale, title, words, publishedAt, writtenBy: actor.id }
    await trx
      .insertInto('retention.news')
      .values({ ...news, removedBy: null, removedAt: null })
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: publishedAt,
      action: 'news.publish',
      subject: { kind: 'news', id },
      detail: poolId === null ? {} : { poolId },
    })
    return id
  })
}

/** It stays written down, and shows nowhere; who was mailed keeps their letter. */
export async function takeDownNews(
  deps: Deps,
  actor: PersonActor,
  id: string,
  reason: string,
): Promise<void> {
  const { db, organisationId, clock } = deps
  await inTransaction(db, async trx => {
    const news = await trx
      .selectFrom('retention.news')
      .select('removedAt')
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!news) throw new DomainError('not-found', { field: 'newsId' })
    const removedAt = clock.now()
    const { numUpdatedRows } = await trx
      .updateTable('retention.news')
      .set({ removedBy: actor.id, removedAt })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .where('removedAt', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new DomainError('news-taken-down')
    await recordAct(trx, organisationId, actor, {
      at: removedAt,
      action: 'news.take-down',
      subject: { kind: 'news', id },
      reason,
    })
  })
}

/** The latest first; `poolId` undefined: of everything, null: newsletters alone. */
export async function latestNews(
  { db, organisationId }: Pick<Deps, 'db' | 'organisationId'>,
  { poolId, since, limit }: { poolId?: string | null | undefined; since?: Date | undefined; limit: number },
): Promise<News[]> {
  const rows = await db
    .selectFrom('retention.news')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('removedAt', 'is', null)
    .$if(poolId !== undefined, query => query.where('poolId', poolId === null ? 'is' : '=', poolId as string))
    .$if(since !== undefined, query => query.where('publishedAt', '>=', since as Date))
    .orderBy('publishedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ words, ...news }) => ({ ...news, paragraphs: words.split('\n\n') }))
}

/** Of which pool it is, for the guard; undefined when there is none. */
export async function poolOfNews(
  { db, organisationId }: Pick<Deps, 'db' | 'organisationId'>,
  id: string,
): Promise<string | null | undefined> {
  const row = await db
    .selectFrom('retention.news')
    .select('poolId')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.poolId
}

const unseen = /[\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
const line = (typed: string) => typed.replace(/\s+/gu, ' ').replace(unseen, '').trim()

function read({ title, words }: Pick<NewNews, 'title' | 'words'>) {
  const paragraphs = words.replace(/\r\n?/g, '\n').split(/\n\s*\n/)
  const clean = { title: line(title), words: paragraphs.map(line).filter(Boolean).join('\n\n') }
  refuse('title', clean.title, SHORTEST_TITLE, LONGEST_TITLE)
  refuse('words', clean.words, SHORTEST_NEWS, LONGEST_NEWS)
  return clean
}

function refuse(field: string, text: string, shortest: number, longest: number): void {
  const length = [...text].length
  const reason = /[<>\p{Cc}]/u.test(text.replaceAll('\n', ''))
    ? { nl: 'Laat de tekens < en > weg', en: 'Leave out the characters < and >' }
    : {
        nl: `Gebruik ${shortest} tot ${longest} tekens; je hebt er nu ${length}`,
        en: `Use ${shortest} to ${longest} characters; you have ${length} now`,
      }
  const fits = length >= shortest && length <= longest
  if (!fits || /[<>\p{Cc}]/u.test(text.replaceAll('\n', '')))
    throw new DomainError('invalid-request', { field, reason })
}
