// Every route with an id in its address, asked with real ids of somebody else: of another organisation by whoever may do
// everything here, and of another pool by whoever has every role in one. Nothing is answered and nothing is changed.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import {
  askToSignIn,
  createKey,
  grantRole,
  isKeyScope,
  type Permission,
  permissions,
  roles,
  ruleOf,
  signInForDemonstration,
} from '../../src/auth/index.ts'
import { proposeChange } from '../../src/changes/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { foundElsewhere } from '../fuzz/elsewhere.ts'
import { Known } from '../fuzz/known.ts'
import { setUp } from '../fuzz/scene.ts'
import { testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'
import { type Route, watchRoutes } from '../support/routes.ts'

t.setTimeout(180_000)
const watch = watchRoutes()
const api = await testApp(t)
const routes = watch
  .routesOf(api.app)
  .filter(({ method, url }) => method !== 'HEAD' && /:/.test(url) && !url.startsWith('/en/'))
const elsewhere = await foundElsewhere(api, new Known())
await setUp(api)

/** Where the ids of a parameter are, as `organisation_id`, `id` and, where there is one, `pool_id`. */
const sources: Readonly<Record<string, string>> = {
  poolId: 'select organisation_id, id::text, id as pool_id from pools.pools',
  slug: 'select organisation_id, slug as id, id as pool_id from pools.pools',
  accountId: 'select organisation_id, id::text, null::uuid as pool_id from ledger.accounts',
  entryId: 'select organisation_id, id::text, null::uuid as pool_id from ledger.entries',
  enrolmentId: 'select organisation_id, id::text, pool_id from enrolments.enrolments',
  cycleId: 'select organisation_id, id::text, pool_id from disbursements.cycles',
  batchId: `select b.organisation_id, b.id::text, c.pool_id from disbursements.batches b
              join disbursements.cycles c on c.organisation_id = b.organisation_id and c.id = b.cycle_id`,
  donationId: 'select organisation_id, id::text, pool_id from donations.donations',
  monthlyGiftId: 'select organisation_id, id::text, pool_id from donations.monthly_gifts',
  refundId: 'select organisation_id, id::text, pool_id from donations.refunds',
  personId: 'select organisation_id, id::text, null::uuid as pool_id from auth.persons',
  grantId: 'select organisation_id, id::text, null::uuid as pool_id from auth.grants',
  keyId: 'select organisation_id, id::text, null::uuid as pool_id from auth.keys',
  changeId: 'select organisation_id, id::text, null::uuid as pool_id from changes.changes',
  campaignId: 'select organisation_id, id::text, null::uuid as pool_id from campaigns.campaigns',
  updateId: 'select organisation_id, id::text, null::uuid as pool_id from campaigns.updates',
  outcomeId: 'select organisation_id, id::text, null::uuid as pool_id from campaigns.outcomes',
  wishId: 'select organisation_id, id::text, pool_id from wishes.wishes',
  newsId: 'select organisation_id, id::text, pool_id from retention.news',
  thanksId: 'select organisation_id, id::text, pool_id from thanks.thanks',
  passkeyId: 'select organisation_id, id::text, null::uuid as pool_id from auth.passkeys',
  letterId: 'select organisation_id, id::text, null::uuid as pool_id from mail.outbox',
}
/** What is no id of ours, or opens something to whoever holds it. */
const noIds: Readonly<Record<string, string>> = {
  file: 'a style sheet or a picture',
  year: 'of whoever asks, whatever the year',
  sessionId: 'the simulated provider’s own page: another company',
  portalSessionId: 'the simulated provider’s own page: another company',
  monthlyGiftToken: 'a secret: whoever holds it is meant',
  signInToken: 'a secret: whoever holds it is meant',
  followToken: 'a secret: whoever holds it is meant',
  receiptToken: 'a secret: whoever holds it is meant',
  stopToken: 'a secret: whoever holds it is meant',
  withdrawalToken: 'a secret: whoever holds it is meant',
}
const namesOf = ({ url }: Route) => [...url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
const about = routes.filter(route => namesOf(route).every(name => sources[name]))

const reason = { reason: 'om te proberen' }
const newcomer = { name: 'Vreemde Vogel', birthDate: '1980-05-05', iban: 'NL35MEEN0000000004' }
const enrolment = { ...newcomer, checkedHow: 'Paspoort gezien', ...reason, firstMonth: '2027-08' }
/** What each route of the API asks for, so that nothing but the id is wrong. */
const bodies: Readonly<Record<string, object>> = {
  'pools/:poolId/donations': { amount: 1_000, currency: 'EUR' },
  'pools/:poolId/news': { title: 'Titel', words: 'Genoeg woorden.' },
  'news/:newsId/withdrawals': reason,
  'pools/:poolId/monthly-gifts': { amount: 1_000, currency: 'EUR', email: 'vreemd@elders.example' },
  'monthly-gifts/:monthlyGiftId/changes': { what: 'stop' },
  'pools/:poolId/enrolments': enrolment,
  'pools/:poolId/cycles': { month: '2028-01' },
  'donations/:donationId/refunds': { amount: 100, ...reason },
  'refunds/:refundId/withdrawals': reason,
  'enrolments/:enrolmentId/representations': reason,
  'enrolments/:enrolmentId/sign-in-addresses': { email: 'vreemd@elders.example', ...reason },
  'enrolments/:enrolmentId/account-readings': reason,
  'people/:personId/roles': { role: 'operator', ...reason },
  'people/:personId/roles/:grantId/endings': reason,
  'people/:personId/session-endings': reason,
  'people/:personId/disablings': reason,
  'people/:personId/email-readings': reason,
  'changes/:changeId/rejections': reason,
  'keys/:keyId/rotations': reason,
  'keys/:keyId/endings': reason,
  'pools/:poolId/closures': reason,
  'batches/:batchId/payment-file-readings': reason,
  'wishes/:wishId/reports': { reason: 'hurtful' },
  'wishes/:wishId/decisions': { decision: 'show' },
  'thanks/:thanksId/decisions': { decision: 'show' },
  'campaigns/:campaignId/updates': { words: 'Wat een mooi begin' },
  'campaigns/:campaignId/decisions': { decision: 'approve' },
  'campaigns/:campaignId/reviews': reason,
  'campaigns/:campaignId/outcomes': reason,
  'campaign-outcomes/:outcomeId/withdrawals': reason,
  'campaign-updates/:updateId/removals': reason,
}
/** A form may hold more than is asked. */
const form = {
  ...{ ...reason, ...enrolment, idempotencyKey: 'a-key-of-this-test', livesInArea: 'yes', amount: '25' },
  ...{ email: 'vreemd@elders.example', role: 'operator', poolId: '', overlapDays: '1', days: '30' },
  ...{
    what: 'pause',
    choice: '2500',
    monthlyAmount: '100',
    termMonths: '12',
    paydayOfMonth: '25',
    feeBearer: 'pool',
  },
}

async function ask(route: Route, ids: Readonly<Record<string, string>>, bearer: string) {
  const { method } = route
  const url = route.url.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '')
  const isApi = url.startsWith('/v1/')
  const json = bodies[route.url.replace('/v1/', '')]
  const body = isApi ? json && JSON.stringify(json) : new URLSearchParams(form).toString()
  const type = isApi ? 'application/json' : 'application/x-www-form-urlencoded'
  const answer = await api.app.inject({
    method,
    url,
    headers: {
      ...{ authorization: `Bearer ${bearer}`, 'idempotency-key': randomUUID(), accept: 'application/json' },
      ...(method !== 'GET' && body ? { 'content-type': type } : {}),
    },
    ...(method !== 'GET' && body ? { payload: body } : {}),
  })
  return { status: answer.statusCode, body: answer.body }
}

/** An id for each parameter; undefined when there is none such. */
async function idsOf(route: Route, where: string, values: unknown[]) {
  const ids: Record<string, string> = {}
  for (const name of namesOf(route)) {
    const { rows } = await api.owner.query(
      `select id from (${sources[name]}) t where ${where} limit 1`,
      values,
    )
    if (!rows[0]) return undefined
    ids[name] = rows[0].id
  }
  return ids
}

let members = 0
/** Somebody with every role, for the organisation or for one pool. */
async function member(poolId: string | null): Promise<string> {
  const { db, vault, organisationId } = api.deps
  members += 1
  return inTransaction(db, async trx => {
    const personId = await addMember(trx, vault, organisationId, `van-alles-${members}`, 'donor', poolId)
    for (const role of roles.filter(each => each !== 'donor'))
      await grantRole(trx, organisationId, { personId, role, poolId, grantedBy: null })
    return personId
  })
}
const tokenOf = async (personId: string) =>
  (await signInForDemonstration(api.deps, personId, { requestId: 'test' })).token
const scopes = (Object.keys(permissions) as Permission[]).filter(isKeyScope)
const keyOf = async (makerId: string, poolId: string | null) => {
  const given = scopes.filter(scope => poolId === null || ruleOf(scope).of === 'pool')
  const maker = { kind: 'person', id: makerId } as const
  return (
    await createKey(api.deps, maker, { name: 'Proef', scopes: given, poolId, days: 1, reason: 'Proef' })
  ).secret
}

/** Asks with these ids, and says of each answer whether it gave anything. */
async function nothingIsGiven(
  t: Test,
  bearers: Readonly<Record<string, string>>,
  where: string,
  values: unknown[],
  wanted: (route: Route) => boolean,
): Promise<void> {
  // Keys write down when they were last used, once an hour.
  for (const bearer of Object.values(bearers))
    await api.app.inject({ url: '/v1/pools', headers: { authorization: `Bearer ${bearer}` } })
  const before = await everything(api.owner)
  let asked = 0
  for (const route of about.filter(wanted)) {
    const ids = await idsOf(route, where, values)
    if (!ids) continue
    for (const [who, bearer] of Object.entries(bearers)) {
      const { status, body } = await ask(route, ids, bearer)
      t.ok(
        [401, 403, 404].includes(status),
        `${route.method} ${route.url}, ${who}: ${status} ${body.slice(0, 300)}`,
      )
      asked += 1
    }
  }
  t.ok(asked > 40, `${asked} questions`)
  const changed = Object.entries(await everything(api.owner)).filter(
    ([table, held]) => before[table] !== held,
  )
  t.strictSame(changed, [], 'and no table has changed')
}

t.test('every id in an address says whose it is', async t => {
  const names = [...new Set(routes.flatMap(namesOf))]
  t.strictSame(
    names.filter(name => !sources[name] && !noIds[name]),
    [],
    'a new one is found here, or says why it is none',
  )
  t.ok(about.length > 50, `${about.length} routes`)
})

/** What the other organisation has beside money: a key, a change, a passkey and a letter. */
async function furnish(): Promise<void> {
  const { organisationId, db, vault } = elsewhere
  const id = await inTransaction(db, async trx => {
    const personId = await addMember(trx, vault, organisationId, 'beheerder', 'administrator')
    for (const role of ['auditor', 'treasurer'] as const)
      await grantRole(trx, organisationId, { personId, role, grantedBy: null })
    return personId
  })
  const maker = { kind: 'person', id } as const
  await createKey(elsewhere, maker, {
    name: 'Van hen',
    scopes: ['bank.read'],
    poolId: null,
    days: 1,
    reason: 'Proef',
  })
  await proposeChange(elsewhere, maker, {
    ...{ kind: 'own-iban', iban: 'NL35MEEN0000000004', holder: 'Elders', reason: 'andere bank' },
  })
  await askToSignIn(elsewhere, {
    email: 'wie@elders.example',
    locale: 'nl',
    linkTo: token => `http://x.test/${token}`,
  })
  await passkeyOf(organisationId, id)
}

const passkeyOf = async (organisationId: number, personId: string): Promise<string> => {
  const { rows } = await api.owner.query<{ id: string }>(
    `insert into auth.passkeys (organisation_id, id, person_id, credential_id, public_key, device_type, backed_up)
      values ($1, gen_random_uuid(), $2::uuid, $2::uuid::text, 'x', 'singleDevice', false) returning id`,
    [organisationId, personId],
  )
  return rows[0]?.id ?? ''
}

t.test('what belongs to another organisation is not there, for whoever may do everything here', async t => {
  await furnish()
  const everywhere = await member(null)
  const bearers = { 'a person': await tokenOf(everywhere), 'a key': await keyOf(everywhere, null) }
  const { organisationId } = elsewhere
  t.not(organisationId, api.organisationId)
  for (const [name, source] of Object.entries(sources)) {
    const { rowCount } = await api.owner.query(`select from (${source}) t where organisation_id = $1`, [
      organisationId,
    ])
    t.ok(rowCount, `there is a ${name} to ask for`)
  }
  await nothingIsGiven(t, bearers, 'organisation_id = $1', [organisationId], () => true)
})

t.test('what belongs to another pool is closed to whoever has no role there', async t => {
  const { open, other } = api.pools
  const bearers = {
    'a person': await tokenOf(await member(open.id)),
    'a key': await keyOf(await member(null), open.id),
  }
  const guarded = ({ config }: Route) => ruleOf(config?.permission as Permission).who !== 'anyone'
  const values = [api.organisationId, other.id]
  await nothingIsGiven(t, bearers, 'organisation_id = $1 and pool_id = $2', values, guarded)
})

t.test('a passkey of a colleague is not there', async t => {
  const colleague = await member(null)
  const passkeyId = await passkeyOf(api.organisationId, colleague)
  const asked = about.filter(route => namesOf(route).includes('passkeyId'))
  t.ok(asked.length > 0)
  const bearer = await tokenOf(await member(null))
  for (const route of asked) t.equal((await ask(route, { passkeyId }, bearer)).status, 404, route.url)
})
