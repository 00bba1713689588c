/**
 * The door for the provider's events: verify the signature on the raw body, store once, answer. Nothing is acted
 * on here; an event only tells us to look at the provider's transactions. Events that come at the same time are stored
 * together, and each sender is answered when the transaction with its event has been committed.
 */
import { sql } from 'kysely'
import { sealTogether } from '../archive/index.ts'
import type { Deps } from '../deps.ts'
import { newIds } from '../platform/id.ts'
import { joined } from '../platform/joined.ts'
import { DomainError } from '../refusals.ts'
import { type ProviderEvent, ProviderEventRefused } from './provider.ts'

/** In one statement: some megabytes at most. */
const MOST = 500
/** A second of a busy evening. Whoever comes then is sent away, and comes again: the provider tries for three days. */
const MAY_WAIT = 10_000
const RETRY_SECONDS = 5

interface Arrived {
  readonly event: Omit<ProviderEvent, 'data'>
  readonly rawBody: Buffer
}

export interface InboxOptions {
  /** Something new was stored: whoever acts on it may begin. */
  readonly onNew?: () => Promise<void>
  readonly mayWait?: number
}

/**
 * Opens the door. What it answers takes one event and says whether it is new. Throws `forged-event`, of which the reason is
 * not told to the sender, and `temporarily-unavailable` while too many wait.
 */
export function openInbox(deps: Deps, { onNew, mayWait = MAY_WAIT }: InboxOptions = {}) {
  const { provider } = deps
  const store = joined<Arrived, boolean>(
    async arrived => {
      const answers = await storeApart(deps, arrived)
      if (answers.includes(true)) await onNew?.()
      return answers
    },
    {
      most: MOST,
      mayWait,
      refusal: () => new DomainError('temporarily-unavailable', { retryAfter: RETRY_SECONDS }),
    },
  )
  return async (rawBody: Buffer, signature: string): Promise<{ isNew: boolean }> => {
    let event: Arrived['event']
    try {
      const { data: _, ...said } = provider.verifyEvent(rawBody, signature, deps.clock.now())
      event = said // what it holds stays sealed, and is not kept while it waits
    } catch (error) {
      if (error instanceof ProviderEventRefused) throw new DomainError('forged-event')
      throw error
    }
    return { isNew: await store({ event, rawBody }) }
  }
}

/** One that the database cannot take is refused alone: halved until it stands by itself. What fails otherwise fails all. */
async function storeApart(deps: Deps, arrived: readonly Arrived[]): Promise<(boolean | Error)[]> {
  try {
    const ids = newIds(arrived.length)
    const fresh = await storeTogether(deps, arrived, ids)
    return ids.map(id => fresh.has(id))
  } catch (error) {
    if (!/^(22|23)/.test((error as { code?: string }).code ?? '')) throw error
    if (arrived.length === 1) return [error as Error]
    const middle = arrived.length >> 1
    const first = await storeApart(deps, arrived.slice(0, middle))
    return [...first, ...(await storeApart(deps, arrived.slice(middle)))]
  }
}

/** One statement, and so one transaction. Answers the documents of those that were new. */
async function storeTogether(
  { db, vault, organisationId, clock }: Deps,
  arrived: readonly Arrived[],
  ids: readonly string[],
): Promise<Set<string>> {
  const documents = arrived.map(({ rawBody: body }, index) => ({ id: ids[index] ?? '', body }))
  const archiving = { organisationId, kind: 'provider-event', now: clock.now() } as const
  const { hashes, sealed, starts, sizes, keepUntil } = sealTogether(vault, archiving, documents)
  const { rows } = await sql<{ id: string }>`
    select donations.take_in(${organisationId},
        ${arrived.map(({ event }) => event.id)}::text[], ${arrived.map(({ event }) => event.type)}::text[],
        ${list(arrived.map(({ event }) => event.createdAt.toISOString()))}::timestamptz[],
        ${arrived.map(({ event }) => event.objectId ?? null)}::text[], ${list(ids)}::uuid[],
        ${hashes}::bytea, ${sealed}::bytea, ${list(starts)}::int[], ${list(sizes)}::int[], ${keepUntil}::date) as id`.execute(
    db,
  )
  return new Set(rows.map(row => row.id))
}

/** An array for Postgres of what needs no quotes. */
const list = (values: readonly (number | string)[]) => `{${values.join(',')}}`
