// What the tests of mail share: an outbox of their own on the real Postgres, and letters to put into it.

import pg from 'pg'
import type { Test } from 'tap'
import type { DB } from '../../src/database.ts'
import type { Deps } from '../../src/deps.ts'
import { letters, type MailTransport, type NewLetter, queueLetter } from '../../src/mail/index.ts'
import { type SmtpSettings, smtpTransport } from '../../src/mail/smtp-transport.ts'
import { claimInstallation } from '../../src/platform/clock.ts'
import { connect } from '../../src/platform/db.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { seedOrganisation, testVault } from '../support/app-seed.ts'
import { testDatabase } from '../support/database.ts'

export const ORGANISATION = 'Stichting Proef'
export const PUBLIC_URL = 'https://meent.example'
export const FROM = 'post@meent.example'
export const TO = 'lezer@ontvanger.example'
export const CODE = '482915'
export const LINK = 'https://meent.example/sign-in/links/kJ8x-Qw3'

export const signInLetter = letters.signIn({
  locale: 'nl',
  organisation: ORGANISATION,
  url: LINK,
  code: CODE,
  minutes: 15,
})

/** What sending needs of the parts, and nothing else. */
export type MailDeps = Pick<Deps, 'db' | 'clock' | 'vault' | 'mode' | 'organisationId' | 'publicUrl'>

export const mailDeps = (db: Deps['db'], organisationId: number, now: () => Date): MailDeps => ({
  db,
  clock: { now, refresh: async () => {} },
  vault: testVault,
  mode: 'real',
  organisationId,
  publicUrl: () => PUBLIC_URL,
})

export const smtpTo = (port: number, change: Partial<SmtpSettings> = {}): MailTransport =>
  smtpTransport({ url: `smtp://127.0.0.1:${port}`, from: FROM, requireTls: false, ...change })

export interface Outbox {
  /** Without a mail server; spread another `mail` over it. */
  readonly deps: Deps
  readonly owner: pg.Client
  /** As the application, for raw SQL. */
  readonly app: pg.Client
  readonly appUrl: string
  to(server: { port: number }, change?: Partial<SmtpSettings>): Deps
  queue(change?: Partial<NewLetter>): Promise<string>
  wait(minutes: number): void
  now(): Date
  row(id: string): Promise<Row>
}

export interface Row {
  readonly sealed: Buffer | null
  readonly attempts: number
  readonly next_attempt_at: Date
  readonly expires_at: Date
  readonly sent_at: Date | null
  readonly failed_at: Date | null
  readonly error: string | null
}

export async function outbox(t: Test): Promise<Outbox> {
  const { url, appUrl } = await testDatabase(t)
  const db = connect<DB>({ url: appUrl, maxConnections: 12, onError: () => {} })
  t.teardown(() => db.destroy())
  await claimInstallation(db, 'demonstration')
  const { organisationId } = await seedOrganisation(db, testVault, {})
  let now = new Date('2027-03-01T09:00:00Z')
  // The provider and the bank have no part in this: whoever reached for them here would fail.
  const deps = { ...mailDeps(db, organisationId, () => now), mail: undefined } as Partial<Deps> as Deps
  const owner = await client(t, url)
  return {
    deps,
    owner,
    app: await client(t, appUrl),
    appUrl,
    to: ({ port }, change) => ({ ...deps, mail: smtpTo(port, change) }),
    queue: change =>
      inTransaction(db, trx =>
        queueLetter(trx, deps, { to: TO, locale: 'nl', kind: 'notice', letter: signInLetter, ...change }),
      ),
    wait: minutes => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
    now: () => now,
    row: async id => {
      const { rows } = await owner.query('select * from mail.outbox where id = $1', [id])
      return rows[0]
    },
  }
}

async function client(t: Test, url: string): Promise<pg.Client> {
  const made = new pg.Client(url)
  made.on('error', () => {})
  await made.connect()
  t.teardown(() => made.end())
  return made
}
