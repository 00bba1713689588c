// Nobody keeps a connection, memory or the processor to themselves: what is too slow, too large or cannot be read is refused, and
// the service goes on.

import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import type { DB } from '../../src/database.ts'
import { connect as connectDatabase } from '../../src/platform/db.ts'
import { STATEMENT_LIMIT_BYTES, timeAndSize } from '../../src/platform/http/time-and-size.ts'
import { rateLimits } from '../../src/platform/rate-limits/index.ts'
import { writeCamt053 } from '../../src/simulation/bank/write-camt053.ts'
import { testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'
import { testDatabase } from '../support/database.ts'
import { freePort } from '../support/service.ts'

const api = await testApp(t)
api.app.get('/slow', { config: { permission: 'public.read' }, handlerTimeout: 50 }, () =>
  sleep(300, 'too late'),
)
await api.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = api.app.server.address() as AddressInfo

/** Sends these bytes and answers all that comes back until the other side closes. */
async function raw(bytes: string, patienceMs = 10_000): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', chunk => (answer += chunk))
  socket.on('error', () => {})
  socket.write(bytes)
  const late = sleep(patienceMs, 'late', { ref: false }).then(() => (answer += '(still open)'))
  await Promise.race([once(socket, 'close'), late])
  socket.destroy()
  return answer
}

const lives = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status
const head = (method: string, path: string, ...headers: string[]) =>
  `${[`${method} ${path} HTTP/1.1`, 'Host: meent.test', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`

t.test('what cannot be one request is refused, and the next one is answered', async t => {
  const refused: [what: string, bytes: string, answer: RegExp][] = [
    [
      'two lengths',
      head('POST', '/v1/sessions', 'Content-Length: 4', 'Transfer-Encoding: chunked') +
        '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'two other lengths',
      `${head('POST', '/v1/sessions', 'Content-Length: 4', 'Content-Length: 5')}abcd`,
      /^HTTP\/1\.1 400 /,
    ],
    [
      'an unknown encoding',
      `${head('POST', '/v1/sessions', 'Transfer-Encoding: xchunked')}abcd`,
      /^HTTP\/1\.1 400 /,
    ],
    ['a header within a header', head('GET', '/', 'X-A: b\nX-C: d', 'X\r: y'), /^HTTP\/1\.1 400 /],
    ['a null byte', head('GET', '/', 'X-A: \0'), /^HTTP\/1\.1 400 /],
    ['a space in a name', head('GET', '/', 'X A: b'), /^HTTP\/1\.1 400 /],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['TRACE', head('TRACE', '/'), /^HTTP\/1\.1 (400|404|405) /],
    ['CONNECT', head('CONNECT', 'evil.example:443'), /^(HTTP\/1\.1 (400|404|405) |$)/],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['TLS where there is none', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1\.1 400 /],
    ['large headers', head('GET', '/', `Cookie: ${'x'.repeat(17 * 1024)}`), /^HTTP\/1\.1 431 /],
    [
      'very many headers',
      head('GET', '/', ...Array.from({ length: 2_000 }, (_, index) => `X-${index}: y`)),
      /^HTTP\/1\.1 431 /,
    ],
    ['a long address', head('GET', `/${'x'.repeat(20_000)}`), /^HTTP\/1\.1 431 /],
  ]
  for (const [what, bytes, answer] of refused) {
    const said = await raw(bytes)
    t.match(said, answer, what)
    t.equal(said.match(/HTTP\/1\.1 \d/g)?.length ?? 1, 1, `${what}: one answer, nothing hidden in it`)
    t.notMatch(said, /evil|XSS|still open/, `${what}: nothing is said back`)
    t.equal(await lives(), 200, `${what}: and it lives`)
  }
})

t.test('an address of another site leads to ours, and nothing of it is followed', async t => {
  const said = await raw(head('GET', 'http://evil.example/pools/open'))
  t.match(said, /^HTTP\/1\.1 200 /)
  t.notMatch(said, /(href|action)="(https?:)?\/\/evil/)
})

t.test('whoever sends their headers one by one is cut off', async t => {
  t.match(api.app.server, { headersTimeout: 10_000, requestTimeout: 30_000, timeout: 130_000 })
  api.app.server.headersTimeout = 300
  t.teardown(() => (api.app.server.headersTimeout = timeAndSize.http.headersTimeout))
  const started = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => raw('GET / HTTP/1.1\r\nHost: meent.test\r\nX-A: ')),
  )
  for (const answer of answers) t.match(answer, /^HTTP\/1\.1 408 /)
  t.ok(performance.now() - started < 9_000, 'soon')
  t.equal(await lives(), 200)
})

t.test('a body that is announced and does not come, or comes larger than announced', async t => {
  // The server looks at the larger of both.
  Object.assign(api.app.server, { headersTimeout: 200, requestTimeout: 300 })
  t.teardown(() =>
    Object.assign(api.app.server, { headersTimeout: 10_000, requestTimeout: timeAndSize.requestTimeout }),
  )
  t.match(
    await raw(`${head('POST', '/v1/sessions', 'Content-Type: application/json', 'Content-Length: 100')}{`),
    /^HTTP\/1\.1 408 /,
  )
  t.match(
    await raw(
      `${head('POST', '/v1/sessions', 'Content-Type: application/json', 'Content-Length: 99999999')}{`,
    ),
    /^HTTP\/1\.1 413 /,
  )
  const chunks = `${head('POST', '/v1/sessions', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}fffff\r\n${' '.repeat(0xfffff)}\r\n`
  t.match(await raw(chunks), /^HTTP\/1\.1 413 /)
  t.equal(await lives(), 200)
})

t.test('an answer that takes too long is given up, and so is a question to the database', async t => {
  const slow = await api.ask('/slow')
  t.match(slow, { status: 503, body: { type: '/problems/temporarily-unavailable', detail: /Kijk eerst/ } })
  const { appUrl } = await testDatabase(t)
  const db = connectDatabase({ url: appUrl, statementTimeout: 25, onError: () => {} })
  t.teardown(() => db.destroy())
  const { rows } =
    await sql`select current_setting('statement_timeout') as timeout, current_user as name`.execute(db)
  t.strictSame(rows, [{ timeout: '25s', name: 'meent_app' }])
  t.ok(25_000 < timeAndSize.requestTimeout && timeAndSize.requestTimeout <= timeAndSize.handlerTimeout)
})

t.test('without its database the service says so and when to come back, and lives', async t => {
  const closed = `postgres://127.0.0.1:${await freePort()}/meent`
  const db = connectDatabase<DB>({ url: closed, onError: () => {} })
  t.teardown(() => db.destroy())
  const away = rateLimits({ db, organisationId: 1, onError: () => {} })
  const app = await buildApp(
    { ...api.deps, db, limits: away },
    {
      logger: pino({ level: 'silent' }),
      trustProxy: false,
      signIn: 'on',
      requestJob: async () => {},
      liveOn: undefined,
    },
  )
  t.teardown(() => app.close())
  for (const [url, method] of [
    ['/v1/pools', 'GET'],
    ['/pools/open', 'GET'],
    ['/v1/sessions', 'POST'],
  ] as const) {
    const answer = await app.inject({
      url,
      method,
      ...(method === 'POST' ? { payload: { personId: api.persons.donor } } : {}),
    })
    t.equal(answer.statusCode, 503, url)
    t.equal(answer.headers['retry-after'], '10', url)
    t.notMatch(answer.body, /ECONN|127\.0|postgres|stack/i, 'and nothing of why')
  }
  t.equal((await app.inject('/healthz')).statusCode, 200)
  t.equal((await app.inject('/readyz')).statusCode, 503)
})

t.test('the largest bank statement that is taken lets others be answered meanwhile', async t => {
  const payment = {
    endToEndId: null,
    counterpartyName: 'Iemand',
    counterpartyIban: null,
    remittance: 'x'.repeat(100),
    returnReason: null,
  }
  const entry = (index: number) =>
    ({
      reference: `REF-${index}`,
      kind: 'credit',
      amount: 1n,
      bookedOn: '2027-03-01',
      messageId: null,
      paymentInformationId: null,
      payments: [{ ...payment, amount: 1n }],
    }) as const
  const written = (count: number) =>
    writeCamt053({
      id: 'GROOT',
      sequenceNumber: 1n,
      iban: OWN_IBAN,
      holder: 'Stichting Proef',
      createdAt: new Date('2027-03-01T20:00:00Z'),
      from: '2027-03-01',
      to: '2027-03-01',
      opening: 0n,
      closing: BigInt(count) + 1n,
      entries: Array.from({ length: count }, (_, index) => entry(index)),
    })
  const of100 = written(100).length
  const xml = written(Math.floor((STATEMENT_LIMIT_BYTES / of100) * 98))
  t.ok(xml.length > STATEMENT_LIMIT_BYTES * 0.9 && xml.length <= STATEMENT_LIMIT_BYTES, `${xml.length} bytes`)
  const headers = { 'content-type': 'application/xml' }
  let longest = 0
  let done = false
  const importing = api
    .ask('/v1/bank-statements', { as: 'treasurer', payload: xml, headers })
    .finally(() => (done = true))
  while (!done) {
    const asked = performance.now()
    await sleep(5)
    t.equal(await lives(), 200)
    longest = Math.max(longest, performance.now() - asked)
  }
  t.match(
    await importing,
    { status: 422, body: { type: '/problems/statement-refused' } },
    'it does not add up, and all of it was read',
  )
  t.ok(longest < 3_000, `nobody waited longer than ${Math.round(longest)} ms`)
  t.comment(`${xml.length} bytes: others waited ${Math.round(longest)} ms at most`)
  const larger = await api.ask('/v1/bank-statements', {
    as: 'treasurer',
    payload: ' '.repeat(STATEMENT_LIMIT_BYTES + 1),
    headers,
  })
  t.match(larger, { status: 413, body: { type: '/problems/request-too-large' } })
  const stranger = await api.ask('/v1/bank-statements', { payload: xml, headers })
  t.equal(stranger.status, 401, 'of a stranger it is not even read')
})
