/**
 * Background jobs on pg-boss: a table of names, cron lines and handlers. A job may run on any instance and run
 * twice; each handler is safe to repeat. Polling only, so a connection pooler in transaction mode may stand between.
 */
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { withoutOptions } from './database-url.ts'
import { listenForErrors } from './db.ts'
import { JOBS_SCHEMA } from './jobs-schema.ts'

export interface Job {
  /** Cron line in Europe/Amsterdam. */
  readonly every: string
  run(): Promise<unknown>
}

export interface Jobs {
  /** Runs a job as soon as a worker is free; several requests at once become one run. */
  request(name: string): Promise<void>
  stop(): Promise<void>
}

export interface JobsOptions {
  readonly url: string
  readonly jobs: Readonly<Record<string, Job>>
  readonly onError: (error: Error, job?: string) => void
}

const POLLING_SECONDS = 1
/** The queue's own questions are small: what takes longer is stuck. */
const SESSION_OPTIONS = '-c role=meent_app -c statement_timeout=30s'
const STOP_TIMEOUT_MS = 20_000

/** The queue's own connections, with the application's rights whatever the URL says. */
export function jobsPool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withoutOptions(url),
    max: 3,
    options: SESSION_OPTIONS,
    application_name: 'meent-jobs',
  })
  listenForErrors(pool, onError)
  return pool
}

export async function startJobs({ url, jobs, onError }: JobsOptions): Promise<Jobs> {
  const pool = jobsPool(url, error => onError(error))
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    schema: JOBS_SCHEMA,
    migrate: false,
    createSchema: false,
    reindex: false, // needs the owner
  })
  boss.on('error', error => onError(error))
  await boss.start()
  for (const [name, job] of Object.entries(jobs)) {
    // 'short': at most one waiting, so a burst of requests is one run.
    await boss.createQueue(name, { policy: 'short', retryLimit: 5, retryBackoff: true, expireInSeconds: 900 })
    await boss.work(name, { pollingIntervalSeconds: POLLING_SECONDS }, async () => {
      try {
        await job.run()
      } catch (error) {
        onError(error as Error, name)
        throw error
      }
    })
    await boss.schedule(name, job.every, null, { tz: 'Europe/Amsterdam' })
  }
  return {
    async request(name) {
      await boss.send(name, null)
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS })
      await pool.end()
    },
  }
}
