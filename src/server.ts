/**
 * The process: reads the settings, opens the database, starts web, API and jobs, and takes them down in order.
 * In demonstration mode it needs nothing at all; in production it says in one line each what is missing.
 */
import type { FastifyBaseLogger } from 'fastify'
import { type App, buildApp } from './app.ts'
import { compose, type DatabaseAddress, isUnmigrated, openDatabase, UNMIGRATED } from './compose.ts'
import { type Config, ConfigError, environment, readConfig } from './config.ts'
import { isSeeded, markSeeded, seedDemonstration } from './demonstration/seed.ts'
import { welcome } from './demonstration/welcome.ts'
import type { Deps } from './deps.ts'
import { jobsOf } from './jobs.ts'
import { type Jobs, startJobs } from './platform/jobs.ts'
import { createLogger } from './platform/log.ts'
import { liveOn, type World } from './simulation/index.ts'

const SHUTDOWN_MS = 25_000
/** Below the time that a request may take: whoever has given up waiting does not keep the database busy. */
const STATEMENT_SECONDS = 25

interface Running {
  readonly address: string
  stop(): Promise<void>
}

async function start(config: Config, log: FastifyBaseLogger): Promise<Running> {
  const database = await openDatabase(config, message => log.info(message))
  const stops: (() => Promise<unknown>)[] = [() => database.stop()]
  const stop = async () => {
    for (const each of stops.splice(0).reverse())
      await each().catch(error => log.error(error, 'while stopping'))
  }
  try {
    // Until the port is known; with PORT=0 the seeded donations keep this one, and nobody follows their links.
    let address = config.publicUrl ?? `http://${config.host}:${config.port}`
    const { deps, close } = await compose(config, database, {
      publicUrl: () => address,
      onDatabaseError: error => log.error(error, 'database connection lost'),
      statementTimeout: STATEMENT_SECONDS,
    })
    stops.push(close)
    if (!(await deps.providerKeys.areAccepted()))
      log.warn('payments on hold: these keys of the payment provider wait for two people, see /admin/changes')
    let jobs: Jobs | undefined
    let webhookAddress = ''
    const app: App = await buildApp(deps, {
      logger: log,
      trustProxy: config.trustProxy,
      signIn: config.signIn,
      requestJob: async name => jobs?.request(name),
      liveOn: isSimulated(config) ? () => liveOn(deps, world) : undefined,
    })
    const world: World = {
      payments: config.payments === 'simulated',
      bank: config.bank === 'simulated',
      webhookSecret: config.stripe.webhookSecret,
      deliver: async (body, signature) => {
        const headers = { 'stripe-signature': signature, 'content-type': 'application/json' }
        return (await fetch(`${webhookAddress}/v1/provider-events`, { method: 'POST', headers, body })).status
      },
    }
    if (config.mode === 'demonstration') await tellStory(config, database, deps, log)
    const bound = await app.listen({ host: config.host, port: config.port })
    webhookAddress = bound
    stops.push(() => app.close())
    address = config.publicUrl ?? bound
    if (config.jobs) {
      jobs = await startJobs({
        url: database.url,
        jobs: jobsOf(deps, isSimulated(config) ? () => liveOn(deps, world) : undefined),
        onError: (error, job) => log.error({ err: error, job }, 'job failed'),
      })
      stops.push(() => jobs?.stop() ?? Promise.resolve())
    }
    return { address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * The story is many small commits, and telling it again does no harm: it is not waited for until each is on disk.
 * The one that says that it was told is, and everything before it with it.
 */
async function tellStory(
  config: Config,
  database: DatabaseAddress,
  deps: Deps,
  log: FastifyBaseLogger,
): Promise<void> {
  if (await isSeeded(deps)) return
  const options = {
    publicUrl: deps.publicUrl,
    onDatabaseError: (error: Error) => log.error(error),
    durable: false,
    readsPerSecond: Infinity, // months pass in a second
  }
  const telling = await compose(config, { ...database, ownerUrl: undefined }, options)
  try {
    await seedDemonstration(telling.deps, config.stripe.webhookSecret)
  } finally {
    await telling.close()
  }
  await markSeeded(deps)
}

const isSimulated = (config: Config) =>
  config.mode === 'demonstration' && (config.payments === 'simulated' || config.bank === 'simulated')

/** One line a setting, and nothing of a stack: whoever starts the service can mend it. */
function explain(error: unknown): void {
  for (const line of linesOf(error)) process.stderr.write(`meent: ${line}\n`)
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems
  if (isUnmigrated(error)) return [UNMIGRATED]
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return [`PORT: ${port} is in use, perhaps by another copy of this service; choose another`]
  return [error instanceof Error ? error.message : String(error)]
}

async function main(): Promise<void> {
  const config = readConfig(environment())
  const log = createLogger(config.logLevel)
  const starting = start(config, log)
  // From the first moment on: whoever stops it while it starts gets the same orderly end.
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      log.info(`${signal}: finishing what was begun`)
      setTimeout(() => process.exit(1), SHUTDOWN_MS).unref()
      starting
        .then(running => running.stop())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        )
    })
  }
  const { address } = await starting
  if (config.mode === 'demonstration' && !stopping) process.stdout.write(welcome(address))
}

main().catch(error => {
  explain(error)
  process.exit(1)
})
