// The stand-in limits reads as Stripe does, in Stripe's words, and our adapter waits and goes on.

import t from 'tap'
import type { DB } from '../../src/database.ts'
import { createStripeProvider } from '../../src/donations/stripe/index.ts'
import { connect } from '../../src/platform/db.ts'
import { buildSimulatedStripe, fetchInto } from '../../src/simulation/stripe/index.ts'
import { testDatabase } from '../support/database.ts'

const secretKey = 'sk_test_of_the_limit'

async function limited() {
  const { appUrl } = await testDatabase(t)
  const db = connect<DB>({ url: appUrl, onError: () => {} })
  const app = buildSimulatedStripe({
    db,
    now: () => new Date(),
    publicBaseUrl: 'http://meent.test',
    secretKey,
  })
  t.teardown(async () => {
    await app.close()
    await db.destroy()
  })
  return app
}

t.test(
  'the twenty-sixth read at once is refused with 429; what changes something is not counted',
  async t => {
    const app = await limited()
    const headers = { authorization: `Bearer ${secretKey}` }
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => app.inject({ url: '/v1/balance_transactions', headers })),
    )
    const refused = answers.filter(({ statusCode }) => statusCode === 429)
    t.ok(refused.length > 20, `${refused.length} of 60`)
    t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 60 - refused.length)
    t.match(refused[0]?.json(), {
      error: { type: 'invalid_request_error', code: 'rate_limit', message: String },
    })
    const created = await app.inject({ method: 'POST', url: '/v1/refunds', headers })
    t.not(created.statusCode, 429)
  },
)

t.test('the adapter waits for its turn', async t => {
  const app = await limited()
  let refusals = 0
  app.addHook('onResponse', async (_request, reply) => {
    if (reply.statusCode === 429) refusals += 1
  })
  const provider = createStripeProvider({
    ...{ secretKey, webhookSecret: 'whsec_of_the_limit', fetch: fetchInto(app), maxNetworkRetries: 0 },
  })
  const pages = await Promise.all(
    Array.from({ length: 40 }, () => provider.listTransactions({ createdFrom: new Date(0) })),
  )
  t.equal(pages.length, 40, 'every read is answered in the end')
  t.ok(refusals > 0, `after ${refusals} refusals`)
})
