/** Makes a key for a program. It can do less than whoever makes it, for a time; its secret is shown once. */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { newId, sha256 } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { newKeySecret, startOf } from './key-secret.ts'
import { isKeyScope } from './keys.ts'
import { allows, type Permission, ruleOf } from './permissions.ts'
import { personById } from './persons.ts'

export const LONGEST_KEY_DAYS = 400
export const USUAL_KEY_DAYS = 90

export interface NewKey {
  /** 2 to 80 characters: what the program is called. */
  readonly name: string
  readonly scopes: readonly Permission[]
  /** Null: the whole organisation. */
  readonly poolId: string | null
  /** 1 to 400. */
  readonly days: number
  readonly reason: string
}

export interface MadeKey {
  readonly id: string
  /** Nobody can ask for it again: only its hash is stored. */
  readonly secret: string
}

/** Throws `invalid-request`, `key-too-wide` or `not-found`, each with the field. */
export async function createKey(deps: Deps, actor: PersonActor, key: NewKey): Promise<MadeKey> {
  return inTransaction(deps.db, trx => makeKey(trx, deps, actor, key))
}

/** As part of rotating: `replaces` is the key that the new one takes over from. */
export async function makeKey(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  key: NewKey,
  replaces: string | null = null,
): Promise<MadeKey> {
  const { organisationId, clock } = deps
  refuseUnfit(key)
  await refuseUnknownPool(trx, organisationId, key.poolId)
  await refuseTooWide(trx, deps, actor, key)
  const id = newId()
  const secret = newKeySecret()
  const scopes = [...new Set(key.scopes)].sort()
  await trx
    .insertInto('auth.keys')
    .values({
      organisationId,
      id,
      keySha256: sha256(secret),
      start: startOf(secret),
      name: key.name,
      scopes,
      poolId: key.poolId,
      createdBy: actor.id,
      createdAt: sql<Date>`now()`,
      expiresAt: sql<Date>`now() + make_interval(hours => ${key.days * 24}::int)`,
      replaces,
      usedAt: null,
      endedBy: null,
      endedAt: null,
    })
    .execute()
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'key.make',
    subject: { kind: 'key', id },
    reason: key.reason,
    detail: {
      scopes: scopes.join(' '),
      days: key.days,
      ...(key.poolId ? { poolId: key.poolId } : {}),
      ...(replaces ? { replaces } : {}),
    },
  })
  return { id, secret }
}

function refuseUnfit({ name, scopes, days, poolId }: NewKey): void {
  const wrong = (field: string, nl: string, en: string) =>
    new DomainError('invalid-request', { field, reason: { nl, en } })
  if (name.trim().length < 2 || name.length > 80)
    throw wrong('name', 'Geef een naam van 2 tot 80 tekens', 'Give a name of 2 to 80 characters')
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_KEY_DAYS)
    throw wrong('days', `Kies 1 tot ${LONGEST_KEY_DAYS} dagen`, `Choose 1 to ${LONGEST_KEY_DAYS} days`)
  if (scopes.length === 0 || !scopes.every(isKeyScope))
    throw wrong('scopes', 'Kies wat de sleutel mag', 'Choose what the key may do')
  if (poolId !== null && scopes.some(scope => ruleOf(scope).of === 'organisation'))
    throw wrong(
      'scopes',
      'Dit gaat over de hele organisatie, en deze sleutel is voor één pot',
      'This is about the whole organisation, and this key is for one pool',
    )
}

async function refuseUnknownPool(trx: Transaction<DB>, organisationId: number, poolId: string | null) {
  if (poolId === null) return
  const pool = await trx
    .selectFrom('pools.pools')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', poolId)
    .executeTakeFirst()
  if (!pool) throw new DomainError('not-found', { field: 'poolId' })
}

/** Never more than its maker may do, there, today: a key is no way to a role. */
async function refuseTooWide(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  actor: PersonActor,
  { scopes, poolId }: NewKey,
): Promise<void> {
  const maker = await personById(trx, organisationId, localDate(clock.now()), actor.id)
  const wide = scopes.filter(scope => !maker || !allows(scope, maker.grants, poolId))
  if (wide.length > 0) throw new DomainError('key-too-wide', { field: 'scopes', reason: wide.join(', ') })
}
