// A burst while the service is killed three times: what was answered with 2xx is there once, what was not is sent again, as a
// provider does, and in the end the ledger says what the provider says. Run by the bench and, small, by the tests.

import pg from 'pg'
import { eventBody, eventId, eventRequest } from './events.ts'
import { load } from './load.ts'
import { type Started, startService, startStandIn } from './processes.ts'
import { makeWorld } from './world.ts'

const CONNECTIONS = 32
const PORTIONS = 8
const KILLED_IN = [1, 3, 5]
/** A job that was requested just before a kill comes by within a minute. */
const PATIENCE_MS = 180_000

export interface Aftermath {
  readonly kills: number
  /** Events that were answered with 2xx, perhaps more than once. */
  readonly accepted: number
  readonly sentAgain: number
  readonly inbox: number
  readonly documents: number
  readonly waiting: number
  readonly gifts: number
  readonly parked: number
  /** In cents: the ledger's, and the provider's. */
  readonly ledger: string
  readonly provider: string
}

export async function burst(ownerUrl: string, events: number): Promise<Aftermath> {
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  await owner.query(`insert into platform.installation (mode, seeded_at) values ('demonstration', now())`)
  const standIn = await startStandIn(ownerUrl, Infinity)
  const start = (port?: number) =>
    startService({ databaseUrl: ownerUrl, providerPort: standIn.port, jobs: true, ...(port ? { port } : {}) })
  let service: Started = await start()
  let kills = 0
  const killOnce = async () => {
    await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 200))
    await service.kill('SIGKILL')
    kills += 1
    service = await start(service.port)
  }
  try {
    await makeWorld(ownerUrl, events, { withEvents: false })
    const accepted = new Set<string>()
    let sentAgain = 0
    let toSend = Array.from({ length: events }, (_, index) => index + 1)
    for (let portion = 0; toSend.length > 0; portion += 1) {
      const some = toSend.slice(0, Math.ceil(events / PORTIONS))
      const [{ statuses }] = await Promise.all([
        load({
          ...{ port: service.port, connections: CONNECTIONS },
          requests: some.map(n => eventRequest(eventBody(n))),
        }),
        KILLED_IN.includes(portion) ? killOnce() : undefined,
      ])
      const failed = some.filter((_, index) => !isTaken(statuses[index]))
      for (const [index, n] of some.entries()) if (isTaken(statuses[index])) accepted.add(eventId(n))
      sentAgain += failed.length
      toSend = [...toSend.slice(some.length), ...failed]
    }
    const after = await settled(owner, events)
    return { kills, accepted: accepted.size, sentAgain, ...after }
  } finally {
    await owner.end()
    await Promise.all([service.kill('SIGKILL'), standIn.kill('SIGKILL')])
  }
}

const isTaken = (status = 0) => status >= 200 && status < 300

type Stored = Omit<Aftermath, 'kills' | 'accepted' | 'sentAgain'>

/** Waits until nothing waits any more, or gives up and says how it is. */
async function settled(owner: pg.Client, events: number): Promise<Stored> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    const { rows } = await owner.query<Stored>(`
      select (select count(*)::int from donations.inbox) as inbox,
             (select count(*)::int from archive.documents) as documents,
             (select count(*)::int from donations.inbox where processed_at is null) as waiting,
             (select count(*)::int from donations.provider_transactions where parked is null) as gifts,
             (select count(*)::int from donations.provider_transactions where parked is not null) as parked,
             (select coalesce(sum(balance), 0)::text from ledger.accounts where kind = 'stripe-pending') as ledger,
             (select coalesce(sum(amount - fee), 0)::text from simulation.balance_transactions) as provider`)
    const [now] = rows
    if (!now) throw new Error('no answer')
    if ((now.waiting === 0 && now.gifts === events) || Date.now() > until) return now
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}
