// What holds for every answer that can be read here, whole ones and refusals: what it is and in which letters, who may keep or
// read it, and what it never says.

import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { testApp } from '../support/app.ts'
import { realAddresses } from '../support/real-addresses.ts'
import { watchRoutes } from '../support/routes.ts'

t.setTimeout(180_000)

const watch = watchRoutes()
const api = await testApp(t)
const reading = watch.routesOf(api.app).filter(({ method }) => method === 'GET')
const { addressOf, token, iban } = await realAddresses(api)

const answers: {
  what: string
  url: string
  status: number
  headers: Record<string, unknown>
  body: string
}[] = []
for (const route of reading)
  for (const accept of ['text/html', 'application/json'])
    for (const bearer of [undefined, token]) {
      const url = addressOf(route)
      const answer = await api.app.inject({
        url,
        headers: {
          ...{ accept, origin: 'https://elsewhere.example' },
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        },
      })
      const what = `${route.url}, ${accept}, ${bearer ? 'with every role' : 'nobody'}: ${answer.statusCode}`
      answers.push({
        what,
        url: route.url,
        status: answer.statusCode,
        headers: answer.headers,
        body: answer.body,
      })
    }
const whole = answers.filter(({ status }) => status === 200)
const isOf = (type: RegExp) => whole.filter(({ headers }) => type.test(String(headers['content-type'])))

t.test('each answer says what it is, and in which letters', async t => {
  t.ok(whole.length > 150, `${whole.length} of ${answers.length} were answered whole`)
  for (const { what, status, headers, body } of answers) {
    if (status === 303) continue
    const type = String(headers['content-type'])
    t.match(
      type,
      /^(text\/(html|css|csv); charset=utf-8|application\/(json|problem\+json)(; charset=utf-8)?|application\/xml(; charset=utf-8)?|application\/pdf|image\/jpeg)$/i,
      `${what}: ${type}`,
    )
    if (/json/.test(type)) t.doesNotThrow(() => JSON.parse(body), what)
    t.equal(
      /^\s*<!doctype html/i.test(body),
      /html/.test(type),
      `${what}: markup is HTML and nothing else is`,
    )
  }
})

t.test('no other site reads an answer, but for the description of the API', async t => {
  for (const { what, url, headers } of answers) {
    const open = url === '/v1/openapi.json' && headers['access-control-allow-origin'] !== undefined
    t.equal(headers['access-control-allow-origin'], open ? '*' : undefined, what)
    t.equal(headers['access-control-allow-credentials'], undefined, what)
  }
})

t.test('only style, pictures and the description of the API are kept by anybody', async t => {
  for (const { what, url, headers } of answers) {
    const kept = headers['cache-control'] !== 'no-store'
    if (kept) t.match(url, /^(\/assets\/:file|\/v1\/openapi\.json)$/, what)
    if (kept) t.equal(headers['set-cookie'], undefined, what)
  }
})

t.test('every page of somebody who is signed in has a way to sign out', async t => {
  const pages = isOf(/html/).filter(({ what }) => what.includes('with every role'))
  t.ok(pages.length > 30, `${pages.length} pages`)
  for (const { what, url, body } of pages) {
    // The payment page plays another company's site, and a letter is shown as its reader would see it.
    if (/simulated-(payment|account)|letterId/.test(url)) continue
    t.match(body, /<form[^>]*action="(\/en)?\/sign-out"/, what)
  }
})

t.test('what is kept as a file has a name of ours, and a bank file is no page', async t => {
  const files = answers.filter(({ headers }) => headers['content-disposition'])
  t.ok(files.length >= 2, `${files.length} files`)
  for (const { what, headers } of files)
    t.match(
      headers['content-disposition'],
      /^attachment; filename="[A-Za-z0-9-]{1,60}\.(xml|csv|jsonl|pdf|json)"$/,
      what,
    )
  for (const { what, headers } of isOf(/xml/)) t.ok(headers['content-disposition'], what)
})

t.test('a recipient’s name and account stand in no answer that is merely read', async t => {
  const holds = (body: string) => body.includes(iban) && body.includes('Proef Ontvanger')
  const { rows } = await api.owner.query('select id from disbursements.batches')
  for (const prefix of ['/v1', '/admin']) {
    const file = await api.app.inject({
      ...{ method: 'POST', url: `${prefix}/batches/${rows[0].id}/payment-file-readings` },
      headers: { authorization: `Bearer ${token}` },
      payload: { [prefix === '/v1' ? 'reason' : 'fileReason']: 'Naar de bank' },
    })
    t.ok(holds(file.body), `${prefix}: but in the payment file, for a reason`)
    t.equal(file.headers['cache-control'], 'no-store')
  }
  for (const { what, url, body } of answers) {
    t.notOk(body.includes(iban) || body.includes('Proef Ontvanger'), what)
    t.notOk(body.includes(token), `${what}: nor a token`)
    // The page of a link says who would be signed in by it; the demonstration's letters have readers.
    if (!/signInToken|demonstration\/inbox/.test(url))
      t.notOk(body.includes('donor@meent.example'), `${what}: nor an address`)
  }
})

t.test('what goes wrong with us is told by a number alone, and is in our log', async t => {
  const lines: string[] = []
  const app = await buildApp(
    {
      ...api.deps,
      provider: { ...api.deps.provider, createCheckout: () => Promise.reject(new Error('geheim: x.ts:1')) },
    },
    {
      logger: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }),
      ...{ trustProxy: false, signIn: 'on', requestJob: async () => {}, liveOn: undefined },
    },
  )
  t.teardown(() => app.close())
  for (const [url, headers, payload] of [
    [
      `/v1/pools/${api.pools.open.id}/donations`,
      { 'content-type': 'application/json' },
      '{"amount":1000,"currency":"EUR"}',
    ],
    [
      '/pools/open/donations',
      { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      'amount=10&idempotencyKey=12345678',
    ],
  ] as const) {
    lines.length = 0
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'idempotency-key': 'of-this-test' },
      payload,
    })
    t.equal(answer.statusCode, 500, url)
    t.notMatch(answer.body, /geheim|\.ts|Error/, url)
    t.match(answer.body, String(answer.headers['x-request-id']), `${url}: a number to quote`)
    t.equal(lines.length, 1)
    t.match(lines[0], /geheim/, 'and we can read what it was')
  }
})

t.test('whatever is asked is one line in the log', async t => {
  const lines: string[] = []
  const app = await buildApp(api.deps, {
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    ...{ trustProxy: 1, signIn: 'on', requestJob: async () => {}, liveOn: undefined },
  })
  t.teardown(() => app.close())
  const nasty = '\r\n{"level":50}\u001b[31m%s%j'
  const path = encodeURIComponent(nasty)
  await app.inject('/nowhere/plain')
  const usual = lines.splice(0).length
  const said = nasty.replace('\r\n', '')
  const headers = { 'user-agent': said, 'x-forwarded-for': said, accept: said }
  t.equal((await app.inject({ url: `/nowhere/${path}?x=${path}`, headers })).statusCode, 404)
  t.equal(lines.length, usual, 'as many as of any other')
  for (const line of lines) {
    t.doesNotThrow(() => JSON.parse(line))
    t.notMatch(line.trimEnd(), /[\p{Cc}]/u, 'and nothing in them that a terminal would obey')
  }
})
