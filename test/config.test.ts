// With real money the service starts on real things or not at all, and says in one line a setting what is missing.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import t, { type Test } from 'tap'
import { compose } from '../src/compose.ts'
import { type Config, ConfigError, readConfig } from '../src/config.ts'
import { createFirstOrganisation } from '../src/organisations/create-first.ts'
import { migrate } from '../src/platform/migrate.ts'
import { testDatabase } from './support/database.ts'

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://meent@db.example/meent?sslmode=verify-full',
  PUBLIC_URL: 'https://meent.example',
  SECRETS: 'kV3mQ9xT7bLr2WzN8pHd5JcY4sFgA6eU',
  PAYMENTS: 'stripe',
  STRIPE_SECRET_KEY: 'sk_live_of_nobody',
  STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody',
  BANK: 'files',
  SIGN_IN: 'off',
  LETTERS: 'smtp',
  SMTP_URL: 'smtp://post:geheim@mail.meent.example:587',
  MAIL_FROM: 'post@meent.example',
}

/** What is wrong with these settings, a line each. */
function problems(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

const named = (environment: Record<string, string>) =>
  problems(environment).map(line => line.slice(0, line.indexOf(':')))

t.test('without settings it is a demonstration, with all of them it is real', async t => {
  t.match(readConfig({}), {
    mode: 'demonstration',
    host: '127.0.0.1',
    port: 3000,
    dataDir: '.data',
    databaseUrl: undefined,
    payments: 'simulated',
    bank: 'simulated',
    signIn: 'on',
    smtp: undefined,
    jobs: true,
  })
  t.match(readConfig(production), {
    mode: 'real',
    publicUrl: 'https://meent.example',
    payments: 'stripe',
    bank: 'files',
    signIn: 'off',
    smtp: { url: production.SMTP_URL, from: 'post@meent.example', requireTls: true },
    secrets: [production.SECRETS],
  })
  t.equal(
    readConfig({ ...production, PUBLIC_URL: 'https://meent.example/' }).publicUrl,
    production.PUBLIC_URL,
  )
  t.equal(readConfig({ PORT: '' }).port, 3000, 'an empty setting is none')
  t.strictSame(readConfig({ SECRETS: 'een, twee' }).secrets, ['een', 'twee'], 'the current secret first')
})

const municipality = {
  OIDC_ISSUER: 'https://login.gemeente.example',
  OIDC_CLIENT_ID: 'meent',
  OIDC_CLIENT_SECRET: 'geheim-van-de-proef',
  OIDC_NAME: 'Gemeente Proef',
}

t.test('a setting of ours has no name that the system gives a meaning of its own', async t => {
  const everyday = { MAIL: '/var/mail/somebody', USER: 'somebody', LANG: 'nl_NL.UTF-8', SHELL: '/bin/bash' }
  t.match(readConfig(everyday), { mode: 'demonstration', smtp: undefined })
  t.match(readConfig({ ...production, ...everyday }), { mode: 'real', smtp: { url: production.SMTP_URL } })
})

t.test('the example in the README is a start’s settings, once it is filled in', async t => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const forReal = readme.slice(readme.indexOf('## For real'))
  const block = /```\n([\s\S]*?)```/.exec(forReal)?.[1] ?? ''
  const lines = block.split('\n').flatMap(line => {
    const [, name, value = ''] = /^ *([A-Z_]+)=(.*)$/.exec(line) ?? []
    return name ? [[name, value.replace('…', 'of_nobody').replace(/^<.*>$/, production.SECRETS)]] : []
  })
  t.strictSame(problems(Object.fromEntries(lines)), [])
  t.strictSame(
    named({ NODE_ENV: 'production' }).filter(name => !lines.some(([each]) => each === name)),
    [],
  )
})

t.test('production refuses what is not real', async t => {
  t.strictSame(named({ NODE_ENV: 'production' }).toSorted(), [
    'BANK',
    'DATABASE_URL',
    'LETTERS',
    'PAYMENTS',
    'PUBLIC_URL',
    'SECRETS',
  ])
  const old = production.SECRETS.toLowerCase()
  const refused: [what: string, change: Record<string, string>, setting: string][] = [
    ['the embedded database', { DATABASE_URL: '' }, 'DATABASE_URL'],
    ['another database', { DATABASE_URL: 'mysql://db.example/meent' }, 'DATABASE_URL'],
    ['simulated payments', { PAYMENTS: 'simulated' }, 'PAYMENTS'],
    ['the simulated bank', { BANK: 'simulated' }, 'BANK'],
    ['a sign-in that is neither on nor off', { SIGN_IN: 'demonstration' }, 'SIGN_IN'],
    [
      'a municipality without TLS',
      { ...municipality, OIDC_ISSUER: 'http://login.gemeente.example' },
      'OIDC_ISSUER',
    ],
    ['a municipality without its secret', { ...municipality, OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET'],
    ['no secret', { SECRETS: '' }, 'SECRETS'],
    ['the demonstration secret', { SECRETS: 'demonstration-only-secret-of-no-value' }, 'SECRETS'],
    ['a short secret', { SECRETS: production.SECRETS.slice(1) }, 'SECRETS'],
    ['one letter', { SECRETS: 'x'.repeat(64) }, 'SECRETS'],
    ['a weak old secret', { SECRETS: `${production.SECRETS},geheim` }, 'SECRETS'],
    ['an empty old secret', { SECRETS: `${production.SECRETS},` }, 'SECRETS'],
    ['an address without TLS', { PUBLIC_URL: 'http://meent.example' }, 'PUBLIC_URL'],
    ['no address', { PUBLIC_URL: '' }, 'PUBLIC_URL'],
    ['no key of the provider', { STRIPE_SECRET_KEY: '' }, 'STRIPE_SECRET_KEY'],
    ['no key of its events', { STRIPE_WEBHOOK_SECRET: '' }, 'STRIPE_WEBHOOK_SECRET'],
    ['the demonstration’s', { STRIPE_WEBHOOK_SECRET: 'whsec_demonstration_only' }, 'STRIPE_WEBHOOK_SECRET'],
    ['mail that stays here', { LETTERS: 'demonstration' }, 'LETTERS'],
    ['no mail server', { SMTP_URL: '' }, 'SMTP_URL'],
    ['no sender', { MAIL_FROM: '' }, 'MAIL_FROM'],
    ['a database without TLS', { DATABASE_URL: 'postgres://meent@db.example/meent' }, 'DATABASE_URL'],
    ...[
      ...['sslmode=disable', 'sslmode=prefer', 'sslmode=no-verify', 'sslmode=', 'ssl=0'],
      ...['sslmode=verify-full&sslmode=disable', 'uselibpqcompat=true&sslmode=require'],
    ].map((query): [string, Record<string, string>, string] => [
      `a database with ${query}`,
      { DATABASE_URL: `postgres://meent@db.example/meent?${query}` },
      'DATABASE_URL',
    ]),
    [
      'another host than it seems',
      { DATABASE_URL: 'postgres://127.0.0.1/meent?host=10.0.0.1' },
      'DATABASE_URL',
    ],
    [
      'an owner without TLS',
      { DATABASE_OWNER_URL: 'postgres://owner@db.example/meent' },
      'DATABASE_OWNER_URL',
    ],
    ['certificates of anybody', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    ['whatever address a request gives itself', { TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    ['an open door', { RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
    ['another provider', { STRIPE_API: 'http://127.0.0.1:12111' }, 'STRIPE_API'],
  ]
  for (const [what, change, setting] of refused)
    t.strictSame(named({ ...production, ...change }), [setting], what)
  t.strictSame(
    problems({ ...production, SECRETS: `${production.SECRETS},${old}` }),
    [],
    'an old secret is fine',
  )
})

t.test('a database on this machine needs no TLS', async t => {
  for (const address of [
    '127.0.0.1:5432/meent',
    'localhost/meent',
    '[::1]/meent',
    '/meent?host=/var/run/postgresql',
  ])
    t.strictSame(problems({ ...production, DATABASE_URL: `postgres://${address}` }), [], address)
  for (const query of ['sslmode=require', 'sslmode=verify-ca', 'ssl=true'])
    t.strictSame(problems({ ...production, DATABASE_URL: `postgres://db.example/meent?${query}` }), [], query)
  for (const host of ['127.evil.example', 'localhost.example', '128.0.0.1'])
    t.strictSame(named({ ...production, DATABASE_URL: `postgres://${host}/meent` }), ['DATABASE_URL'], host)
})

t.test('proxies are believed by number or by address', async t => {
  const trust = (text: string) => readConfig({ TRUST_PROXY: text }).trustProxy
  t.strictSame(['false', 'true', '1', '2'].map(trust), [false, true, 1, 2])
  t.strictSame(trust('10.0.0.0/8, 192.0.2.1,2001:db8::/32'), ['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'])
  for (const wrong of [
    '0',
    '11',
    '-1',
    'yes',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.1/',
    'proxy.example',
    '1,',
    '::/129',
  ])
    t.strictSame(named({ TRUST_PROXY: wrong }), ['TRUST_PROXY'], wrong)
  t.equal(readConfig({ ...production, TRUST_PROXY: '1' }).trustProxy, 1)
})

t.test('secrets may stand in files, as containers are given them', async t => {
  const folder = t.testdir({
    secrets: `${production.SECRETS}\n`,
    key: 'sk_live_of_nobody\n',
    hook: 'whsec_of_nobody',
  })
  const { SECRETS, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, ...others } = production
  const config = readConfig({
    ...others,
    SECRETS_FILE: `${folder}/secrets`,
    STRIPE_SECRET_KEY_FILE: `${folder}/key`,
    STRIPE_WEBHOOK_SECRET_FILE: `${folder}/hook`,
  })
  t.strictSame(config.secrets, [SECRETS])
  t.match(config.stripe, { secretKey: STRIPE_SECRET_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET })
  t.strictSame(named({ ...production, SECRETS_FILE: `${folder}/secrets` }), ['SECRETS_FILE'], 'one of both')
  t.strictSame(named({ ...others, SECRETS_FILE: `${folder}/nowhere` }), ['SECRETS_FILE'])
  t.notMatch(problems({ ...others, SECRETS_FILE: `${folder}/nowhere` }).join(), folder)
})

t.test('a setting that cannot be read is named, and what stood in it is not', async t => {
  for (const [setting, value] of Object.entries({
    PORT: 'geheim',
    PUBLIC_URL: 'geheim',
    DATABASE_URL: 'geheim',
    DATABASE_CONNECTIONS: '1',
    PAYMENTS: 'geheim',
    STRIPE_SECRET_KEY: 'geheim',
    STRIPE_WEBHOOK_SECRET: 'geheim',
    BANK: 'geheim',
    LETTERS: 'geheim',
    SMTP_URL: 'geheim',
    MAIL_FROM: 'geheim',
    JOBS: 'geheim',
    TRUST_PROXY: 'geheim',
    LOG_LEVEL: 'geheim',
  })) {
    const lines = problems({ [setting]: value })
    t.equal(lines.length, 1, setting)
    t.match(lines[0], new RegExp(`^${setting}: .+$`))
    t.notMatch(lines[0], /geheim|\n/)
  }
})

t.test('a mail server is named with nothing that could switch its TLS off', async t => {
  const forms = [
    'http://mail.meent.example',
    'smtp://',
    'smtps://mail.meent.example?tls.rejectUnauthorized=false',
    'smtp://mail.meent.example/?ignoreTLS=true',
    'smtp://mail.meent.example/geheim',
    'smtp://mail.meent.example#geheim',
    'mail.meent.example:587',
    'smtp://post:50%@mail.meent.example',
  ]
  for (const form of forms) t.strictSame(named({ ...production, SMTP_URL: form }), ['SMTP_URL'], form)
  for (const form of [
    'Post <post@meent.example>',
    'a@b.example, c@d.example',
    'post@meent.example\r\nBcc: x@y.example',
  ])
    t.strictSame(named({ ...production, MAIL_FROM: form }), ['MAIL_FROM'], form)
  const trial = readConfig({
    LETTERS: 'smtp',
    SMTP_URL: 'smtps://mail.meent.example',
    MAIL_FROM: 'post@meent.example',
  })
  t.match(trial, { mode: 'demonstration', smtp: { requireTls: false } }, 'a demonstration may send')
})

t.test('the process itself: one line a setting, exit code 1', async t => {
  const service = spawn(process.execPath, ['src/server.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { NODE_ENV: 'production', PATH: process.env.PATH },
  })
  const said = { out: '', err: '' }
  service.stdout.on('data', chunk => (said.out += chunk))
  service.stderr.on('data', chunk => (said.err += chunk))
  const [code] = await once(service, 'close')
  t.equal(code, 1)
  t.equal(said.out, '', 'nothing started')
  const lines = said.err.trim().split('\n')
  t.equal(lines.length, 6)
  for (const line of lines) t.match(line, /^meent: [A-Z_]+: .+$/, 'a setting, and no stack')
})

const real = (url: string): Config => readConfig({ ...production, DATABASE_URL: url })
const composed = (config: Config, url: string) =>
  compose(
    config,
    { url, ownerUrl: undefined, stop: async () => {} },
    {
      publicUrl: () => 'https://meent.example',
      onDatabaseError: () => {},
    },
  )

/** A login of its own, as the README says to make one; `grants` may give it more than it should have. */
async function login(
  t: Test,
  ownerUrl: string,
  grants: (name: string) => string[] = () => [],
): Promise<string> {
  const name = `meent_test_${randomBytes(6).toString('hex')}`
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  for (const statement of [`create role ${name} login password '${name}' in role meent_app`, ...grants(name)])
    await owner.query(statement)
  t.teardown(async () => {
    await owner.query(`drop owned by ${name}`)
    await owner.query(`drop role ${name}`)
    await owner.end()
  })
  const url = new URL(ownerUrl)
  url.username = name
  url.password = name
  return url.href
}

t.test('with real money the login cannot write the ledger', async t => {
  const { url } = await testDatabase(t)
  await t.rejects(composed(real(url), url), /DATABASE_URL: .*may write the ledger/, 'the owner')
  const mayWrite = /may write the ledger/
  for (const grant of [
    'insert on ledger.postings',
    'update on ledger.accounts',
    'truncate on ledger.entries',
  ]) {
    const grants = (name: string) => [`grant usage on schema ledger to ${name}`, `grant ${grant} to ${name}`]
    const strong = await login(t, url, grants)
    await t.rejects(composed(real(strong), strong), mayWrite, grant)
  }
  const owner = new URL(url).username
  const disguised = await login(t, url, name => [`alter role ${name} noinherit`, `grant ${owner} to ${name}`])
  await t.rejects(composed(real(disguised), disguised), mayWrite, 'one that can become the owner')
  const own = await login(t, url)
  await t.rejects(composed(real(own), own), /create-organisation/, 'a login of its own, no organisation')
  const organisation = {
    slug: 'echt',
    name: 'Stichting Echt',
    contact: 'echt@meent.example',
    iban: 'NL60MEEN0123456789',
  }
  await createFirstOrganisation(url, organisation)
  await t.rejects(
    createFirstOrganisation(url, organisation),
    { code: 'invalid-request', details: { reason: 'there is an organisation echt already' } },
    'a second time is told in words',
  )
  await t.rejects(migrate(own), /CREATEROLE/, 'a login that may not migrate is told what it lacks')
  const { deps, close } = await composed(real(own), own)
  t.match(deps, { mode: 'real', providerName: 'stripe', bankRail: undefined })
  t.equal((await deps.db.selectFrom('ledger.entries').select('id').execute()).length, 0, 'it can read')
  await close()
})

t.test('a database is a demonstration for ever, or never', async t => {
  const { url } = await testDatabase(t)
  const demonstration = await composed(readConfig({ DATABASE_URL: url }), url)
  await demonstration.close()
  const own = await login(t, url)
  await t.rejects(composed(real(own), own), /demonstration installation/, 'never real money in it')

  const other = await testDatabase(t)
  await t.rejects(composed(real(other.url), other.url), ConfigError) // says what it is for, then refuses the login
  await t.rejects(composed(readConfig({ DATABASE_URL: other.url }), other.url), /real installation/)
})
