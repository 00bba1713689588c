// A log line holds nothing personal and no secret: whoever reads the log learns who asked for what kind of thing, no more.

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { redactUrl } from '../../src/platform/log.ts'

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

t.test('an error of the database does not quote the row that it is about', async t => {
  const [line] = logged(`
    const error = Object.assign(new Error('new row violates check constraint'), {
      code: '23514', detail: 'Failing row contains (Geheime Naam, NL35MEEN0000000004).', where: 'geheim',
      parameters: ['geheim'], query: "insert ... values ('geheim')" })
    log.error({ err: error }, 'request failed')`)
  t.match(line, { err: { code: '23514', message: /check constraint/, stack: /Error/ } })
  t.notMatch(JSON.stringify(line), /geheim|MEEN0/i)
})
