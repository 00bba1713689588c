// Where a request comes from is not for the request to say: neither its site, nor its address, nor its protocol.

import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { placeOf } from '../../src/auth/index.ts'
import type { TrustProxy } from '../../src/platform/trust-proxy.ts'
import { testApp } from '../support/app.ts'
import { testVault } from '../support/app-seed.ts'

const api = await testApp(t)

const appAt = async (publicUrl: string, trustProxy: TrustProxy = false) => {
  const app = await buildApp(
    { ...api.deps, publicUrl: () => publicUrl },
    {
      logger: pino({ level: 'silent' }),
      trustProxy,
      signIn: 'on',
      requestJob: async () => {},
      liveOn: undefined,
    },
  )
  app.get('/asked-from', { config: { permission: 'public.read' } }, async ({ ip, place }) => ({ ip, place }))
  t.teardown(() => app.close())
  return app
}

t.test('with https an origin is ours when scheme, host and port are', async t => {
  const app = await appAt('https://meent.example')
  const status = async (headers: Record<string, string>) =>
    (await app.inject({ method: 'POST', url: '/sign-out', headers: { host: 'meent.example', ...headers } }))
      .statusCode
  t.equal(await status({ origin: 'https://meent.example' }), 303)
  t.equal(await status({ origin: 'https://meent.example:443' }), 303, 'the usual port')
  t.equal(await status({}), 303, 'a program says nothing')
  for (const origin of [
    'http://meent.example', // without TLS anybody in between could have written that page
    'https://meent.example:8443',
    'https://www.meent.example',
    'https://meent.example.evil.example',
    'https://evil.example',
    'ftp://meent.example',
    'null',
    '',
    'meent.example',
    'https://user@evil.example/https://meent.example',
  ])
    t.equal(await status({ origin }), 403, origin)
  t.equal(
    await status({ origin: 'https://evil.example', host: 'evil.example' }),
    403,
    'nor is the Host header believed',
  )
  for (const site of ['cross-site', 'same-site']) t.equal(await status({ 'sec-fetch-site': site }), 403, site)
})

t.test('in a demonstration it is ours at any name that the service was reached by', async t => {
  const app = await appAt('http://127.0.0.1:3000')
  const status = async (origin: string, host: string) =>
    (await app.inject({ method: 'POST', url: '/sign-out', headers: { origin, host } })).statusCode
  t.equal(await status('http://localhost:3000', 'localhost:3000'), 303)
  t.equal(await status('https://x-3000.tunnel.example', 'x-3000.tunnel.example'), 303)
  t.equal(await status('http://localhost:3001', 'localhost:3000'), 403, 'another port')
  t.equal(await status('http://evil.example', 'localhost:3000'), 403)
})

const forged = {
  'x-forwarded-for': '203.0.113.66, 198.51.100.7',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  forwarded: 'for=203.0.113.66;proto=https;host=evil.example',
  'x-real-ip': '203.0.113.66',
}
const peer = '10.0.0.5'

t.test('an address is what the proxies in front say, and nothing that was there before', async t => {
  const asked = async (trust: TrustProxy, headers: Record<string, string> = forged) =>
    (
      await (
        await appAt('http://meent.test', trust)
      ).inject({ url: '/asked-from', headers, remoteAddress: peer })
    ).json()
  t.match(
    await asked(false),
    { ip: peer, place: placeOf(peer, testVault) },
    'without proxies nobody is believed',
  )
  t.match(
    await asked(1),
    { ip: '198.51.100.7', place: placeOf('198.51.100.7', testVault) },
    'one proxy: the last word',
  )
  t.match(await asked(2, { 'x-forwarded-for': '203.0.113.66, 198.51.100.7, 10.0.0.4' }), {
    ip: '198.51.100.7',
  })
  t.match(await asked(['10.0.0.0/8']), { ip: '198.51.100.7' })
  t.match(await asked(['10.0.0.4']), { ip: peer }, 'somebody else than the proxy')
  t.match(await asked(['10.0.0.0/8'], { 'x-forwarded-for': '203.0.113.66, 198.51.100.7, 10.0.0.4' }), {
    ip: '198.51.100.7',
  })
})

t.test('a place is a network, however its address is written, and tells nobody which', async t => {
  const same = (...addresses: string[]) => new Set(addresses.map(each => placeOf(each, testVault))).size === 1
  t.ok(same('192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1:51234', '192.0.2.1:51235'))
  t.ok(same('2001:db8::1', '2001:0DB8:0:0:ffff::2', '[2001:db8::3]:443', '2001:db8::4%eth0'))
  t.notOk(same('192.0.2.1', '192.0.2.2'))
  t.notOk(same('2001:db8::1', '2001:db8:0:1::1'))
  t.ok(same('::1', '::2'), 'half of an address is the network')
  for (const address of ['unknown', '', '::', 'x'.repeat(1000)])
    t.match(placeOf(address, testVault), /^[0-9a-f]{8}$/)
})

t.test('what a request forges changes neither cookies nor where it is led', async t => {
  const signedIn = async (publicUrl: string, headers: Record<string, string>) => {
    const app = await appAt(publicUrl, 1)
    const payload = `personId=${api.persons.operator}`
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return (
      await app.inject({
        method: 'POST',
        url: '/demonstration/sign-in',
        headers: { ...headers, ...type },
        payload,
      })
    ).headers
  }
  for (const headers of [{}, forged, { ...forged, 'x-forwarded-proto': 'http' }]) {
    const plain = await signedIn('http://meent.test', headers)
    t.match(
      [plain['set-cookie']].flat()[0],
      /^meent_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    t.match(plain.location, /^\/admin\?/)
    t.equal(plain['strict-transport-security'], undefined)
    const safe = await signedIn('https://meent.example', headers)
    t.match(
      [safe['set-cookie']].flat()[0],
      /^__Host-meent_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    t.match(safe['strict-transport-security'], /max-age/)
  }
})
