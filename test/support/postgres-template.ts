// The database that every test file's own one is copied from: made once, by running the project's migrations.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { migrate } from '../../src/platform/migrate.ts'

const root = join(import.meta.dirname, '..', '..')
const migrations = join(root, 'migrations')
/** The job queue's tables come from its package, so its version counts as well. */
const alsoDecisive = ['package.json', 'src/platform/migrate.ts', 'src/platform/jobs-schema.ts']
const lockKey = 7_061_995

/** Its name says which migrations it holds, so a server that outlives the run never serves yesterday's tables. */
export async function ensureTemplate(admin: pg.Client, urlOf: (database: string) => string): Promise<string> {
  const template = `meent_template_${digestOfMigrations()}`
  if (await exists(admin, template)) return template
  await admin.query('select pg_advisory_lock($1)', [lockKey])
  try {
    if (!(await exists(admin, template))) await makeTemplate(admin, template, urlOf)
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [lockKey])
  }
  return template
}

async function makeTemplate(
  admin: pg.Client,
  template: string,
  urlOf: (database: string) => string,
): Promise<void> {
  // Under another name until it is complete: a run that is killed here leaves no half template.
  const unfinished = `${template}_unfinished`
  await admin.query(`drop database if exists ${unfinished} with (force)`)
  await admin.query(`create database ${unfinished} template template0 encoding 'UTF8'`)
  await migrate(urlOf(unfinished))
  // Renaming and copying need a database without connections, and a closed one takes the server a moment to notice.
  await admin.query(`alter database ${unfinished} with allow_connections false`)
  await admin.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [
    unfinished,
  ])
  await admin.query(`alter database ${unfinished} rename to ${template}`)
}

async function exists(admin: pg.Client, database: string): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
  return rowCount === 1
}

function digestOfMigrations(): string {
  const digest = createHash('sha256')
  const files = readdirSync(migrations).map(name => join(migrations, name))
  for (const file of [...files.sort(), ...alsoDecisive.map(name => join(root, name))])
    digest.update(file.slice(root.length)).update(readFileSync(file))
  return digest.digest('hex').slice(0, 12)
}
