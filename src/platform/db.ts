/**
 * The connection to Postgres as the application's role, and the one place where SQL names and values become
 * TypeScript ones: snake_case to camelCase, int8 to bigint, date to 'YYYY-MM-DD'.
 */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { withoutOptions } from './database-url.ts'

const INT8 = 20
const DATE = 1082

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, BigInt],
  [DATE, text => text],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/**
 * Every session steps down to `meent_app`, so that even an owner's URL gives the service no more rights than it needs. No
 * query here runs long enough to be worth compiling.
 */
const sessionOptions =
  '-c role=meent_app -c jit=off -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=60s'

/** From the terminal and in background jobs. */
const STATEMENT_SECONDS = 120

export interface ConnectOptions {
  readonly url: string
  readonly maxConnections?: number
  /**
   * False: a commit answers before it is on disk. What was committed last may be lost at a power cut, in order; only
   * for work that is simply done again.
   */
  readonly durable?: boolean
  /** Seconds that one question may take. Who answers requests stays below what a request may take. */
  readonly statementTimeout?: number | undefined
  /** An idle connection broke: Postgres restarted, the network failed. The pool replaces it by itself. */
  readonly onError: (error: Error) => void
}

/** Opens a pool; it connects lazily. The caller ends it with `destroy()`. */
export function connect<DB>({
  url,
  maxConnections = 10,
  durable = true,
  statementTimeout = STATEMENT_SECONDS,
  onError,
}: ConnectOptions): Kysely<DB> {
  const pool = new pg.Pool({
    connectionString: withoutOptions(url),
    max: maxConnections,
    options: [
      sessionOptions,
      `-c statement_timeout=${statementTimeout}s`,
      ...(durable ? [] : ['-c synchronous_commit=off']),
    ].join(' '),
    types,
  })
  listenForErrors(pool, onError)
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

/** A connection that breaks while it is in use must fail its query, and never the process. */
export function listenForErrors(pool: pg.Pool, onError: (error: Error) => void): void {
  pool.on('error', onError)
  pool.on('connect', client => client.on('error', onError))
}
