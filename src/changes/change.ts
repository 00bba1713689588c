/** A change that needs two people: what it says, by kind, and how far it is. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { PoolTerms } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'

export const kinds = ['own-iban', 'pool-terms', 'approving-role', 'provider-keys', 'lift-freeze'] as const
export type Kind = (typeof kinds)[number]

/** `alone`: new terms of a pool that nobody gave to yet. */
export type Decision = 'approved' | 'rejected' | 'withdrawn' | 'alone'
export type ChangeState = 'open' | 'expired' | Decision
export const states = ['open', 'expired', 'approved', 'rejected', 'withdrawn', 'alone'] as const

/** Nobody decided for this long: it has to be proposed again. The database says the same. */
export const EXPIRES_DAYS = 14
const EXPIRES_MS = EXPIRES_DAYS * 86_400_000

interface Account {
  readonly iban: string
  readonly holder: string
}

/** What a change says, as the database holds its effect to it. Never personal data. */
export interface Contents {
  /** Subject: the account that is left. */
  readonly 'own-iban': { readonly from: Account; readonly to: Account }
  /** Subject: the pool. */
  readonly 'pool-terms': { readonly from: PoolTerms; readonly to: PoolTerms }
  /** Subject: the person. `lastDay`: YYYY-MM-DD, of a stand-in. */
  readonly 'approving-role': {
    readonly personId: string
    readonly role: 'approver' | 'administrator'
    readonly poolId: string | null
    readonly lastDay: string | null
    readonly standInFor: string | null
  }
  /** Subject: the provider. Keyed hashes, in hexadecimal. */
  readonly 'provider-keys': { readonly from: string | null; readonly to: string }
  /** Subject: the freeze. */
  readonly 'lift-freeze': Readonly<Record<string, never>>
}

interface Common {
  readonly id: string
  readonly position: bigint
  readonly subjectId: string
  readonly reason: string
  readonly state: ChangeState
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly expiresAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  /** Of a rejection. */
  readonly decisionReason: string | null
}

export type Said = { [K in Kind]: { readonly kind: K; readonly content: Contents[K] } }[Kind]
export type Change = Common & Said

type Reader = Kysely<DB> | Transaction<DB>

const columns = [
  ...(['id', 'position', 'kind', 'subjectId', 'content', 'reason', 'proposedBy', 'proposedAt'] as const),
  ...(['decidedBy', 'decidedAt', 'decision', 'decisionReason'] as const),
] as const

const rows = (db: Reader, organisationId: number) =>
  db.selectFrom('changes.changes').select(columns).where('organisationId', '=', organisationId)

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>

function changeOf({ decision, kind, content, ...row }: Row, now: Date): Change {
  const expiresAt = new Date(row.proposedAt.getTime() + EXPIRES_MS)
  const state = decision ?? (expiresAt <= now ? 'expired' : 'open')
  // The database holds the content to its kind when it takes effect; we wrote it.
  return { ...row, ...({ kind, content } as Said), state, expiresAt }
}

/** Throws `not-found`. */
export async function changeById(db: Reader, organisationId: number, id: string, now: Date): Promise<Change> {
  const row = await rows(db, organisationId).where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'changeId' })
  return changeOf(row, now)
}

/** As `changeById`, and nobody else decides it until the transaction ends. */
export async function lockChange(
  trx: Transaction<DB>,
  organisationId: number,
  id: string,
  now: Date,
): Promise<Change> {
  const row = await rows(trx, organisationId).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'changeId' })
  return changeOf(row, now)
}

export interface ChangeFilter {
  readonly kind?: Kind | undefined
  readonly state?: ChangeState | undefined
  readonly subjectId?: string | undefined
  /** Those with lower positions than this one. */
  readonly before?: bigint | undefined
  readonly limit: number
}

/** Newest first; `next`: where the following page begins, null on the last one. */
export async function changes(
  db: Reader,
  organisationId: number,
  now: Date,
  { kind, state, subjectId, before, limit }: ChangeFilter,
): Promise<{ changes: Change[]; next: bigint | null }> {
  const since = new Date(now.getTime() - EXPIRES_MS)
  let query = rows(db, organisationId)
  if (kind) query = query.where('kind', '=', kind)
  if (subjectId) query = query.where('subjectId', '=', subjectId)
  if (before !== undefined) query = query.where('position', '<', sql<bigint>`${before.toString()}::bigint`)
  if (state === 'open') query = query.where('decision', 'is', null).where('proposedAt', '>', since)
  else if (state === 'expired') query = query.where('decision', 'is', null).where('proposedAt', '<=', since)
  else if (state) query = query.where('decision', '=', state)
  const found = await query
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute()
  const page = found.slice(0, limit)
  return {
    changes: page.map(row => changeOf(row, now)),
    next: found.length > limit ? (page.at(-1)?.position ?? null) : null,
  }
}

/** Where each of these stands in the list: a page that begins right after it has it on top. */
export async function changePositions(
  db: Reader,
  organisationId: number,
  ids: readonly string[],
): Promise<Map<string, bigint>> {
  if (ids.length === 0) return new Map()
  const found = await rows(db, organisationId).where('id', 'in', ids).execute()
  return new Map(found.map(({ id, position }) => [id, position]))
}
