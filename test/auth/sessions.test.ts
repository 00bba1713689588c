// Sessions: whoever holds none, an old one, another organisation's or a made-up one is a stranger; and a page of
// somebody else cannot use ours.

import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { forgetSessions, sessionCookie, signInForDemonstration } from '../../src/auth/index.ts'
import { createOrganisation } from '../../src/organisations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'

const api = await testApp(t)
const options = {
  logger: pino({ level: 'silent' }),
  trustProxy: false,
  signIn: 'on',
  requestJob: async () => {},
  liveOn: undefined,
} as const
const COOKIE = sessionCookie('http://meent.test')
const signIn = async (personId: string, deps = api.deps) =>
  (await signInForDemonstration(deps, personId, { requestId: 'test' })).token
const change = (column: string, value: string, token: string) =>
  api.owner.query(
    `update auth.sessions set ${column} = ${value} where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
    [token],
  )

t.test('sessions that are none', async t => {
  const { db, organisationId, vault } = api.deps
  const path = '/v1/bank-accounts'
  const status = async (headers: Record<string, string>) => (await api.ask(path, { headers })).status
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const token = await signIn(api.persons.treasurer)
  t.equal(await status(bearer(token)), 200)
  t.equal(await status({ cookie: `${COOKIE}=${token}` }), 200, 'as a cookie as well')

  const elsewhere = await inTransaction(db, async trx => {
    const other = await createOrganisation(trx, {
      slug: 'elders',
      legalName: 'Elders',
      contact: 'x@meent.example',
    })
    return { other, personId: await addMember(trx, vault, other, 'elders', 'treasurer') }
  })
  const foreign = await signIn(elsewhere.personId, { ...api.deps, organisationId: elsewhere.other })
  t.equal(await status(bearer(foreign)), 401, 'a session of another organisation')
  await t.rejects(signIn(elsewhere.personId), { code: 'not-found' }, 'nor can one be had here')
  t.not(elsewhere.other, organisationId)

  const old = await signIn(api.persons.treasurer)
  await change('expires_at', "clock_timestamp() - interval '1 second'", old)
  t.equal(await status(bearer(old)), 401, 'one that has expired')
  const idle = await signIn(api.persons.treasurer)
  await change('updated_at', "clock_timestamp() - interval '59 minutes'", idle)
  t.equal(await status(bearer(idle)), 200, 'one that was used within the hour')
  await change('updated_at', "clock_timestamp() - interval '61 minutes'", idle)
  t.equal(await status(bearer(idle)), 401, 'one that was not')
  const gone = await signIn(api.persons.treasurer)
  t.equal((await api.ask('/v1/sessions/current', { method: 'DELETE', headers: bearer(gone) })).status, 204)
  t.equal(await status(bearer(gone)), 401, 'one that was ended')
  const made = [`${token}x`, token.slice(1), token.toUpperCase(), 'x'.repeat(22), 'null', "' or ''='", '']
  for (const each of made)
    t.equal(await status(bearer(each)), 401, `one that was made up: ${each.length} characters`)
  t.equal(await status({ authorization: `Basic ${token}` }), 401, 'of another kind')
  t.equal(await status({ cookie: `${COOKIE}=` }), 401, 'an empty cookie')
})

t.test('a role that ended is gone at the next request', async t => {
  const token = await signIn(api.persons.treasurer)
  const ask = async () =>
    (await api.ask('/v1/bank-accounts', { headers: { authorization: `Bearer ${token}` } })).status
  t.equal(await ask(), 200)
  await api.owner.query(
    "update auth.grants set ended_at = clock_timestamp() where person_id = $1 and role = 'treasurer'",
    [api.persons.treasurer],
  )
  t.equal(await ask(), 403)
})

t.test('a page of somebody else cannot act with our cookie', async t => {
  const token = await signIn(api.persons.administrator)
  const close = (headers: Record<string, string>) =>
    api.ask(`/v1/pools/${api.pools.other.id}/closures`, {
      body: { reason: 'Vol' },
      headers: { host: 'meent.test', cookie: `${COOKIE}=${token}`, ...headers },
    })
  const before = await everything(api.owner)
  const attacks: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
    { origin: 'https://elders.example' },
    { origin: 'http://meent.test.elders.example' },
    { origin: 'http://meent.test:8080' },
    { origin: 'nonsense' },
  ]
  for (const headers of attacks) {
    const answer = await close(headers)
    t.match(answer, { status: 403, body: { type: '/problems/cross-site-request' } }, JSON.stringify(headers))
  }
  t.strictSame(await everything(api.owner), before, 'nothing was written')
  t.equal(
    (await close({ 'sec-fetch-site': 'same-origin', origin: 'http://meent.test' })).status,
    200,
    'our own can',
  )
})

t.test('what is over is forgotten, and what is not stays', async t => {
  const kept = await signIn(api.persons.auditor)
  const over = await signIn(api.persons.auditor)
  await change('expires_at', "clock_timestamp() - interval '1 second'", over)
  await api.owner.query(
    `insert into auth.verifications (organisation_id, id, identifier_fingerprint, value_sealed, expires_at)
      select $1, n::text, sha256(n::text::bytea), 'x', clock_timestamp() + (n - 1501) * interval '1 minute'
        from generate_series(1, 1600) n`,
    [api.organisationId],
  )
  t.match(await forgetSessions(api.deps), { verifications: 1501 })
  const left = async (table: string) =>
    (
      await api.owner.query(
        `select count(*)::int as n from auth.${table} where expires_at < clock_timestamp()`,
      )
    ).rows[0].n
  t.equal(await left('sessions'), 0)
  t.equal(await left('verifications'), 0)
  const status = (await api.ask('/v1/findings', { headers: { authorization: `Bearer ${kept}` } })).status
  t.not(status, 401)
})

t.test('over https a cookie without the prefix is nobody’s', async t => {
  const token = await signIn(api.persons.auditor)
  const secure = await buildApp({ ...api.deps, publicUrl: () => 'https://meent.example' }, options)
  t.teardown(() => secure.close())
  const status = async (name: string) =>
    (await secure.inject({ url: '/v1/bank-accounts', headers: { cookie: `${name}=${token}` } })).statusCode
  t.equal(await status('meent_session'), 401)
  t.equal(await status('__Host-meent_session'), 200)
})
