// Whoever reads every row of the database can sign in as nobody: no link, code, cookie, key, recovery code or address stands
// in any column, as it is, in another writing, or as a hash that could be guessed.

import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import { createKey } from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { withAuthenticator } from './authenticator.ts'
import { signInMail } from './mailbox.ts'

const api = await testApp(t)

/** Every row of every table, as text: bytes in hexadecimal. */
async function allRows(): Promise<string> {
  const { rows } = await api.owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const texts: string[] = []
  for (const { name } of rows) {
    const held = await api.owner.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`)
    texts.push(...held.rows.map(({ row }) => row))
  }
  return texts.join('\n')
}

function standsNowhere(t: Test, all: string, what: string, secret: string): void {
  const bytes = Buffer.from(secret)
  const hash = createHash('sha256').update(secret).digest()
  const short = secret.length < 12
  const writings = [
    ...(short ? [`"${secret}"`] : [secret]),
    ...[bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')],
    // The hash of what is long is worth nothing; that of six digits is found in a second.
    ...(short
      ? [hash.toString('hex'), hash.toString('base64').slice(0, 43), hash.toString('base64url')]
      : []),
  ]
  t.ok(secret.length >= 6, `${what} is known`)
  for (const each of writings) t.notOk(all.includes(each), `${what}: ${each.slice(0, 6)}…`)
}

t.test('no link, code, cookie, key, recovery code or address stands in any column', async t => {
  const email = 'treasurer@meent.example'
  const { who, key, recoveryCodes } = await withAuthenticator(api, email)
  await visitor(api).post('/sign-in', { email: 'approver@meent.example' })
  const mail = await signInMail(api, 'approver@meent.example')
  const maker = { kind: 'person', id: api.persons.administrator } as const
  const made = await createKey(api.deps, maker, {
    name: 'Proef',
    scopes: ['bank.read'],
    poolId: null,
    days: 1,
    reason: 'Proef',
  })
  const all = await allRows()
  t.ok(all.length > 10_000 && all.includes(api.persons.treasurer), `${all.length} characters of rows`)
  const secrets = {
    ...{ link: mail.link.split('/').at(-1) ?? '', code: mail.code, email },
    ...{
      cookie: who.cookies.get('meent_session') ?? '',
      authenticator: key,
      'a recovery code': recoveryCodes[3] ?? '',
    },
    ...{ 'a key': made.secret },
  }
  for (const [what, secret] of Object.entries(secrets)) standsNowhere(t, all, what, secret)
})
