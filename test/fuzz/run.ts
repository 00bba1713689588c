// A run: a few requests at once, made from the seed and their number, again and again until the time is over. At the end it tries
// on until every operation was reached at least once.

import { Asker } from './asker.ts'
import type { Stage } from './question.ts'
import { anyTurn, turnNumber, turnOf } from './turn.ts'

/** Fewer than the service has connections to its database. */
const AT_ONCE = 4
const MOST_FAILURES = 20
const TRIES_TO_REACH = 300
const VERIFY_TIMES = 4
const VERIFY_AT_MOST_EVERY_MS = 5000

export async function run(stage: Stage): Promise<void> {
  const { options, operations, ledger } = stage
  const asker = new Asker(stage)
  const turn = anyTurn(operations)
  const count = options.count ?? Number.POSITIVE_INFINITY
  const begun = performance.now()
  const until = begun + options.seconds * 1000
  const pause = Math.max(VERIFY_AT_MOST_EVERY_MS, (options.seconds * 1000) / VERIFY_TIMES)
  let nextVerify = begun + pause
  for (let index = 0; index < count && performance.now() < until; index += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - index)
    const some = Array.from({ length: size }, (_, place) => turnNumber(turn, options.seed, index + place))
    await asker.askAll(some, index)
    if (asker.failures >= MOST_FAILURES) return
    if (performance.now() < nextVerify) continue
    nextVerify = performance.now() + pause
    for (const finding of await ledger.findings()) asker.fail(finding, index + size - 1)
  }
  if (options.count === undefined) await reachTheRest(asker, stage)
}

/** Valid requests with the right rights, to what chance did not reach. */
async function reachTheRest(asker: Asker, { tally, operations, options }: Stage): Promise<void> {
  for (const operation of tally.neverReached(operations)) {
    const turn = turnOf(operation, ['valid'])
    for (let index = 1; index <= TRIES_TO_REACH && tally.neverReached([operation]).length > 0; index += 1)
      await asker.askAll([{ ...turnNumber(turn, options.seed, -index), who: index * 100 }], -index)
  }
}
