/** The composition root: from settings to running parts, and how they are taken down again. */
import { type Kysely, sql } from 'kysely'
import { createEngines } from './auth/index.ts'
import { type Config, ConfigError } from './config.ts'
import type { DB } from './database.ts'
import { foundDemonstration } from './demonstration/found.ts'
import type { Deps } from './deps.ts'
import { createStripeProvider } from './donations/stripe/index.ts'
import type { MailTransport } from './mail/index.ts'
import { acceptFirstKeys, defaultOrganisation, providerKeys } from './organisations/index.ts'
import { claimInstallation, databaseClock } from './platform/clock.ts'
import { connect } from './platform/db.ts'
import { migrate } from './platform/migrate.ts'
import { noRateLimits, rateLimits } from './platform/rate-limits/index.ts'
import { inTransaction } from './platform/transaction.ts'
import { createVault, deriveSecrets, type Vault } from './platform/vault.ts'
import { simulatedBankRail } from './simulation/index.ts'
import { buildSimulatedStripe, fetchInto } from './simulation/stripe/index.ts'

export interface DatabaseAddress {
  /** As the application. */
  readonly url: string
  /** As the owner; undefined when the service is not to migrate. */
  readonly ownerUrl: string | undefined
  stop(): Promise<void>
}

const EMBEDDED_DATABASE = 'postgres'

/** The database of the settings: the one in DATABASE_URL, or the embedded one, started if it does not run yet. */
export async function openDatabase(config: Config, log: (message: string) => void): Promise<DatabaseAddress> {
  if (config.databaseUrl) {
    // In production migrating is a step of its own, with the owner's URL.
    const ownerUrl = config.mode === 'demonstration' ? config.databaseOwnerUrl : undefined
    return { url: config.databaseUrl, ownerUrl, stop: async () => {} }
  }
  // Only here: the embedded database is an optional dependency that production does not have.
  const { startEmbeddedPostgres } = await import('./platform/embedded-postgres/index.ts')
  const server = await startEmbeddedPostgres({ dataDir: `${config.dataDir}/postgres`, log })
  const url = server.url(EMBEDDED_DATABASE)
  return { url, ownerUrl: url, stop: () => server.stop() }
}

export interface Composition {
  readonly deps: Deps
  close(): Promise<void>
}

/** Whose the connection is. Either steps down to `meent_app`; who founds roles that approve is asked of the login itself. */
export type Login = 'service' | 'owner'

/** Connects, checks that the database is fit for this mode, and makes what use cases are given. */
export async function compose(
  config: Config,
  database: DatabaseAddress,
  options: {
    publicUrl: () => string
    onDatabaseError: (error: Error) => void
    durable?: boolean
    /** Of the simulated provider; what Stripe allows when left out. */
    readsPerSecond?: number
    /** Of one question to the database, in seconds. */
    statementTimeout?: number
    /** The service's when left out. */
    login?: Login
  },
): Promise<Composition> {
  if (database.ownerUrl) await migrate(database.ownerUrl)
  const db = connect<DB>({
    url: database.url,
    maxConnections: config.databaseConnections,
    durable: options.durable ?? true,
    statementTimeout: options.statementTimeout,
    onError: options.onDatabaseError,
  })
  try {
    const mode = await claimInstallation(db, config.mode)
    if (mode !== config.mode) {
      throw new ConfigError([`DATABASE_URL: this database belongs to a ${mode} installation and stays one`])
    }
    if (config.mode === 'real')
      await (options.login === 'owner' ? refusePowerlessLogin(db) : refusePowerfulLogin(db))
    const vault = createVault(config.secrets)
    const organisation = await organisationOf(db, config, vault)
    const clock = databaseClock(db)
    await clock.refresh()
    const { organisationId } = organisation
    const keys = providerKeys(db, organisationId, config.payments, config.stripe)
    await acceptFirstKeys(db, organisationId, keys)
    const deps: Deps = {
      db,
      clock,
      vault,
      limits: config.rateLimits
        ? rateLimits({
            db,
            organisationId: organisation.organisationId,
            onError: options.onDatabaseError,
          })
        : noRateLimits,
      mode: config.mode,
      engines: createEngines({
        secrets: deriveSecrets(config.secrets, 'sign-in'),
        name: 'Meent',
        oidc: config.oidc,
      }),
      organisationId,
      provider: createStripeProvider(providerOptions(config, db, () => clock.now(), options)),
      providerName: config.payments,
      providerKeys: keys,
      bankRail: config.bank === 'simulated' ? simulatedBankRail : undefined,
      mail: await mailOf(config),
      publicUrl: options.publicUrl,
    }
    return { deps, close: () => db.destroy() }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** Loaded only where letters really leave. */
async function mailOf({ smtp }: Config): Promise<MailTransport | undefined> {
  if (!smtp) return undefined
  const { smtpTransport } = await import('./mail/smtp-transport.ts')
  return smtpTransport(smtp)
}

/** The one that the settings name, else the first. A demonstration makes its own; with real money somebody says who holds it. */
async function organisationOf(
  db: Kysely<DB>,
  config: Config,
  vault: Vault,
): Promise<{ organisationId: number }> {
  const known = await defaultOrganisation(db, config.organisation)
  if (known) return known
  if (config.organisation)
    throw new ConfigError([`ORGANISATION: there is no organisation ${config.organisation}`])
  if (config.mode === 'real') {
    throw new ConfigError([
      'no organisation yet: npm run -s cli -- create-organisation; npm run -s cli tells how',
    ])
  }
  return inTransaction(db, trx => foundDemonstration(trx, vault))
}

/** The database answers that a table or schema is not there. */
export const isUnmigrated = (error: unknown): boolean =>
  ['42P01', '3F000'].includes((error as { code?: string } | undefined)?.code ?? '')
export const UNMIGRATED = 'DATABASE_URL: this database is not migrated: DATABASE_OWNER_URL=… npm run migrate'

/** One adapter for both: the simulated provider speaks Stripe's protocol, within this process. */
function providerOptions(
  config: Config,
  db: Kysely<DB>,
  now: () => Date,
  { publicUrl, readsPerSecond }: { publicUrl: () => string; readsPerSecond?: number },
) {
  const { secretKey, webhookSecret, api } = config.stripe
  if (config.payments === 'simulated') {
    return {
      secretKey,
      webhookSecret,
      fetch: fetchInto(
        buildSimulatedStripe({
          ...{ db, now, publicBaseUrl: publicUrl, secretKey },
          ...(readsPerSecond === undefined ? {} : { readsPerSecond }),
        }),
      ),
    }
  }
  if (!api) return { secretKey, webhookSecret }
  const { hostname, port, protocol } = new URL(api)
  return {
    secretKey,
    webhookSecret,
    host: hostname,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    protocol: protocol === 'https:' ? ('https' as const) : ('http' as const),
  }
}

/** With real money the login itself must not be able to write the ledger, not only the role it steps down to. */
async function refusePowerfulLogin(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ powerful: boolean }>`
    select bool_or(pg_has_role(session_user, c.relowner, 'member')
                   or has_any_column_privilege(session_user, c.oid, 'INSERT, UPDATE')
                   or has_table_privilege(session_user, c.oid, 'DELETE, TRUNCATE')) as powerful
      from pg_class c where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p')`.execute(db)
  if (rows[0]?.powerful !== false) {
    throw new ConfigError([
      'DATABASE_URL: this login may write the ledger; give the service a login of its own: create role meent login in role meent_app',
    ])
  }
}

/** The service's login may not found roles that approve: else whoever has its password could, and approve alone. */
async function refusePowerlessLogin(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ founds: boolean }>`select auth.founds() as founds`.execute(db)
  if (!rows[0]?.founds) {
    throw new ConfigError([
      'DATABASE_OWNER_URL: this takes the login that migrates, and the one given does not own the tables',
    ])
  }
}
