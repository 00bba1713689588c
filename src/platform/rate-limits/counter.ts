/**
 * Counts who came by how often, in one table for all instances. What is over its limit is remembered here until its window
 * ends, so a flood costs no queries.
 */
import { CompiledQuery, type Kysely, sql } from 'kysely'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../../refusals.ts'
import { type LimitName, type Limits, limits as ourLimits, type Subject } from './limits.ts'

/** What is left of a quota, for the headers of an answer. */
export interface Allowance {
  readonly policy: string
  readonly points: number
  readonly seconds: number
  readonly remaining: number
  readonly resetSeconds: number
}

export interface RateLimits {
  /**
   * Counts one more; null where nothing is limited. `id`: a keyed hash or an id in hexadecimal, or `all`.
   * Throws `too-many-requests` with the seconds to wait, or `temporarily-unavailable` where nobody gets through uncounted.
   */
  count(limit: LimitName, subject: Subject, id: string): Promise<Allowance | null>
}

/** Where limits are switched off: tests that are about something else. */
export const noRateLimits: RateLimits = { count: async () => null }

export interface RateLimitsOptions<DB> {
  readonly db: Kysely<DB>
  readonly organisationId: number
  /** The count could not be reached. */
  readonly onError: (error: Error) => void
  /** Other numbers, for tests that reach them. */
  readonly limits?: Limits
}

/** Waiting longer than this for a count would make the limit itself what slows everybody down. */
const PATIENCE_MS = 1_000
const RETRY_SECONDS = 10
/** After its window has ended: the clocks of instances differ a little. */
const FORGET_AFTER_MS = 60_000

export function rateLimits<DB>(options: RateLimitsOptions<DB>): RateLimits {
  const { organisationId } = options
  const limits: Limits = options.limits ?? ourLimits
  const client = clientOf(options)
  const counters = new Map<string, RateLimiterPostgres>()
  for (const [name, { quotas, whenAway }] of Object.entries(limits)) {
    for (const [subject, { points, seconds }] of Object.entries(quotas)) {
      const common = { keyPrefix: `${organisationId}/${name}/${subject}`, points, duration: seconds }
      const counter = new RateLimiterPostgres({
        ...common,
        storeClient: client,
        storeType: 'client',
        schemaName: 'platform',
        tableName: 'rate_limits',
        tableCreated: true,
        clearExpiredByTimeout: false, // a job does: see forgetCounts
        inMemoryBlockOnConsumed: points,
        ...(whenAway === 'count-here' ? { insuranceLimiter: new RateLimiterMemory(common) } : {}),
      })
      counters.set(`${name}/${subject}`, counter)
    }
  }
  return {
    async count(limit, subject, id) {
      const quota = limits[limit].quotas[subject]
      const counter = counters.get(`${limit}/${subject}`)
      if (!quota || !counter) return null
      try {
        const { remainingPoints, msBeforeNext } = await counter.consume(id.toLowerCase())
        const resetSeconds = Math.ceil(msBeforeNext / 1000)
        return { policy: `${limit}-${subject}`, ...quota, remaining: remainingPoints, resetSeconds }
      } catch (reached) {
        if (!(reached instanceof RateLimiterRes)) {
          throw new DomainError('temporarily-unavailable', { retryAfter: RETRY_SECONDS })
        }
        const wait = Math.max(1, Math.ceil(reached.msBeforeNext / 1000))
        throw new DomainError('too-many-requests', { retryAfter: wait, reason: waitWords(wait) })
      }
    },
  }
}

/** Removes what counts for nothing any more; answers how much. */
export async function forgetCounts<DB>(db: Kysely<DB>): Promise<number> {
  const { numAffectedRows } =
    await sql`delete from platform.rate_limits where expire < ${Date.now() - FORGET_AFTER_MS}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

function waitWords(seconds: number) {
  if (seconds <= 90) {
    return {
      nl: `Probeer het over ${seconds} ${seconds === 1 ? 'seconde' : 'seconden'} opnieuw`,
      en: `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
    }
  }
  const minutes = Math.ceil(seconds / 60)
  return { nl: `Probeer het over ${minutes} minuten opnieuw`, en: `Try again in ${minutes} minutes` }
}

interface Query {
  readonly text: string
  readonly values: readonly unknown[]
}

/** What the package takes for a client of Postgres: our own connections, and numbers where they give bigints. */
function clientOf<DB>({ db, onError }: RateLimitsOptions<DB>) {
  return {
    async query({ text, values }: Query) {
      const asked = db.executeQuery<{ points: number; expire: bigint }>(CompiledQuery.raw(text, [...values]))
      try {
        const { rows, numAffectedRows } = await withinPatience(asked)
        return {
          rows: rows.map(({ points, expire }) => ({ points, expire: Number(expire) })),
          rowCount: Number(numAffectedRows ?? rows.length),
        }
      } catch (error) {
        onError(error as Error)
        throw error
      }
    },
  }
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the rate limits do not answer')), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => {}) // an answer that comes too late is nobody's
  }
}
