/**
 * One proof: better-auth works within our transaction, and tells by the session that it would make whom it has
 * proven. What it refuses is remembered rather than thrown, so that the count of a wrong guess is kept.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { isAPIError } from 'better-auth/api'
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import type { Vault } from '../../platform/vault.ts'

export interface Proving {
  readonly trx: Transaction<DB>
  readonly organisationId: number
  readonly vault: Vault
  /** Whom it proved, and the token of a link that it made. */
  readonly proof: { personId: string | null; mailToken: string | null }
}

const store = new AsyncLocalStorage<Proving>()

/** What the adapter works with. Throws outside of a proof: nothing of better-auth runs by itself. */
export function proving(): Proving {
  const now = store.getStore()
  if (!now) throw new Error('better-auth was called outside of a proof')
  return now
}

export interface Refused {
  readonly code: string
  readonly status: number
}

export type Proven<T> =
  | {
      readonly answer: T
      readonly personId: string | null
      readonly mailToken: string | null
      readonly refused?: undefined
    }
  | { readonly refused: Refused; readonly answer?: undefined; readonly mailToken?: undefined }

/** Runs one call of better-auth; throws only what is a fault. The caller commits either way. */
export async function prove<T>(
  trx: Transaction<DB>,
  { organisationId, vault }: Pick<Deps, 'organisationId' | 'vault'>,
  call: () => Promise<T>,
): Promise<Proven<T>> {
  const now: Proving = { trx, organisationId, vault, proof: { personId: null, mailToken: null } }
  try {
    const answer = await store.run(now, call)
    return { answer, ...now.proof }
  } catch (error) {
    if (!isAPIError(error)) throw error
    return { refused: { code: refusalOf(error), status: error.statusCode } }
  }
}

/** Some refusals are redirects that say why in their address. */
function refusalOf(error: {
  body?: { code?: string } | undefined
  headers?: ConstructorParameters<typeof Headers>[0]
}): string {
  if (error.body?.code) return error.body.code
  const location = new Headers(error.headers).get('location')
  return (location && URL.parse(location, 'http://localhost')?.searchParams.get('error')) || 'UNKNOWN'
}
