// A real installation from nothing, as the README says it: two logins, an organisation, the first administrator, a mail that
// comes by a real mail server, a second factor, and a colleague invited. Every process is the real one, in production.

import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import t from 'tap'
import { codeOf, keyOf } from '../auth/authenticator.ts'
import { certificate } from '../mail/certificate.ts'
import { mailServer } from '../mail/mail-server.ts'
import { testDatabase } from '../support/database.ts'
import { freePort } from '../support/service.ts'

t.setTimeout(120_000)
const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

t.test('from an empty database to a colleague who was invited', async t => {
  const { url } = await testDatabase(t)
  const owner = new pg.Client(url)
  await owner.connect()
  t.teardown(() => owner.end())
  const login = `meent_${process.pid}`
  await owner.query(`create role ${login} login password 'geheim' in role meent_app`)
  t.teardown(() => owner.query(`drop role ${login}`))

  const { key, cert } = certificate()
  const folder = mkdtempSync(join(tmpdir(), 'meent-real-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'mail.pem'), cert)
  const mail = await mailServer(t, {
    options: {
      key,
      cert,
      disabledCommands: [],
      onAuth: (_auth, _session, done) => done(null, { user: 'post' }),
    },
  })
  const port = String(await freePort())
  const loginUrl = Object.assign(new URL(url), { username: login, password: 'geheim', search: '' }).href
  const environment = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    NODE_EXTRA_CA_CERTS: join(folder, 'mail.pem'),
    PORT: port,
    PUBLIC_URL: 'https://meent.example',
    DATABASE_URL: loginUrl,
    SECRETS: 'kV3mQ9xT7bLr2WzN8pHd5JcY4sFgA6eU',
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: 'sk_live_of_nobody',
    STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody',
    BANK: 'files',
    LETTERS: 'smtp',
    SMTP_URL: `smtp://post:geheim@127.0.0.1:${mail.port}`,
    MAIL_FROM: 'post@meent.example',
    LOG_LEVEL: 'warn',
  }
  const cliWith = async (env: Record<string, string>, ...args: string[]) =>
    (await run(process.execPath, ['src/cli.ts', ...args], { cwd: root, env })).stdout
  const cli = (...args: string[]) => cliWith(environment, ...args)

  await cli(
    ...['create-organisation', '--slug', 'gemeente', '--name', 'Gemeente Proef'],
    ...['--contact', 'pot@gemeente.example', '--iban', 'NL60MEEN0123456789'],
  )
  await cli('create-pool', '--slug', 'proef', '--name', 'Proef', '--area', 'Proefdorp')
  const first = ['create-administrator', '--email', 'beheer@gemeente.example', '--name', 'Beheer']
  await t.rejects(cli(...first), /DATABASE_OWNER_URL: /, "not with the service's own login")
  const said = await cliWith({ ...environment, DATABASE_OWNER_URL: url }, ...first)
  t.match(said, '/sign-in', 'the terminal says where to sign in')

  const service = spawn(process.execPath, ['src/server.ts'], { cwd: root, env: environment })
  let output = ''
  for (const stream of [service.stdout, service.stderr]) stream.on('data', chunk => (output += chunk))
  t.teardown(() => service.kill('SIGKILL'))
  await untilUp(`http://127.0.0.1:${port}/readyz`, () => output)

  const who = browser(port)
  t.match(await who.get('/admin'), { status: 303, to: '/sign-in?next=%2Fadmin' })
  t.equal((await who.get('/demonstration/inbox')).status, 404, 'nothing of the demonstration is here')
  const page = await who.get('/sign-in')
  t.notMatch(page.text, 'demonstration/sign-in', 'nor its list of persons')
  await who.post('/sign-in', { email: 'beheer@gemeente.example', next: '/admin/people' })
  const code = await eventually(() => /\b\d{6}\b/.exec(mail.received.at(-1)?.mail.text ?? '')?.[0])
  t.equal(mail.received.at(-1)?.secure, true, 'the mail went over TLS')
  t.match(mail.received.at(-1)?.mail.text, 'https://meent.example/sign-in/links/')
  await who.post('/sign-in/code', { code })
  t.ok(
    [...who.cookies.keys()].every(name => name.startsWith('__Host-')),
    `${[...who.cookies.keys()]}`,
  )
  t.match(await who.get('/admin/people'), { status: 303, to: /second-factor/ }, 'mail alone is not enough')
  await who.post('/account/authenticator')
  const secret = keyOf((await who.get('/account/authenticator')).text)
  t.equal((await who.post('/account/authenticator/codes', { code: await codeOf(secret, 0) })).status, 200)
  t.match(await who.get('/admin/people'), { status: 200, text: 'Beheer' })
  const invited = await who.post('/admin/people', {
    ...{
      name: 'Uitvoering',
      email: 'uitvoering@gemeente.example',
      locale: 'nl',
      role: 'operator',
      reason: 'Proef',
    },
  })
  t.equal(invited.status, 303, invited.text.slice(0, 2000))
  t.match(await who.get('/admin/people'), { text: 'Uitvoering' })
  await t.rejects(
    run(process.execPath, ['src/cli.ts', 'reset-second-factor'], { cwd: root, env: environment }),
    'a command without its options says so',
  )
  const letterTo = (to: string, words: RegExp) =>
    eventually(() =>
      mail.received.find(
        ({ envelope, mail: { text } }) =>
          envelope.rcptTo.some(({ address }) => address === to) &&
          words.test((text ?? '').replace(/\s+/g, ' ')),
      ),
    )
  t.ok(await letterTo('uitvoering@gemeente.example', /Uw rol: Uitvoerder/), 'who was invited has a letter')
  const reset = ['reset-second-factor', '--email', 'beheer@gemeente.example', '--reason', 'Telefoon kwijt']
  t.match(await cli(...reset), 'reset')
  t.match(await who.get('/admin/people'), { status: 303, to: /^\/sign-in\?/ }, 'signed out by the terminal')
  t.notMatch(await cli('list-people'), /Beheer .*yes/, 'and without a second factor')
  t.match(await cli('verify'), /hold/, 'and every law holds')
})

interface Answer {
  readonly status: number
  readonly text: string
  readonly to: string | undefined
}

/** Keeps cookies as a browser behind the TLS of a proxy would. */
function browser(port: string) {
  const cookies = new Map<string, string>()
  const ask = async (path: string, fields?: Record<string, string>): Promise<Answer> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      redirect: 'manual',
      method: fields ? 'POST' : 'GET',
      headers: {
        accept: 'text/html',
        cookie: [...cookies].map(pair => pair.join('=')).join('; '),
        ...(fields ? { origin: 'https://meent.example' } : {}),
      },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    })
    for (const each of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (each.split(';')[0] ?? '').split('=')
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return {
      status: answer.status,
      text: await answer.text(),
      to: answer.headers.get('location') ?? undefined,
    }
  }
  return { cookies, get: (path: string) => ask(path), post: (path: string, fields = {}) => ask(path, fields) }
}

async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const found = look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('it did not come within two minutes')
}

async function untilUp(url: string, output: () => string): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const up = await fetch(url).then(
      answer => answer.ok,
      () => false,
    )
    if (up) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`the service did not come up: ${output()}`)
}
