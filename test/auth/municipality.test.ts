// Signing in at one's municipality: it proves an address that somebody here has, never makes an account, and staff show
// their second factor all the same. What comes back forged, twice or from another browser is refused.

import t from 'tap'
import { OIDC_CALLBACK } from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { visitor } from '../support/visitor.ts'
import { municipalityServer } from './municipality-server.ts'

const municipality = await municipalityServer(t, `http://meent.test${OIDC_CALLBACK}`)
const api = await testApp(t, { oidc: municipality.settings })
const path = (url: string) => url.replace('http://meent.test', '')

async function leave(next = '') {
  const who = visitor(api)
  const { to = '', status } = await who.get(`/sign-in/municipality?next=${next}`)
  if (status !== 303) throw new Error(`${status}`)
  return { who, to }
}

t.test('the page offers it by its name, and it leads out and back', async t => {
  t.match(await visitor(api).get('/sign-in'), { text: 'Inloggen bij Gemeente Proef' })
  const { who, to } = await leave('/admin/reconciliation')
  t.ok(to.startsWith(municipality.settings.issuer), to)
  for (const part of ['code_challenge=', 'state=', 'nonce=', 'response_type=code', 'max_age=3600'])
    t.ok(to.includes(part), part)
  const back = await municipality.pass(to)
  const entered = await who.get(path(back))
  t.match(entered, { status: 303, to: '/admin/reconciliation?notice=signed-in' })
  t.match(await who.get('/admin'), { status: 303, to: /second-factor/ }, 'the second factor is asked here')
  const { rows } = await api.owner.query('select method, second_factor_at from auth.sessions')
  t.match(rows, [{ method: 'oidc', second_factor_at: null }])
  const acts = await api.owner.query(
    "select action, actor_id, origin, detail from acts.acts where action = 'session.start'",
  )
  t.match(acts.rows, { length: 1 }, 'coming in is an act')
  t.match(
    acts.rows,
    [{ actor_id: /-/, origin: /./, detail: { method: 'oidc' } }],
    'by the request that came back',
  )
  const tokens = await api.owner.query('select * from auth.identities')
  t.strictSame(
    Object.keys(tokens.rows[0]).toSorted(),
    ['created_at', 'id', 'issuer', 'organisation_id', 'person_id', 'subject', 'updated_at'],
    'no token of it is kept',
  )
})

t.test('what comes back twice, forged or to another browser is refused', async t => {
  const first = await leave()
  const back = path(await municipality.pass(first.to))
  t.match(await visitor(api).get(back), { status: 422 }, 'another browser')
  t.match(await first.who.get(back), { status: 303 }, 'the one that left still comes in')
  const second = await leave()
  const good = path(await municipality.pass(second.to))
  const forged = [
    good.replace(/code=[^&]+/, 'code=made-up'),
    good.replace(/state=[^&]+/, 'state=made-up'),
    good.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Felders.example'),
  ]
  for (const each of forged) {
    const { who, to } = await leave()
    await municipality.pass(to)
    t.match(await who.get(each), { status: 422 }, each.slice(0, 60))
  }
  t.match(await second.who.get(good), { status: 303 }, 'the good one, once')
  second.who.cookies.delete('meent_session')
  t.match(await second.who.get(good), { status: 422 }, 'and not twice')
  t.match(await visitor(api).get(`${OIDC_CALLBACK}?error=access_denied`), { status: 422 })
})

t.test('another site cannot begin it, nor end anybody’s session by it', async t => {
  municipality.person = { subject: 'ambtenaar-1', email: 'treasurer@meent.example', verified: true }
  const token = await api.token('approver')
  const from = async (
    site: string | undefined,
    cookies: Record<string, string>,
    url = '/sign-in/municipality',
  ) => {
    const headers = { accept: 'text/html', ...(site ? { 'sec-fetch-site': site } : {}) }
    const { statusCode, headers: told, cookies: set } = await api.app.inject({ url, headers, cookies })
    return { status: statusCode, to: told.location, set }
  }
  const before = await everything(api.owner)
  for (const site of ['cross-site', 'same-site', 'made-up'])
    t.match(await from(site, {}), { status: 303, to: '/sign-in', set: [] }, site)
  for (const site of ['same-origin', 'none', 'cross-site', undefined])
    t.match((await from(site, { meent_session: token })).to, /^\/(admin|sign-in)$/, `signed in, ${site}`)
  t.strictSame(await everything(api.owner), before, 'nothing was begun')
  for (const site of ['same-origin', 'none'])
    t.match((await from(site, {})).to, new RegExp(`^${municipality.settings.issuer}`), site)

  const { who, to } = await leave()
  who.cookies.set('meent_session', token) // somebody signs in here meanwhile
  t.match(await who.get(path(await municipality.pass(to))), { status: 303, to: '/admin' })
  t.equal(who.cookies.get('meent_session'), token, 'and stays who they are')
  t.match(await who.get('/account'), { status: 200, text: 'Goedkeurder' })
})

t.test('nobody new comes in by it, nor by an address that the municipality does not vouch for', async t => {
  const before = await everything(api.owner)
  const persons = (all: unknown) => JSON.stringify((all as Record<string, unknown>)['auth.persons'])
  for (const person of [
    { subject: 'vreemde', email: 'vreemde@elders.example', verified: true },
    { subject: 'ander', email: 'operator@meent.example', verified: false },
  ]) {
    municipality.person = person
    const { who, to } = await leave()
    t.match(await who.get(path(await municipality.pass(to))), { status: 422 }, person.email)
    t.match(await who.get('/account'), { status: 303, to: /^\/sign-in/ })
  }
  t.equal(persons(await everything(api.owner)), persons(before), 'nobody was added')
})

t.test('while the municipality is away, it says so, and comes back by itself', async t => {
  const api = await testApp(t, { oidc: { ...municipality.settings, issuer: 'http://127.0.0.1:9' } })
  t.match(await visitor(api).get('/sign-in/municipality'), { status: 503, text: 'niet te bereiken' })
  t.match(await visitor(api).get('/sign-in'), { status: 200 }, 'the mail still works')
})
