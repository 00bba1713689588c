// Whoever comes by too often waits, by origin, person or key; all instances count together; and what counts cannot be
// reached, nobody signs in uncounted.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { newKeySecret } from '../../src/auth/key-secret.ts'
import { connect } from '../../src/platform/db.ts'
import { sha256 } from '../../src/platform/id.ts'
import { forgetCounts, type Limits, limits, rateLimits } from '../../src/platform/rate-limits/index.ts'
import { DomainError } from '../../src/refusals.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'

t.setTimeout(120_000)

const window = { seconds: 60 }
const few: Limits = {
  read: {
    quotas: {
      origin: { points: 6, ...window },
      person: { points: 3, ...window },
      key: { points: 2, ...window },
    },
    whenAway: 'count-here',
  },
  write: {
    quotas: { origin: { points: 4, ...window }, person: { points: 2, ...window } },
    whenAway: 'count-here',
  },
  costly: { quotas: { origin: { points: 2, ...window } }, whenAway: 'count-here' },
  'sign-in': {
    quotas: { origin: { points: 3, ...window }, address: { points: 1, ...window } },
    whenAway: 'refuse',
  },
  give: {
    quotas: {
      origin: { points: 4, ...window },
      pool: { points: 2, ...window },
      total: { points: 3, ...window },
    },
    whenAway: 'count-here',
  },
  wish: {
    quotas: { origin: { points: 4, ...window }, total: { points: 3, ...window } },
    whenAway: 'count-here',
  },
  campaign: { quotas: { origin: { points: 2, ...window } }, whenAway: 'count-here' },
  agree: { quotas: { origin: { points: 2, ...window } }, whenAway: 'count-here' },
  report: { quotas: { origin: { points: 2, ...window } }, whenAway: 'count-here' },
  follow: { quotas: { origin: { points: 2, ...window } }, whenAway: 'count-here' },
}

const forget = (api: TestApp) => api.owner.query('truncate platform.rate_limits')
/** The same service once more: nothing remembered in memory, the count in the database as it was. */
const instance = async (api: TestApp, numbers = few) => {
  const { db, organisationId } = api.deps
  const errors: Error[] = []
  const deps = {
    ...api.deps,
    limits: rateLimits({ db, organisationId, limits: numbers, onError: error => errors.push(error) }),
  }
  const app = await buildApp(deps, {
    logger: pino({ level: 'silent' }),
    trustProxy: 1,
    signIn: 'on',
    requestJob: async () => {},
    liveOn: undefined,
  })
  return { app, deps, errors }
}
const from = (address: string) => ({ 'x-forwarded-for': address, 'accept-language': 'en' })

t.test('two instances on one database share one count, by origin', async t => {
  const api = await testApp(t, { limits: few })
  const [one, other] = [await instance(api), await instance(api)]
  t.teardown(() => Promise.all([one.app.close(), other.app.close()]))
  const seen: number[] = []
  for (let turn = 0; turn < 8; turn += 1) {
    const { app } = turn % 2 === 0 ? one : other
    seen.push((await app.inject({ url: '/v1/pools', headers: from('192.0.2.1') })).statusCode)
  }
  t.strictSame(seen, [200, 200, 200, 200, 200, 200, 429, 429])
  t.equal(
    (await one.app.inject({ url: '/v1/pools', headers: from('192.0.2.2') })).statusCode,
    200,
    'another origin',
  )
  const { rows } = await api.owner.query('select key from platform.rate_limits')
  t.notMatch(JSON.stringify(rows), /192/, 'no address is kept')
})

t.test('who is over the limit costs no questions to the database', async t => {
  const api = await testApp(t, { limits: few })
  const { app } = await instance(api)
  t.teardown(() => app.close())
  const ask = () => app.inject({ url: '/v1/pools', headers: from('192.0.2.1') })
  for (let turn = 0; turn < 6; turn += 1) await ask()
  await forget(api)
  t.equal((await ask()).statusCode, 429, 'remembered')
  const { rows } = await api.owner.query('select * from platform.rate_limits')
  t.strictSame(rows, [], 'and nothing was counted')
})

t.test('one network is one origin, however its address is written', async t => {
  const api = await testApp(t, { limits: few })
  const { app } = await instance(api)
  t.teardown(() => app.close())
  const last = async (addresses: string[]) => {
    let status = 0
    for (const address of addresses)
      status = (await app.inject({ url: '/v1/pools', headers: from(address) })).statusCode
    return status
  }
  t.equal(
    await last([
      '2001:db8::1',
      '2001:db8::2',
      '2001:db8:0:0:1::',
      '2001:db8:0::3',
      '2001:0db8::4',
      '2001:db8:0:0:ffff::',
      '2001:db8::7',
    ]),
    429,
  )
  t.equal(await last(['2001:db8:0:1::1']), 200, 'the network beside it')
  t.equal(await last([...Array(6).fill('192.0.2.7'), '::ffff:192.0.2.7']), 429)
})

t.test('a person is counted wherever they are, a key as well', async t => {
  const api = await testApp(t, { limits: few })
  const { app } = await instance(api)
  t.teardown(() => app.close())
  const token = await api.token('operator')
  await forget(api)
  const secret = newKeySecret()
  await api.owner.query(
    `insert into auth.keys (organisation_id, id, key_sha256, start, name, scopes, created_by, expires_at)
     values ($1, $2, $3, 'meent_kkkk', 'proef', '{ledger.read}', $4, now() + interval '1 day')`,
    [api.organisationId, randomUUID(), sha256(secret), api.persons.administrator],
  )
  const statuses = async (bearer: string, times: number) => {
    const seen: number[] = []
    for (let turn = 0; turn < times; turn += 1)
      seen.push(
        (
          await app.inject({
            url: '/v1/pools',
            headers: { ...from(`192.0.2.${turn + 10}`), authorization: `Bearer ${bearer}` },
          })
        ).statusCode,
      )
    return seen
  }
  t.strictSame(await statuses(token, 4), [200, 200, 200, 429])
  t.strictSame(await statuses(secret, 3), [200, 200, 429])
  const told = await app.inject({
    url: '/v1/pools',
    headers: { ...from('192.0.2.99'), authorization: `Bearer ${await api.token('treasurer')}` },
  })
  t.match(told.headers, {
    'ratelimit-policy': '"read-origin";q=6;w=60, "read-person";q=3;w=60',
    ratelimit: /^"read-origin";r=5;t=\d+, "read-person";r=2;t=\d+$/,
  })
})

t.test('a refusal says when to come back: to programs, and to people on a page', async t => {
  const api = await testApp(t, { limits: few })
  const { app } = await instance(api)
  t.teardown(() => app.close())
  for (let turn = 0; turn < 6; turn += 1) await app.inject({ url: '/v1/pools', headers: from('192.0.2.1') })
  const problem = await app.inject({ url: '/v1/pools', headers: from('192.0.2.1') })
  t.equal(problem.statusCode, 429)
  t.match(problem.json(), {
    type: '/problems/too-many-requests',
    status: 429,
    detail: /^Try again in \d+ seconds$/,
  })
  const wait = Number(problem.headers['retry-after'])
  t.ok(wait >= 1 && wait <= 60, `${wait} seconds`)
  const page = await app.inject({
    url: '/pools/open',
    headers: { ...from('192.0.2.1'), accept: 'text/html' },
  })
  t.equal(page.statusCode, 429)
  t.match(page.body, /Dit gaat te snel achter elkaar/)
  t.match(page.body, /Probeer het over \d+ seconden opnieuw/)
  t.match(page.headers['retry-after'], /^\d+$/)
})

t.test(
  'signing in, giving and what is costly have limits of their own; events and health have none',
  async t => {
    const api = await testApp(t, { limits: few })
    const { app } = await instance(api)
    t.teardown(() => app.close())
    const seen = async (times: number, request: object) => {
      const statuses: number[] = []
      for (let turn = 0; turn < times; turn += 1)
        statuses.push((await app.inject({ headers: from('192.0.2.1'), ...request })).statusCode)
      return statuses
    }
    const personId = api.persons.donor
    t.strictSame(
      await seen(4, { method: 'POST', url: '/v1/sessions', payload: { personId } }),
      [201, 201, 201, 429],
    )
    t.strictSame(
      await seen(1, { method: 'POST', url: '/sign-in', payload: { email: 'iemand@meent.example' } }),
      [429],
      'the page as well',
    )
    const at = new Date(0).toISOString()
    t.strictSame(await seen(3, { url: `/v1/trial-balance?recordedAt=${at}` }), [200, 200, 429])
    t.strictSame(await seen(1, { url: '/v1/trial-balance' }), [200], 'as it is now it costs little')
    t.strictSame(await seen(9, { url: '/healthz' }), Array(9).fill(200))
    t.strictSame(
      await seen(9, { method: 'POST', url: '/v1/provider-events', payload: '{}' }),
      Array(9).fill(400),
    )
    const { rows } = await api.owner.query("select 1 from platform.rate_limits where key like '%/write/%'")
    t.strictSame(rows, [], 'an event is not even counted')
  },
)

t.test('a flood of gifts ends: by origin, by pool, and in all', async t => {
  const api = await testApp(t, { limits: few })
  const { app } = await instance(api)
  t.teardown(() => app.close())
  let origin = 0
  const give = async (poolId: string, address = `192.0.2.${++origin}`) =>
    (
      await app.inject({
        method: 'POST',
        url: `/v1/pools/${poolId}/donations`,
        headers: { ...from(address), 'idempotency-key': randomUUID() },
        payload: { amount: 1000, currency: 'EUR' },
      })
    ).statusCode
  const { open, other } = api.pools
  t.strictSame([await give(open.id), await give(open.id), await give(open.id)], [201, 201, 429], 'of a pool')
  t.strictSame([await give(other.id), await give(other.id)], [201, 429], 'in all')
  const form = await app.inject({
    method: 'POST',
    url: '/pools/ander/donations',
    headers: { ...from('192.0.2.77'), 'content-type': 'application/x-www-form-urlencoded' },
    payload: `amount=10&idempotencyKey=${randomUUID()}`,
  })
  t.equal(form.statusCode, 429)
  t.match(form.headers['retry-after'], /^\d+$/)
  t.match(form.body, /Dit gaat te snel achter elkaar/, 'said on the form, which keeps what was typed')
  await forget(api)
  const fresh = await instance(api)
  t.teardown(() => fresh.app.close())
  const closed = async () =>
    (
      await fresh.app.inject({
        method: 'POST',
        url: `/v1/pools/${randomUUID()}/donations`,
        headers: { ...from('192.0.2.1'), 'idempotency-key': randomUUID() },
        payload: { amount: 1000, currency: 'EUR' },
      })
    ).statusCode
  t.strictSame(
    [await closed(), await closed(), await closed(), await closed(), await closed()].at(-1),
    429,
    'of an origin',
  )
})

t.test('a use case counts by a subject of its own', async t => {
  const api = await testApp(t, { limits: few })
  const { limits: own, vault } = api.deps
  const subject = vault.fingerprint('email/somebody@meent.example').toString('hex')
  t.match(await own.count('sign-in', 'address', subject), { remaining: 0 })
  await t.rejects(own.count('sign-in', 'address', subject), {
    code: 'too-many-requests',
    details: { retryAfter: Number },
  })
  const another = vault.fingerprint('email/other@meent.example').toString('hex')
  await own.count('sign-in', 'address', another)
})

t.test('the database refuses to keep an address of a person or of a network', async t => {
  const { appUrl } = await testDatabase(t)
  const app = new pg.Client(appUrl)
  await app.connect()
  t.teardown(() => app.end())
  for (const subject of ['192.0.2.1', '2001:db8::1', 'somebody@meent.example', 'short', ''])
    await t.rejects(
      app.query('insert into platform.rate_limits values ($1, 1, 1)', [`1/read/origin:${subject}`]),
      /check/,
      subject,
    )
  await app.query("insert into platform.rate_limits values ('1/read/origin:0a1b2c3d', 1, 1)")
  const { rows } = await app.query(
    "select relpersistence from pg_class where oid = 'platform.rate_limits'::regclass",
  )
  t.strictSame(rows, [{ relpersistence: 'u' }], 'it waits for no disk')
})

t.test('what counts for nothing any more is removed', async t => {
  const { appUrl } = await testDatabase(t)
  const db = connect({ url: appUrl, onError: () => {} })
  t.teardown(() => db.destroy())
  const own = rateLimits({ db, organisationId: 1, limits: few, onError: () => {} })
  await own.count('read', 'origin', '0a1b2c3d')
  const old = Date.now() - 120_000
  await sql`insert into platform.rate_limits values ('1/read/origin:00000000', 9, ${old})`.execute(db)
  t.equal(await forgetCounts(db), 1)
  const { rows } = await sql`select key from platform.rate_limits`.execute(db)
  t.strictSame(rows, [{ key: '1/read/origin:0a1b2c3d' }])
})

t.test('with the count away each instance counts by itself, and nobody signs in', async t => {
  const { appUrl, drop } = await testDatabase(t)
  const db = connect({ url: appUrl, onError: () => {} })
  t.teardown(() => db.destroy())
  const errors: Error[] = []
  const own = rateLimits({ db, organisationId: 1, limits: few, onError: error => errors.push(error) })
  t.match(await own.count('read', 'origin', '0a1b2c3d'), { remaining: 5 })
  await drop()
  for (let turn = 0; turn < 6; turn += 1) await own.count('read', 'origin', '0a1b2c3d')
  await t.rejects(own.count('read', 'origin', '0a1b2c3d'), { code: 'too-many-requests' })
  await t.rejects(own.count('sign-in', 'origin', '0a1b2c3d'), new DomainError('temporarily-unavailable'))
  t.ok(errors.length > 0, 'and it is told')
})

t.test('a count that does not answer is not waited for', async t => {
  const { appUrl } = await testDatabase(t)
  const db = connect({ url: appUrl, maxConnections: 1, onError: () => {} })
  t.teardown(() => db.destroy())
  const own = rateLimits({ db, organisationId: 1, limits: few, onError: () => {} })
  let release = () => {}
  const busy = db.connection().execute(() => new Promise<void>(resolve => (release = resolve)))
  await sleep(50)
  const before = performance.now()
  t.match(await own.count('read', 'origin', '0a1b2c3d'), { remaining: 5 })
  t.ok(performance.now() - before < 2_000)
  await t.rejects(own.count('sign-in', 'origin', '0a1b2c3d'), { code: 'temporarily-unavailable' })
  release()
  await busy
})

t.test(
  'the table itself: each limit counts origins or says why not, and nobody is let through to sign in',
  async t => {
    for (const [name, { quotas }] of Object.entries(limits)) t.ok('origin' in quotas, name)
    t.equal(limits['sign-in'].whenAway, 'refuse')
  },
)
