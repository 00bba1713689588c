// Gives a test file a database of its own with all migrations in it, on a real Postgres.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { testServer } from './postgres-server.ts'
import { ensureTemplate } from './postgres-template.ts'

export interface TestDatabase {
  /** As the owner, who may do everything. */
  readonly url: string
  /** The same database as the application sees it, with the application's rights. */
  readonly appUrl: string
  /** Happens by itself at the end of the test. */
  drop(): Promise<void>
}

interface Test {
  teardown(task: () => Promise<void>): void
}

export async function testDatabase(t: Test): Promise<TestDatabase> {
  const server = await testServer()
  const urlOf = (database: string) => urlTo(server.adminUrl, database)
  const name = `meent_test_${randomBytes(6).toString('hex')}`
  await asAdmin(server.adminUrl, async admin => {
    const template = await ensureTemplate(admin, urlOf)
    // Copying files suits a small database that is not written: about 50 ms.
    await admin.query(`create database ${name} template ${template} strategy = file_copy`)
  })
  let dropping: Promise<void> | undefined
  const drop = () => {
    dropping ??= asAdmin(server.adminUrl, admin => admin.query(`drop database ${name} with (force)`))
      .finally(() => server.stop())
      .then(() => undefined)
    return dropping
  }
  t.teardown(drop)
  const url = urlOf(name)
  return { url, appUrl: `${url}${url.includes('?') ? '&' : '?'}options=-c%20role%3Dmeent_app`, drop }
}

async function asAdmin<T>(url: string, task: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client(url)
  await admin.connect()
  try {
    return await task(admin)
  } finally {
    await admin.end()
  }
}

function urlTo(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
