/**
 * Runs migrations/*.sql, each once, in order, as the owner: all that are pending in one transaction, so that a
 * crash leaves the schema as it was. A file that landed is frozen: when its text changed, migrating is refused.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { installJobs } from './jobs-schema.ts'

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url))

const INSUFFICIENT_PRIVILEGE = '42501'
const NOT_THE_OWNER =
  'DATABASE_OWNER_URL: this login may not migrate: it must own the database and have CREATEROLE (see README, "For real")'

/** Migrates the database that `ownerUrl` points at; answers the names of the files that ran now. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => {}) // the failing query rejects as well, and that is what the caller sees
  await client.connect()
  try {
    await client.query('begin')
    await client.query("select pg_advisory_xact_lock(hashtext('meent-migrations'))")
    const ran = await runPending(client)
    await installJobs(client)
    await client.query('commit')
    return ran
  } catch (error) {
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) throw new Error(NOT_THE_OWNER)
    throw error
  } finally {
    await client.end()
  }
}

async function runPending(client: pg.Client): Promise<string[]> {
  await client.query(`
    create schema if not exists migrations;
    create table if not exists migrations.applied (
      name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp()
    )`)
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migrations.applied',
  )
  const applied = new Map(rows.map(row => [row.name, row.sha256]))
  const ran: string[] = []
  for (const { name, sql, sha256 } of await migrationFiles()) {
    const known = applied.get(name)
    if (known === sha256) continue
    if (known !== undefined)
      throw new Error(`migration ${name} was changed after it ran: add a new file instead`)
    await client.query(sql)
    await client.query('insert into migrations.applied (name, sha256) values ($1, $2)', [name, sha256])
    ran.push(name)
  }
  return ran
}

/** The migrations in order, each with the hash of its text. */
export async function migrationFiles(): Promise<{ name: string; sql: string; sha256: string }[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => {
      const sql = await readFile(folder + name, 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
