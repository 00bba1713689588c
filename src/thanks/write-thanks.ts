/** A recipient thanks the donors of their pool, because they want to. Nobody reads it but they and staff, until staff shows it. */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { enrolmentById } from '../enrolments/index.ts'
import type { Locale } from '../money/index.ts'
import { newTimelessId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { plainWords } from '../platform/plain-words.ts'
import { promisedBy } from '../platform/promise.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { wordsOf } from './words-of.ts'

export const SHORTEST_THANKS = 10
export const LONGEST_THANKS = 500

export interface NewThanks {
  readonly enrolmentId: string
  readonly text: string
  readonly nickname: string | undefined
  readonly locale: Locale
  readonly idempotencyKey: string
}

/** Answers its id. Throws `thanks-waiting` while one waits, and `thanks-this-month` for a second one of a month. */
export async function writeThanks(deps: Deps, actor: PersonActor, typed: NewThanks): Promise<string> {
  const limits = {
    shortest: SHORTEST_THANKS,
    longest: LONGEST_THANKS,
    refusal: 'thanks-words-refused',
  } as const
  const input = plainWords(typed, limits)
  return inTransaction(deps.db, trx => writeDown(trx, deps, actor, input))
}

async function writeDown(
  trx: Transaction<DB>,
  { organisationId, vault, clock }: Deps,
  actor: PersonActor,
  { enrolmentId, text, nickname, locale, idempotencyKey }: NewThanks,
): Promise<string> {
  const { poolId } = await enrolmentById(trx, organisationId, enrolmentId)
  // Without the words: a hash of them would outlive them.
  const claim = await claimKey(trx, vault, {
    ...{ organisationId, operation: 'write-thanks', key: idempotencyKey, request: { enrolmentId, locale } },
    resourceId: newTimelessId(),
  })
  const id = claim.resourceId
  if (!claim.first) return sameAsBefore(trx, organisationId, id, { text, nickname })
  const now = clock.now()
  const written = await trx
    .insertInto('thanks.thanks')
    .values({
      ...{ organisationId, id, enrolmentId, poolId, locale, text, nickname: nickname ?? null },
      ...{ because: null, writtenAt: now, lookBy: promisedBy(now), decidedBy: null, decidedAt: null },
      helpedBy: actor.onBehalfOf === undefined ? null : actor.id,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!written) throw await whyNot(trx, organisationId, enrolmentId)
  // About the enrolment, not about the thank-you: whoever reads the trail does not learn from it who wrote what is shown.
  const subject = { kind: 'enrolment', id: enrolmentId }
  await recordAct(trx, organisationId, actor, { at: now, action: 'thanks.write', subject })
  return id
}

/** The database takes one that waits and one of a month, whoever is first. */
async function whyNot(
  trx: Transaction<DB>,
  organisationId: number,
  enrolmentId: string,
): Promise<DomainError> {
  const waiting = await trx
    .selectFrom('thanks.thanks')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('enrolmentId', '=', enrolmentId)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return new DomainError(waiting ? 'thanks-waiting' : 'thanks-this-month')
}

/** A key that comes again: the same words have had their effect, others are refused, and what was erased stays erased. */
async function sameAsBefore(
  trx: Transaction<DB>,
  organisationId: number,
  id: string,
  asked: Pick<NewThanks, 'text' | 'nickname'>,
): Promise<string> {
  const [known] = await wordsOf(trx, organisationId, [id])
  if (!known?.text) throw new DomainError('thanks-taken-away')
  if (known.text !== asked.text || known.nickname !== (asked.nickname ?? null))
    throw new DomainError('idempotency-key-reused')
  return id
}
