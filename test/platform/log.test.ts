// A log line holds nothing personal and no secret: whoever reads the log learns who asked for what kind of thing, no more.

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { redactText, redactUrl } from '../../src/platform/log.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The lines that this program writes; in a process of its own, because the log goes straight to standard output. */
function logged(program: string): Record<string, unknown>[] {
  const source = `
    import { createLogger } from './src/platform/log.ts'
    const log = createLogger('info')
    ${program}`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', source], { cwd: root })
  return output
    .toString()
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}

const personal = {
  name: 'Geheime Naam',
  nickname: 'geheime bijnaam',
  message: 'geheim bericht',
  iban: 'NL35MEEN0000000004',
  birthDate: '1980-05-05',
  email: 'geheim@meent.example',
  address: 'Geheime straat 1',
  token: 'geheim-token',
  receiptToken: 'geheime-bon',
}

t.test('names, accounts and tokens are cut out', async t => {
  const lines = logged(`
    const personal = ${JSON.stringify(personal)}
    log.info(personal, 'flat')
    log.info({ body: personal }, 'in a body')
    log.info({ input: personal }, 'in an input')
    log.info({ req: { id: '1', method: 'POST', url: '/v1/pools', body: personal,
      headers: { authorization: 'Bearer geheim', cookie: 'meent_session=geheim' } } }, 'in a request')
    log.info({ payees: [personal], person: { deep: personal }, holder: 'Geheim', receipt_token: 'geheim' }, 'deep')
    log.error(new Error('payment to NL35 MEEN 0000 0000 04 at /receipts/geheim'), 'in an error')
    log.info({ headers: { authorization: 'Bearer geheim', cookie: 'geheim', 'set-cookie': 'geheim',
      'idempotency-key': 'geheim', 'stripe-signature': 'geheim' } }, 'in headers')`)
  t.equal(lines.length, 7)
  for (const line of lines) {
    t.notMatch(JSON.stringify(line), /geheim|MEEN0|1980/i, String(line.msg))
    t.match(line.msg, /./, 'what happened is still told')
  }
})

t.test('a receipt cannot be opened with what stands in the log', async t => {
  t.equal(redactUrl('/v1/receipts/abc-DEF_123'), '/v1/receipts/[redacted]')
  t.equal(redactUrl('/receipts/abc?x=1'), '/receipts/[redacted]')
  t.equal(redactUrl('/en/receipts/abc/'), '/en/receipts/[redacted]/')
  t.equal(
    redactUrl('/pools/lombok?nickname=Jan'),
    '/pools/lombok',
    'nor what was typed after a question mark',
  )
  const lines = logged(`
    const { default: Fastify } = await import('fastify')
    const app = Fastify({ loggerInstance: log })
    app.get('/receipts/:token', async () => ({}))
    await app.inject({ url: '/receipts/geheime-bon?naam=geheim', headers: { cookie: 'geheim', authorization: 'geheim' } })
    await app.close()`)
  t.ok(lines.length >= 2, 'the request and its answer')
  t.match(lines, [{ req: { url: '/receipts/[redacted]' } }])
  t.notMatch(JSON.stringify(lines), /geheim/)
})

t.test('nobody signs in with what stands in the log', async t => {
  for (const line of [
    'GET /sign-in/links/GEHEIM-abc_123',
    'GET /en/sign-in/links/GEHEIM?x=1',
    'https://meent.example/sign-in/links/GEHEIM#x',
    'mailed https://meent.example/sign-in?token=GEHEIM.abc to somebody',
    'redirect_uri=x&code=GEHEIM1abc&state=GEHEIM2abc',
    'access_token: "GEHEIM.GEHEIM.GEHEIM"',
    'client_secret=GEHEIM',
    'your code: GEHEIM1',
    'GEHEIM@meent.example',
    'to <Geheim.Geheim+geheim@mail.meent.example>, again',
    '/v1/persons?email=GEHEIM%40meent.example',
    'key meent_GEHEIM0123456789abcdef was refused',
    'sk_live_GEHEIM0123456789 whsec_GEHEIM0123456789 rk_test_GEHEIM0123456789',
    'otpauth://totp/Meent:GEHEIM?secret=GEHEIM&issuer=Meent',
    'type GEHEIM2GEHEIM3GEHEIM4GEHEIM5 into your app',
    'cookie __Host-meent_session=GEHEIM; meent_session=GEHEIM',
    'Authorization: Basic GEHEIM==, bearer GEHEIM',
    'connect to postgres://GEHEIM:geheim@db.example/meent failed',
  ]) {
    t.notMatch(redactText(line), /geheim/i, line)
    t.match(redactText(line), '[redacted]', line)
  }
  for (const code of ['123456', '123 456', '123-456'])
    t.notMatch(redactText(`code: ${code.replace(/\D/g, '')}`), /123/, code)
  const lines = logged(`
    log.info({ code: '123456', signInCode: 123456, otp: '654321', input: { code: '123 456' } }, 'a code')
    log.info({ emailAddress: 'x', userEmail: 'x@geheim.example', cookies: { geheim: 1 }, setCookie: 'geheim' }, 'named')
    log.info({ recoveryCodes: ['geheim'], totpSecret: 'geheim', apiKey: 'geheim', newPassword: 'geheim' }, 'factors')`)
  t.notMatch(JSON.stringify(lines), /123|geheim|654/i)
})

t.test('and what happened can still be read', async t => {
  for (const line of [
    'request refused: too-many-requests',
    'error code: ECONNRESET, 57P01 and code: 23514',
    'state: planned',
    'POST /v1/pools/0199aa00-0000-7000-8000-000000000001/donations',
    'migration 0014_rate_limits.sql applied at 2026-11-24T08:00:00.000Z',
    'relation "platform.rate_limits" does not exist',
  ])
    t.equal(redactText(line), line)
  const [line] = logged(
    "log.warn({ requestId: 'r', place: '0a1b2c3d', code: 'not-allowed', status: 403 }, 'request refused')",
  )
  t.match(line, { requestId: 'r', place: '0a1b2c3d', code: 'not-allowed', status: 403 })
})

t.test('a line that somebody else made long does not take long', async t => {
  for (const part of [
    'a',
    'a.',
    'A2',
    'a+',
    'a:',
    'token',
    'meent-',
    '/links/',
    '@a.',
    '%40',
    'NL12',
    'code=',
    '://',
    ' ',
    '-',
  ]) {
    const line = part.repeat(Math.ceil(64_000 / part.length))
    const started = performance.now()
    redactText(line)
    const took = performance.now() - started
    t.ok(took < 500, `${part}: ${Math.round(took)} ms`)
  }
})

t.test('an error of the database does not quote the row that it is about', async t => {
  const [line] = logged(`
    const error = Object.assign(new Error('new row violates check constraint'), {
      code: '23514', detail: 'Failing row contains (Geheime Naam, NL35MEEN0000000004).', where: 'geheim',
      parameters: ['geheim'], query: "insert ... values ('geheim')" })
    log.error({ err: error }, 'request failed')`)
  t.match(line, { err: { code: '23514', message: /check constraint/, stack: /Error/ } })
  t.notMatch(JSON.stringify(line), /geheim|MEEN0/i)
})
