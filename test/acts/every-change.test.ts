// Whoever changes something by a request leaves an act that names that request. The routes are those of the service as it
// runs: one that is new fails here until somebody shows that it leaves an act, or says why it need not.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { addDays, localDate } from '../../src/platform/calendar/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { statementFor } from '../../src/simulation/bank/index.ts'
import { verify } from '../../src/verify/index.ts'
import { text } from '../../src/web/text/index.ts'
import { cycleOf, fund, recipient } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'
import { watchRoutes } from '../support/routes.ts'
import { changesByTwo, changesOfPeople } from './changes-of-people.ts'
import { changesOfSignIn } from './changes-of-sign-in.ts'
import { watchActs } from './leaves-an-act.ts'

t.setTimeout(120_000)

/** What changes something and leaves no act, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  'POST /v1/provider-events':
    'a fact of the provider: the event itself is kept, and who sent it is in its signature',
  'POST /sign-in':
    'asks for a mail, which waits in the outbox, for whoever is known: an act would tell who that is, and anybody could fill the trail',
  'POST /account/authenticator': 'a secret that waits for its first code opens nothing; that code is the act',
  'POST /account/passkeys/options': 'makes a challenge and nothing else',
  'POST /account/passkeys': 'needs a browser: auth/passkeys.test.ts shows its act',
  'POST /account/passkeys/:passkeyId/removals': 'needs a browser: auth/passkeys.test.ts shows its act',
  'POST /sign-in/passkeys/options': 'makes a challenge and nothing else',
  'POST /sign-in/passkeys': 'needs a browser: auth/passkeys.test.ts shows its act',
  'POST /simulated-payment/:sessionId': 'the simulated provider’s own page: another company',
}

const watch = watchRoutes()
const api = await testApp(t)
const changing = watch
  .routesOf(api.app)
  .filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(String(method)))
  .map(({ method, url }) => `${method} ${url}`)

/** English pages are the same routes. */
const plain = (route: string) => route.replace(/ \/en(?=\/)/, ' ')
const known = [...new Set(changing.map(plain))].sort()

const { leavesAnAct, seen } = watchActs(t, api)

const formKey = () => ({ idempotencyKey: randomUUID() })
const iban = 'NL35MEEN0000000004'
const pool = { poolId: api.pools.open.id, slug: api.pools.open.slug }

await t.test('gifts and enrolments', async () => {
  await leavesAnAct('POST /v1/pools/:poolId/donations', {
    params: pool,
    json: { amount: 2_500, currency: 'EUR' },
  })
  await leavesAnAct('POST /pools/:slug/donations', {
    params: pool,
    form: { ...formKey(), amount: '25', choice: '2500' },
  })
  await fund(api, 1_000_000)
  await recipient(api, iban)
  const person = { name: 'Nieuwe Ontvanger', birthDate: '1980-05-05', iban, checkedHow: 'Paspoort gezien' }
  await leavesAnAct('POST /v1/pools/:poolId/enrolments', {
    as: 'operator',
    params: pool,
    json: { ...person, firstMonth: '2027-03' },
  })
  await leavesAnAct('POST /admin/pools/:slug/enrolments', {
    as: 'operator',
    params: pool,
    form: { ...formKey(), ...person, firstMonth: '2027-03', livesInArea: 'yes' },
  })
})

await t.test('the month, over the API and by the pages', async () => {
  await leavesAnAct('POST /v1/pools/:poolId/cycles', {
    as: 'operator',
    params: pool,
    json: { month: '2027-04' },
  })
  for (const [prefix, month] of [
    ['/v1', '2027-03'],
    ['/admin', '2027-04'],
  ] as const) {
    const form = () => (prefix === '/v1' ? {} : { form: formKey() })
    const cycleId = await cycleOf(api, month)
    const params = { cycleId }
    await leavesAnAct(`POST ${prefix}/cycles/:cycleId/proposals`, { as: 'operator', params, ...form() })
    await leavesAnAct(`POST ${prefix}/cycles/:cycleId/approvals`, { as: 'approver', params, ...form() })
    await leavesAnAct(`POST ${prefix}/cycles/:cycleId/payment-files`, { as: 'treasurer', params, ...form() })
    const { rows } = await api.owner.query('select id from disbursements.batches where cycle_id = $1', [
      cycleId,
    ])
    const batch = { batchId: rows[0].id }
    await leavesAnAct(`GET ${prefix}/batches/:batchId/payment-file`, { as: 'treasurer', params: batch })
    await leavesAnAct(`POST ${prefix}/batches/:batchId/hand-overs`, {
      as: 'treasurer',
      params: batch,
      ...form(),
    })
  }
})

await t.test('statements and the clock', async () => {
  await leavesAnAct('POST /v1/demonstration-clock-moves', { as: 'operator', json: { to: 'next-day' } })
  await leavesAnAct('POST /demonstration/clock', { as: 'operator', form: { to: 'next-day' } })
  await leavesAnAct('POST /v1/bank-statements', { as: 'treasurer', xml: await nextStatement(1) })
  const form = { statement: await nextStatement(2) }
  await leavesAnAct('POST /admin/statements', { as: 'treasurer', form })
})

await t.test('pools and keys', async () => {
  const terms = { name: 'Nieuw', kind: 'community', area: 'Dorp', monthlyAmount: 10_000 }
  await leavesAnAct('POST /v1/pools', {
    as: 'administrator',
    json: { ...terms, slug: 'nieuw', termMonths: 12, paydayOfMonth: 25, feeBearer: 'pool' },
  })
  await leavesAnAct('POST /v1/pools/:poolId/closures', {
    as: 'administrator',
    params: { poolId: api.pools.other.id },
  })
  const made = JSON.parse(
    await leavesAnAct('POST /v1/keys', {
      as: 'administrator',
      json: { name: 'Boekhouding', scopes: ['bank.read'] },
    }),
  )
  const next = JSON.parse(
    await leavesAnAct('POST /v1/keys/:keyId/rotations', {
      as: 'administrator',
      params: { keyId: made.id },
      json: {},
    }),
  )
  await leavesAnAct('POST /v1/keys/:keyId/endings', {
    as: 'administrator',
    params: { keyId: made.id },
    json: { reason: 'niet meer nodig' },
  })
  await leavesAnAct('POST /admin/keys', {
    as: 'administrator',
    form: { name: 'Controle', 'scope-ledger.read': 'yes', poolId: '', days: '30' },
  })
  await leavesAnAct('POST /admin/keys/:keyId/rotations', {
    as: 'administrator',
    params: { keyId: next.id },
    form: { overlapDays: '1', days: '30' },
  })
  await leavesAnAct('POST /admin/keys/:keyId/endings', {
    as: 'administrator',
    params: { keyId: next.id },
    form: { reason: 'niet meer nodig' },
  })
  await leavesAnAct('GET /v1/acts/export?format=csv', { as: 'auditor' })
})

await t.test('what needs two people', () => changesByTwo(api, leavesAnAct))
await t.test('people, helping and reading an account', () => changesOfPeople(api, leavesAnAct))
await t.test('signing in and out, and second factors', () => changesOfSignIn(api, leavesAnAct))

t.test('what was left has its sentence', async t => {
  const { rows } = await api.owner.query('select distinct action from acts.acts order by 1')
  t.ok(rows.length > 30, `${rows.length} actions`)
  for (const locale of ['nl', 'en'] as const)
    t.strictSame(
      rows.filter(({ action }) => !text(locale).trail.acts[action]),
      [],
      locale,
    )
})

t.test('and `verify` misses none of them', async t => {
  const { laws } = await verify(api.deps.db, { organisationId: api.organisationId })
  t.strictSame(
    laws.filter(law => law.count > 0),
    [],
    'an approval is an act, and what it did is another',
  )
})

t.test('no other route changes anything', async t => {
  t.ok(known.length > 25, `${known.length} routes`)
  t.strictSame(
    known.filter(route => !seen.has(route) && !exceptions[route]),
    [],
    'each is shown to leave an act, or stands among the exceptions with a reason',
  )
  t.strictSame(
    Object.keys(exceptions).filter(route => !known.includes(route)),
    [],
    'and no exception is of a route that is gone',
  )
})

/** The next statement of our account at the simulated bank. */
async function nextStatement(days: number): Promise<string> {
  const now = api.deps.clock.now()
  const to = addDays(localDate(now), days)
  return inTransaction(api.deps.db, trx => statementFor(trx, { iban: OWN_IBAN, from: to, to, now }))
}
