// The service that says everything it can say: whoever reads all of it learns no secret, no cookie, no token and nobody's name.

import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { startService } from '../support/service.ts'

t.setTimeout(120_000)

t.test('with LOG_LEVEL=trace nothing secret or personal is written', async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'meent-log-'))
  const secrets = randomBytes(30).toString('base64url')
  const stripe = `sk_test_${randomBytes(16).toString('hex')}`
  const webhook = `whsec_${randomBytes(16).toString('hex')}`
  writeFileSync(join(dataDir, 'secrets'), secrets)
  const service = await startService({
    DATA_DIR: join(dataDir, 'data'),
    LOG_LEVEL: 'trace',
    SECRETS_FILE: join(dataDir, 'secrets'),
    STRIPE_SECRET_KEY: stripe,
    STRIPE_WEBHOOK_SECRET: webhook,
  })
  t.teardown(async () => {
    await service.kill('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  })
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${service.url}${path}`, { redirect: 'manual', ...init })
  const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'idempotency-key': `geheim-${randomUUID()}`, ...headers },
  })
  const { persons } = (await (await ask('/v1/persons')).json()) as {
    persons: { id: string; roles: string[] }[]
  }
  const operator = persons.find(({ roles }) => roles.includes('operator'))?.id ?? ''
  const { token } = (await (await ask('/v1/sessions', json({ personId: operator }))).json()) as {
    token: string
  }
  const signedIn = await ask('/demonstration/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ personId: operator }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  t.match(cookie, /^meent_session=[\w-]{20,}$/)
  const { pools } = (await (await ask('/v1/pools')).json()) as { pools: { id: string; slug: string }[] }
  const [pool] = pools
  const gift = { amount: 2_500, currency: 'EUR', nickname: 'Geheime Gever', message: 'geheim bericht' }
  const given = (await (await ask(`/v1/pools/${pool?.id}/donations`, json(gift))).json()) as {
    receiptToken: string
    checkoutUrl: string
  }
  await fetch(given.checkoutUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ outcome: 'pay', method: 'ideal' }),
  })
  const bearer = { authorization: `Bearer ${token}` }
  const iban = 'NL91ABNA0417164300'
  const person = {
    name: 'Geheime Ontvanger',
    birthDate: '1980-05-05',
    iban,
    firstMonth: '2020-01',
    checkedHow: 'paspoort',
    reason: 'Geloot',
  }
  const code = String(100_000 + Math.floor(Math.random() * 900_000))
  for (const request of [
    ask('/', { headers: { cookie } }),
    ask('/admin', { headers: { cookie } }),
    ask('/my-income', { headers: { cookie } }),
    ask('/v1/ledger-entries?keyPrefix=geheim-zoek', { headers: bearer }),
    ask(`/v1/receipts/${given.receiptToken}`),
    ask(`/receipts/${given.receiptToken}`),
    ask(`/sign-in/links/geheim-${token}`),
    ask(`/sign-in?token=${token}&code=${code}`),
    ask(`/v1/pools/${pool?.id}/enrolments`, json(person, bearer)),
    ask(`/v1/pools/${pool?.id}/enrolments`, json({ ...person, iban: 'geheim' }, bearer)),
    ask('/v1/sessions', json({ personId: 'geheim', code, email: 'geheim@meent.example' })),
    ask('/v1/provider-events', json({ id: 'geheim' }, { 'stripe-signature': 't=1,v1=geheim' })),
    ask('/v1/bank-statements', {
      method: 'POST',
      body: `<geheim>${iban}</geheim>`,
      headers: { ...bearer, 'content-type': 'application/xml' },
    }),
    ask('/v1/pools', { headers: { authorization: `Bearer meent_${token}` } }),
    ask('/v1/pools', {
      headers: { authorization: 'Basic Z2VoZWltOmdlaGVpbQ==', cookie: `${cookie}; other=geheim` },
    }),
    ask('/nowhere/geheim@meent.example'),
    ask('/sign-out', { method: 'POST', headers: { origin: 'https://evil.example', cookie } }),
    ask('/v1/sessions', {
      method: 'POST',
      body: '{"geheim',
      headers: { 'content-type': 'application/json' },
    }),
  ])
    await (await request).text()
  const said = service.output()
  t.ok(said.split('\n').length > 40, 'it says much')
  t.match(said, /"code":"not-signed-in"|"code":"cross-site-request"/, 'who was refused is said')
  for (const [what, secret] of Object.entries({
    ...{
      secrets,
      stripe,
      webhook,
      token,
      cookie: cookie.split('=')[1] ?? '',
      receipt: given.receiptToken,
      iban,
      code,
    },
    ...{
      birthday: '1980-05-05',
      basic: 'Z2VoZWlt',
      'what was typed': 'geheim',
      session: 'Set-Cookie: meent',
    },
  })) {
    t.ok(secret.length >= 6, what)
    t.notOk(said.toLowerCase().includes(secret.toLowerCase()), `${what} is not in the log`)
  }
})
