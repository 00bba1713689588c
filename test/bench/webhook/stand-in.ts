// The stand-in for the provider in a process of its own, on the database that the bench filled. READS: how many a second.

import type { DB } from '../../../src/database.ts'
import { connect } from '../../../src/platform/db.ts'
import { buildSimulatedStripe } from '../../../src/simulation/stripe/index.ts'
import { PROVIDER_KEY } from './events.ts'

const db = connect<DB>({ url: process.env.DATABASE_URL ?? '', onError: () => {} })
const app = buildSimulatedStripe({
  ...{ db, now: () => new Date(), publicBaseUrl: 'http://127.0.0.1', secretKey: PROVIDER_KEY },
  readsPerSecond: Number(process.env.READS ?? Number.NaN),
})
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
