// The whole service in process, on a database of its own, with a small organisation in it: no ports, no waiting. The clock
// stands still until the test moves it; the provider and the bank are the simulated ones, behind their real protocols.

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import type { Test } from 'tap'
import { type App, buildApp } from '../../src/app.ts'
import { createEngines, type OidcSettings } from '../../src/auth/index.ts'
import type { DB } from '../../src/database.ts'
import type { Deps } from '../../src/deps.ts'
import { createStripeProvider } from '../../src/donations/stripe/index.ts'
import { acceptFirstKeys, providerKeys } from '../../src/organisations/index.ts'
import { instantOf } from '../../src/platform/calendar/index.ts'
import { claimInstallation } from '../../src/platform/clock.ts'
import { connect } from '../../src/platform/db.ts'
import { type Limits, noRateLimits, rateLimits } from '../../src/platform/rate-limits/index.ts'
import { createVault, deriveSecrets } from '../../src/platform/vault.ts'
import { liveOn, simulatedBankRail, type World } from '../../src/simulation/index.ts'
import {
  buildSimulatedStripe,
  deliverEvents,
  fetchInto,
  paySession,
  type SimulatedMethod,
} from '../../src/simulation/stripe/index.ts'
import { type PoolTerms, type Seeded, type StaffName, seedOrganisation, testVault } from './app-seed.ts'
import { testDatabase } from './database.ts'

export const WEBHOOK_SECRET = 'whsec_of_the_test'
const PROVIDER_KEY = 'sk_test_of_the_test'

export type Json = Record<string, unknown>

export interface Answer<T = Json> {
  readonly status: number
  /** What the JSON holds; the text itself under `text` when it is none. */
  readonly body: T
  readonly headers: Readonly<Record<string, unknown>>
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'HEAD' | 'PUT' | 'PATCH'
  /** Who asks; nobody when left out. */
  readonly as?: StaffName
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is; its content type stands in `headers`. */
  readonly payload?: string | Buffer
  /** The Idempotency-Key of a POST: a new one when left out, none when null. */
  readonly key?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestApp extends Seeded {
  readonly app: App
  readonly deps: Deps
  readonly world: World
  /** As the database's owner: sees everything, and can try what the application may not. */
  readonly owner: pg.Client
  /** The jobs that requests asked for. */
  readonly requested: string[]
  /** Sets the clock and nothing else. */
  setClock(to: Date): void
  /** Lets the simulated world catch up with the clock, moved to noon of this day. */
  liveTo(day: string): Promise<void>
  ask<T = Json>(path: string, question?: Question): Promise<Answer<T>>
  token(name: StaffName): Promise<string>
  /** A gift, from the API over the payment page to the webhook; answers the donation's id. It is not posted yet. */
  give(poolId: string, amount: number, method?: SimulatedMethod): Promise<string>
}

export interface TestAppOptions {
  /** Of the pools, where they differ from the usual ones. */
  readonly terms?: PoolTerms
  /** The first day, at ten o'clock in Amsterdam: Monday 1 March 2027 when left out. */
  readonly start?: string
  /** Those of the installation, the current one first. */
  readonly secrets?: readonly string[]
  /** The sign-in of a municipality; none when left out. */
  readonly oidc?: OidcSettings
  /** Rate limits with these numbers; none when left out. */
  readonly limits?: Limits
}

export async function testApp(
  t: Test,
  { terms = {}, start = '2027-03-01', oidc, limits, secrets }: TestAppOptions = {},
): Promise<TestApp> {
  const { url, appUrl } = await testDatabase(t)
  const db = connect<DB>({ url: appUrl, maxConnections: 12, onError: () => {} })
  t.teardown(() => db.destroy())
  await claimInstallation(db, 'demonstration')
  const vault = secrets ? createVault(secrets) : testVault
  const seeded = await seedOrganisation(db, vault, terms)
  const keys = providerKeys(db, seeded.organisationId, 'simulated', {
    secretKey: PROVIDER_KEY,
    webhookSecret: WEBHOOK_SECRET,
  })
  await acceptFirstKeys(db, seeded.organisationId, keys)
  let now = instantOf(start, '10:00')
  const stripe = buildSimulatedStripe({
    db,
    now: () => now,
    publicBaseUrl: 'http://meent.test',
    secretKey: PROVIDER_KEY,
    readsPerSecond: Infinity, // months pass in a second
  })
  t.teardown(() => stripe.close())
  const deps: Deps = {
    db,
    clock: { now: () => now, refresh: async () => {} },
    vault,
    limits: limits
      ? rateLimits({ db, organisationId: seeded.organisationId, limits, onError: () => {} })
      : noRateLimits,
    mode: 'demonstration',
    organisationId: seeded.organisationId,
    engines: createEngines({
      secrets: deriveSecrets(secrets ?? ['a secret of the tests'], 'sign-in'),
      name: 'Meent',
      oidc,
    }),
    provider: createStripeProvider({
      secretKey: PROVIDER_KEY,
      webhookSecret: WEBHOOK_SECRET,
      fetch: fetchInto(stripe),
      maxNetworkRetries: 0,
    }),
    providerName: 'simulated',
    providerKeys: keys,
    bankRail: simulatedBankRail,
    mail: undefined,
    publicUrl: () => 'http://meent.test',
  }
  const requested: string[] = []
  const app = await buildApp(deps, {
    logger: pino({ level: 'silent' }),
    trustProxy: false,
    signIn: 'on',
    requestJob: async name => void requested.push(name),
    liveOn: () => liveOn(deps, world),
  })
  t.teardown(() => app.close())
  const world: World = {
    payments: true,
    bank: true,
    webhookSecret: WEBHOOK_SECRET,
    deliver: async (payload, signature) => {
      const headers = { 'stripe-signature': signature, 'content-type': 'application/json' }
      return (await app.inject({ method: 'POST', url: '/v1/provider-events', headers, payload })).statusCode
    },
  }

  const tokens = new Map<StaffName, Promise<string>>()
  const token = (name: StaffName) => {
    const known = tokens.get(name) ?? signIn(app, seeded.persons[name])
    tokens.set(name, known)
    return known
  }
  const ask = async <T = Json>(path: string, question: Question = {}): Promise<Answer<T>> => {
    const { as, body, payload, key = randomUUID() } = question
    const method = question.method ?? (body === undefined && payload === undefined ? 'GET' : 'POST')
    const answer = await app.inject({
      method,
      url: path,
      headers: {
        'accept-language': 'en',
        ...(as ? { authorization: `Bearer ${await token(as)}` } : {}),
        ...(method === 'POST' && key !== null ? { 'idempotency-key': key } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...question.headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = /json/.test(String(answer.headers['content-type']))
    const content = isJson ? JSON.parse(answer.body) : { text: answer.body }
    return { status: answer.statusCode, body: content as T, headers: answer.headers }
  }
  return {
    ...seeded,
    app,
    deps,
    world,
    owner: await ownerOf(t, url),
    requested,
    setClock: to => {
      now = to
    },
    liveTo: async day => {
      now = instantOf(day, '12:00')
      await liveOn(deps, world)
    },
    ask,
    token,
    give: async (poolId, amount, method = 'ideal') => {
      const started = await ask<{ checkoutUrl: string; donation: { donationId: string } }>(
        `/v1/pools/${poolId}/donations`,
        { body: { amount, currency: 'EUR' } },
      )
      if (started.status !== 201) throw new Error(JSON.stringify(started.body))
      await paySession(db, { id: started.body.checkoutUrl.split('/').at(-1) ?? '', method, now })
      await deliverEvents(db, { now, webhookSecret: WEBHOOK_SECRET, deliver: world.deliver })
      return started.body.donation.donationId
    },
  }
}

async function signIn(app: App, personId: string): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/v1/sessions', payload: { personId } })
  return answer.json<{ token: string }>().token
}

async function ownerOf(t: Test, url: string): Promise<pg.Client> {
  const owner = new pg.Client(url)
  owner.on('error', () => {})
  await owner.connect()
  t.teardown(() => owner.end())
  return owner
}
