// A municipality's sign-in that somebody else plays, or that was led astray: whatever is wrong with its ID token, nobody comes
// in by it. The same token without the fault lets in, so that each refusal is of the fault alone.

import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const CLIENT = { id: 'meent', secret: 'secret-of-the-test' }
type Fields = Record<string, unknown>
const treasurer = { email: 'treasurer@meent.example', email_verified: true }

interface Fault {
  /** Changes the header or the claims before they are signed. */
  readonly head?: (head: Fields, at: string) => Fields
  readonly claims?: (claims: Fields) => Fields
  readonly seal?: (text: string) => string
  /** What the token endpoint answers in place of the token. */
  readonly answer?: (token: string) => Fields
  /** What it says of the person when asked by the access token. */
  readonly person?: Fields
  /** Where the token endpoint leads instead of answering. */
  readonly redirect?: string
  /** Where asking who it is leads, and where the issuer's own description does. */
  readonly personAt?: string
  readonly descriptionAt?: string
}
const now = () => Math.floor(Date.now() / 1000)
const part = (fields: Fields) => Buffer.from(JSON.stringify(fields)).toString('base64url')
const rs256 = (key: KeyObject) => (text: string) =>
  sign('sha256', Buffer.from(text), key).toString('base64url')
const hs256 = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('base64url')
const published = createPublicKey(ours.privateKey)

/** The municipality, on this machine; `fault` is what is wrong with its next token, `nonce` what the browser was sent with. */
async function municipality(t: Test) {
  const calls: string[] = []
  const state = { fault: {} as Fault, nonce: '', issuer: '', at: '' }
  const tokenOf = ({ head, claims, seal }: Fault): string => {
    const good = { alg: 'RS256', typ: 'JWT', kid: 'one' }
    const said = {
      ...{
        iss: state.at,
        aud: CLIENT.id,
        sub: 'ambtenaar-1',
        nonce: state.nonce,
        iat: now(),
        exp: now() + 300,
        auth_time: now() - 3_000,
      },
      ...treasurer,
    }
    const text = `${part(head ? head(good, state.at) : good)}.${part(claims ? claims(said) : said)}`
    return `${text}.${(seal ?? rs256(ours.privateKey))(text)}`
  }
  const server = createServer((request: IncomingMessage, response) => {
    const path = String(request.url).split('?')[0] ?? ''
    calls.push(path)
    const json = (body: Fields) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    request.resume().on('end', () => {
      const { descriptionAt, personAt } = state.fault
      const elsewhere = path === '/userinfo' ? personAt : path.startsWith('/.well-known') && descriptionAt
      if (elsewhere) return response.writeHead(302, { location: elsewhere }).end()
      if (path === '/.well-known/openid-configuration')
        return json({
          ...{ issuer: state.issuer || state.at, authorization_endpoint: `${state.at}/authorize` },
          ...{
            token_endpoint: `${state.at}/token`,
            jwks_uri: `${state.at}/jwks`,
            userinfo_endpoint: `${state.at}/userinfo`,
          },
          ...{ id_token_signing_alg_values_supported: ['RS256'], subject_types_supported: ['public'] },
        })
      if (path === '/jwks')
        return json({ keys: [{ ...published.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] })
      if (path === '/elsewhere-jwks')
        return json({
          keys: [{ ...createPublicKey(theirs.privateKey).export({ format: 'jwk' }), kid: 'one' }],
        })
      if (path === '/userinfo') return json({ sub: 'ambtenaar-1', ...treasurer, ...state.fault.person })
      if (path !== '/token') return response.writeHead(404).end()
      const { redirect, answer } = state.fault
      if (redirect) return response.writeHead(307, { location: redirect }).end()
      const token = tokenOf(state.fault)
      const usual = { access_token: 'of-no-use', token_type: 'Bearer', expires_in: 60 }
      return json({ ...usual, ...(answer ? answer(token) : { id_token: token }) })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  state.at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { state, calls }
}

const { state, calls } = await municipality(t)
const settings = () => ({
  issuer: state.at,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  name: 'Gemeente Proef',
})
const api = await testApp(t, { oidc: settings() })

/** Out to the municipality and back, with a token that has this fault; answers the status of coming back. */
async function comesIn(fault: Fault, from = api): Promise<number> {
  state.fault = fault
  const who = visitor(from)
  const { to = '', status } = await who.get('/sign-in/municipality')
  if (status !== 303) return status
  const asked = new URL(to).searchParams
  state.nonce = asked.get('nonce') ?? ''
  const back = new URLSearchParams({
    code: 'a-code',
    state: asked.get('state') ?? '',
    iss: state.issuer || state.at,
  })
  const came = await who.get(`/sign-in/municipality/callback?${back}`)
  const account = await who.get('/account')
  if ((came.status === 303) !== (account.status === 200)) throw new Error(`${came.status}, ${account.status}`)
  return came.status
}
const set = (changed: Fields) => (fields: Fields) => ({ ...fields, ...changed })
const without = (name: string) => (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name))
const pem = String(published.export({ format: 'pem', type: 'spki' }))

const faults: readonly [what: string, fault: Fault][] = [
  ['unsigned', { head: set({ alg: 'none' }), seal: () => '' }],
  ['signed with our secret', { head: set({ alg: 'HS256' }), seal: hs256(CLIENT.secret) }],
  ['signed with the public key as a secret', { head: set({ alg: 'HS256' }), seal: hs256(pem) }],
  ['signed with another key', { seal: rs256(theirs.privateKey) }],
  [
    'that names its own key',
    {
      head: set({ jwk: createPublicKey(theirs.privateKey).export({ format: 'jwk' }) }),
      seal: rs256(theirs.privateKey),
    },
  ],
  [
    'that names where its keys are',
    {
      head: (head, at) => ({ ...head, jku: `${at}/elsewhere-jwks`, x5u: `${at}/elsewhere-jwks` }),
      seal: rs256(theirs.privateKey),
    },
  ],
  ['of an unknown key', { head: set({ kid: 'two' }), seal: rs256(theirs.privateKey) }],
  ['that is over', { claims: set({ iat: now() - 7_200, exp: now() - 3_600 }) }],
  ['that is not good yet', { claims: set({ nbf: now() + 3_600 }) }],
  ['of another issuer', { claims: set({ iss: 'https://elders.example' }) }],
  ['for another client', { claims: set({ aud: 'somebody-else' }) }],
  ['for nobody', { claims: without('aud') }],
  ['of another question', { claims: set({ nonce: 'made-up' }) }],
  ['of no question', { claims: without('nonce') }],
  ['about nobody', { claims: without('sub') }],
  ['about somebody else than the person', { claims: without('email'), person: { sub: 'ambtenaar-2' } }],
  ['that does not say when they signed in there', { claims: without('auth_time') }],
  ['of whoever signed in there too long ago', { claims: set({ auth_time: now() - 3_700 }) }],
  ['of whoever will sign in there', { claims: set({ auth_time: now() + 300 }) }],
  ['that says when in words', { claims: set({ auth_time: 'just now' }) }],
  ['that is no token', { answer: () => ({ id_token: 'x.y.z' }) }],
  ['that is not there', { answer: () => ({}) }],
]

t.test('the same without a fault lets in', async t => {
  t.equal(await comesIn({}), 303)
  t.equal(await comesIn({ claims: without('email') }), 303, 'the address may stand beside the token')
})

t.test('an ID token with anything wrong lets nobody in', async t => {
  for (const [what, fault] of faults) t.equal(await comesIn(fault), 422, `an ID token ${what}`)
  t.notOk(calls.includes('/elsewhere-jwks'), 'and no key is fetched from where a token says')
  const { rows } = await api.owner.query("select count(*)::int as n from auth.sessions where method = 'oidc'")
  t.equal(rows[0].n, 2, 'those that were good')
})

t.test('where it leads is not followed', async t => {
  const called: string[] = []
  const inside = createServer((request, response) => {
    called.push(String(request.url))
    // What would let somebody in, if it were believed.
    const answer = { sub: 'ambtenaar-1', ...treasurer }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => inside.listen(0, '127.0.0.1', resolve))
  t.teardown(() => inside.close())
  const redirect = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/internal`
  t.equal(await comesIn({ redirect }), 422, 'from where the code is exchanged')
  t.equal(await comesIn({ personAt: redirect, claims: without('email') }), 422, 'from who it is')
  const own = await testApp(t, { oidc: settings() })
  t.equal(await comesIn({ descriptionAt: redirect }, own), 503, 'from what the issuer says of itself')
  t.strictSame(called, [], 'nobody called what is inside')
})

t.test('whoever says to be another issuer than the settings name is not believed', async t => {
  for (const issuer of [
    'https://elders.example',
    `${state.at}/other`,
    state.at.replace('127.0.0.1', 'localhost'),
  ]) {
    state.issuer = issuer
    const own = await testApp(t, { oidc: settings() })
    t.not(await comesIn({ claims: set({ iss: issuer }) }, own), 303, issuer)
  }
  state.issuer = ''
})
