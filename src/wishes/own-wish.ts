/** One's own wish, by the secret link alone: what became of it, and taking it away for good. */
import type { Kysely, Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { sha256 } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import type { WishReason, WishState } from './tables.ts'
import { wordsOf } from './wish.ts'

export interface OwnWish {
  readonly id: string
  readonly poolId: string | null
  readonly locale: Locale
  readonly state: WishState
  readonly because: WishReason | 'reported' | null
  readonly agreements: number
  /** The day that staff promised; null when nothing waits for them. */
  readonly lookBy: string | null
  /** Null when it was erased. */
  readonly text: string | null
  readonly nickname: string | null
}

/** Throws `not-found` when the link opens nothing. */
export async function ownWish(db: Kysely<DB>, organisationId: number, token: string): Promise<OwnWish> {
  return db.transaction().execute(async trx => {
    const wish = await byToken(trx, organisationId, token).executeTakeFirst()
    if (!wish) throw new DomainError('not-found', { field: 'withdrawalToken' })
    const [words] = await wordsOf(trx, organisationId, [wish.id])
    return { ...wish, text: words?.text ?? null, nickname: words?.nickname ?? null }
  })
}

/** Erases words, nickname, who agreed and what was reported. Once more changes nothing. */
export async function takeAwayWish(
  { db, organisationId, clock }: Deps,
  origin: string | undefined,
  token: string,
): Promise<string> {
  return inTransaction(db, async trx => {
    const wish = await byToken(trx, organisationId, token).forUpdate().executeTakeFirst()
    if (!wish) throw new DomainError('not-found', { field: 'withdrawalToken' })
    if (wish.state === 'taken-away') return wish.id
    await trx
      .updateTable('wishes.wishes')
      .set({ state: 'taken-away' })
      .where('organisationId', '=', organisationId)
      .where('id', '=', wish.id)
      .execute()
    const subject = { kind: 'wish', id: wish.id }
    const act = { at: clock.now(), action: 'wish.take-away', subject }
    await recordAct(trx, organisationId, { kind: 'public', origin }, act)
    return wish.id
  })
}

const byToken = (trx: Transaction<DB>, organisationId: number, token: string) =>
  trx
    .selectFrom('wishes.wishes')
    .select(['id', 'poolId', 'locale', 'state', 'because', 'agreements', 'lookBy'])
    .where('organisationId', '=', organisationId)
    .where('withdrawalTokenSha256', '=', sha256(token))
