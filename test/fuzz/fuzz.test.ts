// The API fuzzer: whatever is asked of whatever the document describes, by whomever, is answered as the document says, gives away
// nothing and leaves the ledger true. `npm run -s fuzz` runs it for longer; README.md says how.

import t from 'tap'
import { ruleOf } from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { everybody } from './callers.ts'
import { operationsIn } from './document.ts'
import { foundElsewhere, harvestElsewhere } from './elsewhere.ts'
import { Known } from './known.ts'
import { Ledger } from './ledger.ts'
import { readOptions } from './options.ts'
import { keptPeople } from './people.ts'
import { watchPermissions } from './rights.ts'
import { run } from './run.ts'
import { followClock, setUp, startDay } from './scene.ts'
import { Tally } from './tally.ts'
import { watchThrown } from './thrown.ts'

const options = readOptions(process.argv.slice(2), process.env)
t.setTimeout((options.seconds * 2 + 120) * 1000)
t.comment(
  `seed ${options.seed}, ${options.count ?? 'any number of'} requests in at most ${options.seconds} s`,
)

watchThrown()
const permissions = watchPermissions()
const api = await testApp(t, { start: startDay() })
permissions.stop()
const all = operationsIn((await api.app.inject('/v1/openapi.json')).json())
const operations = all.filter(({ id }) => options.operations?.includes(id) ?? true)

t.test('the document says of every operation whether it needs a session', async t => {
  t.ok(operations.length > 0, `${operations.length} operations`)
  for (const operation of all) {
    const permission = permissions.of(operation)
    t.ok(permission, `${operation.id} is a route`)
    const anyone = permission !== undefined && ruleOf(permission).who === 'anyone'
    t.equal(operation.secured, !anyone, `${operation.id}: ${permission}`)
  }
})

/** From here on every operation has to succeed at least once. */
const LONG_SECONDS = 300

/** What needs something of one's own that is not made by asking: a payment at the provider. Others go through it. */
const shownBy: Readonly<Record<string, string>> = {
  changeMonthlyGift: 'donations/monthly.test.ts',
  openAccountPage: 'donations/monthly.test.ts',
}

t.test('whatever is asked', async t => {
  const known = new Known()
  const elsewhere = await foundElsewhere(api, known)
  await harvestElsewhere(elsewhere, all, known)
  const kept = await keptPeople(api)
  await setUp(api)
  followClock(api)
  const ledger = new Ledger(api, elsewhere)
  t.strictSame(await ledger.begin(), [], 'every law of the ledger holds before')
  const foreign = known.foreign
  t.ok(foreign.length > 10, `${foreign.length} ids of another organisation`)

  const tally = new Tally()
  const begun = performance.now()
  await run({
    ...{ api, operations, known, foreign, ledger, tally, options, kept },
    everybody: await everybody(api, elsewhere, kept),
    permissionOf: permissions.of,
    onFailure: (what, how) => t.fail(what, { ...how, at: null, stack: '' }),
  })
  t.strictSame(await ledger.findings(), [], 'every law of the ledger holds after')
  for (const line of tally.lines(operations)) t.comment(line)
  const seconds = (performance.now() - begun) / 1000
  t.comment(
    `${tally.requests} requests in ${seconds.toFixed(1)} s: ${Math.round(tally.requests / seconds)} a second`,
  )
  if (options.count !== undefined) return
  const neverReached = tally
    .neverReached(operations)
    .map(({ id }) => id)
    .filter(id => !Object.hasOwn(shownBy, id))
  for (const id of neverReached) t.comment(`${id} was only ever refused`)
  const why = 'no operation was only ever refused: what it needs belongs into scene.ts or hints.ts'
  // In a minute on a busy machine each is asked a few dozen times, and chance decides about what needs much to have happened.
  if (options.seconds >= LONG_SECONDS) t.strictSame(neverReached, [], why)
  else t.ok(neverReached.length <= operations.length / 20, `but a few: ${neverReached.join(', ')}`)
})
