/**
 * Following a pool, or getting the newsletter: letters when there is news. Who is signed in follows at once; an address that
 * was only typed in is asked first, by a letter that looks the same whoever it is.
 */
import type { Kysely, Transaction } from 'kysely'
import { type Actor, type PersonActor, recordAct } from '../acts/index.ts'
import { mailboxOf } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { donorIdOfPerson, donorOfAddress, ownDonor, resumeLetters, tellDonor } from '../donors/index.ts'
import { letters } from '../mail/index.ts'
import type { Locale } from '../money/index.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { followToken, readFollowToken } from './follow-link.ts'

/** Null: the newsletter. */
type Subject = string | null

export interface AskToFollow {
  readonly email: string
  readonly locale: Locale
  readonly poolId: Subject
}

/** Once a day for an address and a pool. Answers nothing: who is known here shows nowhere. */
export async function askToFollow(deps: Deps, actor: Actor, { email, locale, poolId }: AskToFollow) {
  const { db, organisationId, clock, vault } = deps
  const mailbox = vault.fingerprint(`mailbox/${mailboxOf(email)}`).toString('hex')
  await deps.limits.count('follow', 'address', mailbox)
  await deps.limits.count('follow', 'total', 'all')
  await inTransaction(db, async trx => {
    const pool = poolId === null ? null : await poolById(trx, organisationId, poolId)
    const donorId = await donorOfAddress(trx, deps, { email, locale })
    const askedOn = localDate(clock.now())
    const token = followToken(vault, organisationId, { donorId, poolId, askedOn })
    await tellDonor(trx, deps, donorId, 'follow-question', {
      about: `${poolId ?? 'newsletter'}/${askedOn}`,
      write: ({ organisation, base }) =>
        letters.followQuestion({
          ...{ locale, organisation, pool: pool?.name ?? null },
          url: `${base}/follow/${token}`,
        }),
    })
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'follow.ask',
      subject: { kind: 'donor', id: donorId },
      detail: poolId === null ? {} : { poolId },
    })
  })
}

/** Pressed in the letter. Refuses with `follow-link-unknown` what we did not write; pressed again it changes nothing. */
export async function followByLink(deps: Deps, actor: Actor, token: string): Promise<Subject> {
  const { donorId, poolId } = readFollowToken(
    deps.vault,
    deps.organisationId,
    token,
    localDate(deps.clock.now()),
  )
  await inTransaction(deps.db, trx => begin(trx, deps, actor, donorId, poolId)).catch(error => {
    // Erased since: for whoever has the link it is as if it never was.
    if ((error as { code?: string }).code === 'MT001')
      throw new DomainError('follow-link-unknown', { field: 'token' })
    throw error
  })
  return poolId
}

/** What the link is about, so that a page can ask. */
export const subjectOfFollowLink = ({ vault, organisationId, clock }: Deps, token: string): Subject =>
  readFollowToken(vault, organisationId, token, localDate(clock.now())).poolId

/** Whoever is signed in proved their address. Refuses with `not-found` a person without one. */
export async function follow(deps: Deps, actor: PersonActor, locale: Locale, poolId: Subject): Promise<void> {
  await inTransaction(deps.db, async trx => {
    if (poolId !== null) await poolById(trx, deps.organisationId, poolId)
    const donorId = await ownDonor(trx, deps, { personId: actor.id, locale })
    if (!donorId) throw new DomainError('not-found', { field: 'donor' })
    await begin(trx, deps, actor, donorId, poolId)
  })
}

export async function unfollow(deps: Deps, actor: PersonActor, poolId: Subject): Promise<void> {
  const { db, organisationId, clock } = deps
  await inTransaction(db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, actor.id)
    if (!donorId) return
    const { numDeletedRows } = await trx
      .deleteFrom('retention.follows')
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .where('poolId', poolId === null ? 'is' : '=', poolId)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'follow.end',
      subject: { kind: 'donor', id: donorId },
      detail: poolId === null ? {} : { poolId },
    })
  })
}

/** What this person follows; null stands for the newsletter. */
export async function followedBy(deps: Deps, personId: string): Promise<readonly Subject[]> {
  return inTransaction(deps.db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, personId)
    return donorId ? followedByDonor(trx, deps.organisationId, donorId) : []
  })
}

export async function followedByDonor(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  donorId: string,
): Promise<readonly Subject[]> {
  const rows = await db
    .selectFrom('retention.follows')
    .select('poolId')
    .where('organisationId', '=', organisationId)
    .where('donorId', '=', donorId)
    .orderBy('since')
    .execute()
  return rows.map(({ poolId }) => poolId)
}

async function begin(trx: Transaction<DB>, deps: Deps, actor: Actor, donorId: string, poolId: Subject) {
  const { organisationId, clock } = deps
  const since = clock.now()
  const begun = await trx
    .insertInto('retention.follows')
    .values({ organisationId, donorId, poolId, since })
    .onConflict(conflict => conflict.doNothing())
    .returning('since')
    .executeTakeFirst()
  await resumeLetters(trx, deps, actor, donorId, poolId === null ? 'newsletter' : 'pool-news')
  if (!begun) return
  await recordAct(trx, organisationId, actor, {
    at: since,
    action: 'follow.begin',
    subject: { kind: 'donor', id: donorId },
    detail: poolId === null ? {} : { poolId },
  })
}
