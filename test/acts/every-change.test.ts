// Whoever changes something by a request leaves an act that names that request. The routes are those of the service as it
// runs: one that is new fails here until somebody shows that it leaves an act, or says why it need not.

import t from 'tap'
import { verify } from '../../src/verify/index.ts'
import { text } from '../../src/web/text/index.ts'
import { testApp } from '../support/app.ts'
import { oidc } from '../support/no-municipality.ts'
import { watchRoutes } from '../support/routes.ts'
import { changesOfCampaigns } from './changes-of-campaigns.ts'
import { changesOfDonors } from './changes-of-donors.ts'
import { changesOfPoolsAndKeys } from './changes-of-keys.ts'
import {
  changesOfGifts,
  changesOfRefunds,
  changesOfReturns,
  changesOfStatements,
  changesOfTheMonth,
} from './changes-of-money.ts'
import { changesOfMonthlyGifts } from './changes-of-monthly-gifts.ts'
import { changesOfNews } from './changes-of-news.ts'
import { changesByTwo, changesOfPeople } from './changes-of-people.ts'
import { changesOfSignIn } from './changes-of-sign-in.ts'
import { changesOfThanks } from './changes-of-thanks.ts'
import { changesOfWishes } from './changes-of-wishes.ts'
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
  'POST /v1/wishes/:wishId/agreements':
    'counted, not recorded: an act would keep for good from where somebody agreed or reported',
  'POST /v1/wishes/:wishId/reports':
    'counted, not recorded: an act would keep for good from where somebody agreed or reported',
  'POST /wishes/:wishId/agreements':
    'counted, not recorded: an act would keep for good from where somebody agreed or reported',
  'POST /wishes/:wishId/reports':
    'counted, not recorded: an act would keep for good from where somebody agreed or reported',
  'POST /simulated-account/:portalSessionId': 'the simulated provider’s own page: another company',
  'POST /my-campaigns/:campaignId/pictures': 'takes a file: campaigns/pages.test.ts shows its act',
  'POST /simulated-payment/:sessionId': 'the simulated provider’s own page: another company',
  'POST /receipts/:receiptToken/simulated-transfers': 'the donor’s simulated bank: another company',
}

const watch = watchRoutes()
const api = await testApp(t, { oidc })
const changing = watch
  .routesOf(api.app)
  .filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(String(method)))
  .map(({ method, url }) => `${method} ${url}`)

/** English pages are the same routes. */
const plain = (route: string) => route.replace(/ \/en(?=\/)/, ' ')
const known = [...new Set(changing.map(plain))].sort()

const { leavesAnAct, seen } = watchActs(t, api)

await t.test('gifts and enrolments', () => changesOfGifts(api, leavesAnAct))
await t.test('refunds', () => changesOfRefunds(api, leavesAnAct))
await t.test('the month, over the API and by the pages', () => changesOfTheMonth(api, leavesAnAct))
await t.test('statements and the clock', () => changesOfStatements(api, leavesAnAct))
await t.test('what came back', () => changesOfReturns(api, leavesAnAct))
await t.test('monthly gifts', () => changesOfMonthlyGifts(api, leavesAnAct))
await t.test('donors', () => changesOfDonors(api, leavesAnAct))
await t.test('news and following', () => changesOfNews(api, leavesAnAct))
await t.test('wishes', () => changesOfWishes(leavesAnAct))
await t.test('thank-yous', () => changesOfThanks(api, leavesAnAct))
await t.test('campaigns', () => changesOfCampaigns(api, leavesAnAct))
await t.test('pools and keys', () => changesOfPoolsAndKeys(api, leavesAnAct))
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
