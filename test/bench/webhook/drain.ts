// Draining: everything that a busy evening left is read from the provider and posted to one hot pool. The limit reads the
// same pages from the same stand-in, and does nothing with them.

import { compose } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import type { Deps } from '../../../src/deps.ts'
import { postTransactions } from '../../../src/donations/index.ts'
import { type BenchDatabase, type Figure, inTurns, median, rate } from '../figure.ts'
import { PROVIDER_KEY, WEBHOOK_SECRET } from './events.ts'
import { startStandIn } from './processes.ts'
import { makeWorld } from './world.ts'

/** At 25 reads a second more would take minutes. */
const MOST_LIMITED = 25_000
/** A small one only shows that it runs. */
const roundsOf = (gifts: number) => (gifts < 20_000 ? 1 : 3)

export async function drain(newDatabase: () => Promise<BenchDatabase>, gifts: number): Promise<Figure[]> {
  const limited = Math.min(gifts, MOST_LIMITED)
  return [
    await drained('donations posted, 25 reads a second', newDatabase, limited, 1, 25),
    await drained('donations posted, reads not limited', newDatabase, gifts, roundsOf(gifts), Infinity),
  ]
}

async function drained(
  figure: string,
  newDatabase: () => Promise<BenchDatabase>,
  gifts: number,
  rounds: number,
  readsPerSecond: number,
): Promise<Figure> {
  const { ours, limit } = await inTurns(
    rounds,
    () =>
      withWorld(newDatabase, gifts, readsPerSecond, async deps => {
        const { posted } = await postTransactions(deps)
        if (posted !== gifts) throw new Error(`${posted} of ${gifts} gifts were posted`)
      }),
    () =>
      withWorld(newDatabase, gifts, readsPerSecond, async ({ provider }) => {
        let cursor: string | null = null
        do {
          const page = await provider.listTransactions({
            createdFrom: new Date(0),
            ...(cursor ? { cursor } : {}),
          })
          cursor = page.nextCursor
        } while (cursor)
      }),
  )
  return { figure, value: median(ours), unit: '1/s', limit: median(limit) }
}

/** Answers how many gifts a second the work is done with. */
async function withWorld(
  newDatabase: () => Promise<BenchDatabase>,
  gifts: number,
  readsPerSecond: number,
  work: (deps: Deps) => Promise<unknown>,
): Promise<number> {
  const { ownerUrl } = await newDatabase()
  const standIn = await startStandIn(ownerUrl, readsPerSecond)
  const config = readConfig({
    ...{ DATABASE_URL: ownerUrl, PAYMENTS: 'stripe', STRIPE_API: `http://127.0.0.1:${standIn.port}` },
    ...{ STRIPE_SECRET_KEY: PROVIDER_KEY, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET },
  })
  const { deps, close } = await compose(
    config,
    { url: ownerUrl, ownerUrl: undefined, stop: async () => {} },
    { publicUrl: () => 'http://127.0.0.1', onDatabaseError: () => {} },
  )
  try {
    await makeWorld(ownerUrl, gifts)
    return await rate(gifts, () => work(deps))
  } finally {
    await close()
    await standIn.kill('SIGKILL')
  }
}
