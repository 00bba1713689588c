/** Who stands behind the pools, as donors read it: address, registration, board, and whether gifts are deductible. */
import type { Kysely, Transaction } from 'kysely'
import { type Actor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { isLocalDate } from '../platform/calendar/index.ts'
import { newId } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'

export interface ProfilesTable {
  organisationId: number
  id: string
  address: string
  registered: string | null
  anbiSince: string | null
  policyUrl: string | null
  board: string[]
  recordedAt: Date
}

export interface Profile {
  readonly address: string
  /** Number at the chamber of commerce. */
  readonly registered: string | null
  /** YYYY-MM-DD; null: no ANBI, so donors cannot deduct their gifts. */
  readonly anbiSince: string | null
  /** Where policy plan and yearly figures stand. */
  readonly policyUrl: string | null
  /** One line for each member, with their function. */
  readonly board: readonly string[]
}

/** Null until one was recorded. */
export async function profileOf(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
): Promise<Profile | null> {
  const row = await db
    .selectFrom('organisations.profiles')
    .select(['address', 'registered', 'anbiSince', 'policyUrl', 'board'])
    .where('organisationId', '=', organisationId)
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row ?? null
}

export interface ProfileInput {
  readonly address: string
  /** Lines divided by `;`. */
  readonly board: string
  readonly registered?: string | undefined
  readonly 'anbi-since'?: string | undefined
  readonly 'policy-url'?: string | undefined
}

/** Throws `invalid-request` naming the option that is wrong. What was told before stays in the table. */
export async function recordProfile(deps: Deps, actor: Actor, input: ProfileInput): Promise<void> {
  const { db, organisationId, clock } = deps
  await inTransaction(db, trx => writeProfile(trx, organisationId, actor, clock.now(), checked(input)))
}

export async function writeProfile(
  trx: Transaction<DB>,
  organisationId: number,
  actor: Actor,
  at: Date,
  profile: Profile,
): Promise<void> {
  await trx
    .insertInto('organisations.profiles')
    .values({ organisationId, id: newId(), ...profile, board: [...profile.board], recordedAt: at })
    .execute()
  await recordAct(trx, organisationId, actor, {
    at,
    action: 'organisation.record-profile',
    subject: { kind: 'organisation', id: String(organisationId) },
  })
}

function checked(input: ProfileInput): Profile {
  const refuse = (field: string, reason: string) => new DomainError('invalid-request', { field, reason })
  const line = (field: string, typed: string, least: number, most: number): string => {
    const clean = typed.replace(/\s+/gu, ' ').trim()
    if (clean.length < least || clean.length > most) throw refuse(field, `${least}–${most}`)
    return clean
  }
  const board = input.board
    .split(';')
    .filter(part => part.trim())
    .map(part => line('board', part, 2, 120))
  if (board.length === 0 || board.length > 30) throw refuse('board', '1–30, divided by ;')
  const registered = input.registered ?? null
  if (registered !== null && !/^\d{8}$/.test(registered)) throw refuse('registered', '8 digits')
  const anbiSince = input['anbi-since'] ?? null
  if (anbiSince !== null && !isLocalDate(anbiSince)) throw refuse('anbi-since', 'YYYY-MM-DD')
  const policyUrl = input['policy-url'] ?? null
  if (policyUrl !== null && !(/^https:\/\/\S{3,190}$/.test(policyUrl) && URL.canParse(policyUrl)))
    throw refuse('policy-url', 'https://…')
  return { address: line('address', input.address, 5, 200), registered, anbiSince, policyUrl, board }
}
