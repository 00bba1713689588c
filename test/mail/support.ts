// What the tests of mail share: an outbox of their own on the real Postgres, and letters to put into it.

import pg from 'pg'
import type { Test } from 'tap'
import type { DB } from '../../src/database.ts'
import type { Deps } from '../../src/deps.ts'
import { letters, type MailTransport, type NewLetter, queueLetter } from '../../src/mail/index.ts'
import { smtpTransport } from '../../src/mail/smtp-transport.ts'
import { connect } from '../../src/platform/db.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { seedOrganisation, testVault } from '../support/app-seed.ts'
import { testDatabase } from '../support/database.ts'

export interface Outbox {
  readonly deps: Deps
  readonly owner: pg.Client
  readonly appUrl: string
  /** The same with another way out. */
  with(mail: MailTransport | undefined): Deps
  /** To a mail server on this machine, without TLS. */
  to(server: { port: number }, deliveryMs?: number): Deps
  queue(change?: Partial<NewLetter>): Promise<string>
  wait(minutes: number): void
  row(id: string): Promise<Record<string, unknown>>
}

export const FROM = 'post@meent.example'
export const CODE = '482915'
export const LINK = 'https://meent.example/sign-in/links/kJ8x-Qw3'
export const TO = 'lezer@ontvanger.example'

export const signInLetter = letters.signIn({
  locale: 'nl',
  organisation: 'Stichting Proef',
  url: LINK,
  code: CODE,
  minutes: 15,
})

export async function outbox(t: Test): Promise<Outbox> {
  const { url, appUrl } = await testDatabase(t)
  const db = connect<DB>({ url: appUrl, maxConnections: 12, onError: () => {} })
  t.teardown(() => db.destroy())
  const { organisationId } = await seedOrganisation(db, testVault, {})
  const owner = new pg.Client(url)
  owner.on('error', () => {})
  await owner.connect()
  t.teardown(() => owner.end())
  let now = new Date('2027-03-01T09:00:00Z')
  const deps = {
    db,
    clock: { now: () => now, refresh: async () => {} },
    vault: testVault,
    mode: 'real',
    organisationId,
    mail: undefined,
    publicUrl: () => 'https://meent.example',
  } satisfies Partial<Deps>
  const withMail = (mail: MailTransport | undefined) => ({ ...deps, mail }) as unknown as Deps
  return {
    deps: withMail(undefined),
    owner,
    appUrl,
    with: withMail,
    to: ({ port }, deliveryMs) =>
      withMail(smtpTransport({ url: `smtp://127.0.0.1:${port}`, from: FROM, requireTls: false, deliveryMs })),
    queue: change =>
      inTransaction(db, trx =>
        queueLetter(trx, deps, { to: TO, locale: 'nl', kind: 'notice', letter: signInLetter, ...change }),
      ),
    wait: minutes => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
    row: async id => {
      const { rows } = await owner.query('select * from mail.outbox where id = $1', [id])
      return rows[0]
    },
  }
}
