// Accepting: the real service, alone with its database, against a bare route that only verifies the signature.

import pg from 'pg'
import { type BenchDatabase, type Figure, inTurns, median, ROUNDS } from '../figure.ts'
import { eventBody, eventRequest } from './events.ts'
import { load } from './load.ts'
import { startBare, startService } from './processes.ts'

const CONNECTIONS = 256

export async function accept({ ownerUrl }: BenchDatabase, events: number): Promise<Figure[]> {
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  await owner.query(`insert into platform.installation (mode, seeded_at) values ('demonstration', now())`)
  const service = await startService({ databaseUrl: ownerUrl, providerPort: 9, jobs: false })
  const bare = await startBare()
  let made = 0
  const requests = () =>
    Array.from({ length: Math.ceil(events / ROUNDS) }, () => {
      made += 1
      return eventRequest(eventBody(made))
    })
  const sendTo = async (port: number, perSecond?: number) => {
    const loaded = await load({
      ...{ port, connections: CONNECTIONS, requests: requests() },
      ...(perSecond ? { perSecond } : {}),
    })
    if (loaded.statuses.some(status => status !== 200)) throw new Error('an event was not accepted')
    return loaded
  }
  try {
    await sendTo(bare.port) // both have been running for a while
    await sendTo(service.port)
    const { ours, limit } = await inTurns(
      ROUNDS,
      async () => (await sendTo(service.port)).rate,
      async () => (await sendTo(bare.port)).rate,
    )
    const half = median(ours) / 2
    const p99 = await inTurns(
      ROUNDS,
      async () => (await sendTo(service.port, half)).p99,
      async () => (await sendTo(bare.port, half)).p99,
    )
    const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from donations.inbox')
    const sent = Math.ceil(events / ROUNDS) * (2 * ROUNDS + 1)
    if (rows[0]?.n !== sent) throw new Error(`${sent} were accepted, ${rows[0]?.n} are there`)
    return [
      { figure: 'events accepted', value: median(ours), unit: '1/s', limit: median(limit) },
      { figure: 'p99 at half of that', value: median(p99.ours), unit: 'ms', limit: median(p99.limit) },
    ]
  } finally {
    await owner.end()
    await Promise.all([service.kill('SIGKILL'), bare.kill('SIGKILL')])
  }
}
