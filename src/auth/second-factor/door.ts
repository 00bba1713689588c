/**
 * Where a code of six digits is shown, and how often it may be wrong. Whoever has only the mailbox guesses at one door for the
 * person, which shuts for longer each time. A session in which the second factor was shown has ten guesses of its own, and
 * recovery codes and passkeys cannot be guessed and pass no door, and `may-try-here.ts` leaves a few tries where the person
 * is known: so shutting it never shuts the person out.
 */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../../acts/index.ts'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { endSession, type Session } from '../sessions.ts'
import { tellOfChange } from './tell-of-change.ts'

export const GUESSES = 10
const FIRST_MINUTES = 15
const MOST_MINUTES = 24 * 60

/** A quarter of an hour, then twice as long each time, at most a day; a right code begins anew. */
export const minutesShut = (timesBefore: number): number =>
  Math.min(FIRST_MINUTES * 2 ** timesBefore, MOST_MINUTES)

/** The row of its person, locked. */
export interface Door {
  readonly id: string
  readonly failedAttempts: number
  readonly lockedUntil: Date | null
  readonly timesShut: number
}

const hasItsOwn = (session: Session) => session.secondFactorAt !== null

/** Seconds until this session may try again; 0 when it may now. */
export function secondsShut(session: Session, { lockedUntil }: Door): number {
  if (hasItsOwn(session) || !lockedUntil) return 0
  return Math.max(0, Math.ceil((lockedUntil.getTime() - Date.now()) / 1000))
}

/** Counts a wrong one. The tenth shuts the door, or ends the session that has its own, and the person is told. */
export async function countWrong(
  trx: Transaction<DB>,
  deps: Deps,
  { session, actor, door }: { session: Session; actor: PersonActor; door: Door },
): Promise<'again' | 'shut' | 'ended'> {
  const isOver = hasItsOwn(session)
    ? (await countInSession(trx, deps, session)) >= GUESSES
    : await countAtDoor(trx, deps, door)
  if (!isOver) return 'again'
  if (hasItsOwn(session)) {
    await endSession(trx, deps.organisationId, session.id)
    await recordAct(trx, deps.organisationId, actor, {
      at: deps.clock.now(),
      action: 'session.end',
      subject: { kind: 'person', id: session.person.id },
      detail: { by: 'wrong-codes' },
    })
  }
  await tellOfChange(trx, deps, session.person.id, 'second-factor-guessed')
  return hasItsOwn(session) ? 'ended' : 'shut'
}

async function countInSession(
  trx: Transaction<DB>,
  { organisationId }: Deps,
  { id }: Session,
): Promise<number> {
  const counted = await trx
    .updateTable('auth.sessions')
    .set({ wrongCodes: sql<number>`wrong_codes + 1` })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .returning('wrongCodes')
    .executeTakeFirst()
  return counted?.wrongCodes ?? 0
}

/** Whether this was the one that shut it. */
async function countAtDoor(trx: Transaction<DB>, { organisationId }: Deps, door: Door): Promise<boolean> {
  const wrong = door.failedAttempts + 1
  const shuts = wrong >= GUESSES
  const until = new Date(Date.now() + minutesShut(door.timesShut) * 60_000)
  await trx
    .updateTable('auth.authenticators')
    .set(
      shuts
        ? { failedAttempts: 0, timesShut: door.timesShut + 1, lockedUntil: until }
        : { failedAttempts: wrong },
    )
    .where('organisationId', '=', organisationId)
    .where('id', '=', door.id)
    .execute()
  return shuts
}

/**
 * The door is as new, after what cannot be guessed or a right code at it. Not by a code in a session that has its own: whoever
 * guesses there would gain by it.
 */
export async function openDoor(
  trx: Transaction<DB>,
  { organisationId }: Deps,
  personId: string,
): Promise<void> {
  await trx
    .updateTable('auth.authenticators')
    .set({ failedAttempts: 0, timesShut: 0, lockedUntil: null })
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .where('verified', '=', true)
    .execute()
}
