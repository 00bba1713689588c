/** Somebody writes what they would do with a basic income. Nobody reads it but they and staff, until staff shows it. */
import type { Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { newId, sha256 } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { oneParagraph, refusedLength } from '../platform/plain-words.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { LONGEST_NICKNAME, LONGEST_WISH, refusedWords, SHORTEST_WISH } from './plain-words.ts'
import { promisedBy } from './promise.ts'
import { wordsOf } from './wish.ts'
import { storedToken, withdrawalToken } from './withdrawal-token.ts'

export interface NewWish {
  readonly text: string
  readonly nickname: string | undefined
  readonly locale: Locale
  readonly poolId: string | undefined
  readonly idempotencyKey: string
}

export interface WrittenWish {
  readonly wishId: string
  /** Takes the wish away, and shows what became of it. Only its hash is stored. */
  readonly withdrawalToken: string
  readonly lookBy: string
}

/** `origin`: the request. Neither person nor place is recorded: the trail would keep them when the wish is erased. */
export async function writeWish(
  deps: Deps,
  origin: string | undefined,
  typed: NewWish,
): Promise<WrittenWish> {
  const input = read(typed)
  await countInTotal(deps)
  const wishId = await inTransaction(deps.db, trx => writeDown(trx, deps, origin, input))
  const { lookBy, ...stored } = await deps.db
    .selectFrom('wishes.wishes')
    .select(['lookBy', 'withdrawalTokenSha256'])
    .where('organisationId', '=', deps.organisationId)
    .where('id', '=', wishId)
    .executeTakeFirstOrThrow()
  const token = storedToken(deps.vault, wishId, stored.withdrawalTokenSha256)
  return { wishId, withdrawalToken: token, lookBy: lookBy ?? promisedBy(deps.clock.now()) }
}

function read(typed: NewWish): NewWish {
  const text = oneParagraph(typed.text)
  const nickname = oneParagraph(typed.nickname ?? '') || undefined
  const length = refusedLength(text, SHORTEST_WISH, LONGEST_WISH)
  if (length) throw new DomainError('invalid-request', { field: 'text', reason: length })
  const longName = nickname && refusedLength(nickname, 1, LONGEST_NICKNAME)
  if (longName) throw new DomainError('invalid-request', { field: 'nickname', reason: longName })
  for (const [field, words] of [
    ['text', text],
    ['nickname', nickname ?? ''],
  ] as const) {
    const reason = refusedWords(words)
    if (reason) throw new DomainError('wish-words-refused', { field, reason })
  }
  return { ...typed, text, nickname }
}

/** What staff can read in a day has an end: whoever meets it reads that, not that they were too fast themselves. */
async function countInTotal({ limits }: Deps): Promise<void> {
  try {
    await limits.count('wish', 'total', 'all')
  } catch (error) {
    if (error instanceof DomainError && error.code === 'too-many-requests')
      throw new DomainError('too-many-wishes', error.details)
    throw error
  }
}

async function writeDown(
  trx: Transaction<DB>,
  deps: Deps,
  origin: string | undefined,
  { text, nickname, locale, poolId, idempotencyKey }: NewWish,
): Promise<string> {
  const { organisationId, vault, clock } = deps
  const pool = poolId === undefined ? undefined : await poolById(trx, organisationId, poolId)
  // Without the words: a hash of them would outlive the wish.
  const claim = await claimKey(trx, vault, {
    organisationId,
    operation: 'write-wish',
    key: idempotencyKey,
    request: { locale, poolId },
    resourceId: newId(),
  })
  const id = claim.resourceId
  if (!claim.first) return sameAsBefore(trx, organisationId, id, { text, nickname })
  if (pool?.state === 'closed') throw new DomainError('pool-closed', { field: 'poolId' })
  const now = clock.now()
  await trx
    .insertInto('wishes.wishes')
    .values({
      organisationId,
      id,
      poolId: poolId ?? null,
      locale,
      text,
      nickname: nickname ?? null,
      withdrawalTokenSha256: sha256(withdrawalToken(vault, id)),
      because: null,
      writtenAt: now,
      lookBy: promisedBy(now),
      decidedBy: null,
      decidedAt: null,
    })
    .execute()
  await recordAct(
    trx,
    organisationId,
    { kind: 'public', origin },
    { at: now, action: 'wish.write', subject: { kind: 'wish', id }, detail: poolId ? { poolId } : {} },
  )
  return id
}

/** A key that comes again: the same words have had their effect, others are refused, and what was erased stays erased. */
async function sameAsBefore(
  trx: Transaction<DB>,
  organisationId: number,
  id: string,
  asked: Pick<NewWish, 'text' | 'nickname'>,
): Promise<string> {
  const [known] = await wordsOf(trx, organisationId, [id])
  if (!known?.text) throw new DomainError('wish-taken-away')
  if (known.text !== asked.text || known.nickname !== (asked.nickname ?? null))
    throw new DomainError('idempotency-key-reused')
  return id
}
