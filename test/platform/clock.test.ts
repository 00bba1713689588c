// The demonstration clock moves forward only, is the same for every process, and does not exist where money is real.

import type { Kysely } from 'kysely'
import pg from 'pg'
import t, { type Test } from 'tap'
import type { DB } from '../../src/database.ts'
import { claimInstallation, databaseClock, moveClock } from '../../src/platform/clock.ts'
import { connect } from '../../src/platform/db.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testDatabase } from '../support/database.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

async function installation(t: Test, mode: 'demonstration' | 'real') {
  const { url } = await testDatabase(t)
  const db = connect<DB>({ url, onError: () => {} })
  t.teardown(() => db.destroy())
  await claimInstallation(db, mode)
  const owner = new pg.Client(url)
  await owner.connect()
  t.teardown(() => owner.end())
  return { db, owner }
}

const move = (db: Kysely<DB>, to: Date) => inTransaction(db, trx => moveClock(trx, to))
/** How far a clock is ahead, in whole days. */
const ahead = (clock: { now(): Date }) => Math.round((clock.now().getTime() - Date.now()) / DAY_MS)

t.test('a clock that moves', async t => {
  const { db, owner } = await installation(t, 'demonstration')
  const [mine, other] = [databaseClock(db), databaseClock(db)]
  t.equal(ahead(mine), 0)
  await move(db, inDays(10))
  t.equal(ahead(mine), 0, 'within a request time stands still')
  await mine.refresh()
  await other.refresh()
  t.strictSame([ahead(mine), ahead(other)], [10, 10], 'every process sees the same day')

  for (const days of [5, 0, -10, 10]) {
    const before = mine.now()
    await move(db, inDays(days))
    await mine.refresh()
    t.ok(mine.now() >= before, `moved to day ${days}: not back`)
    t.equal(ahead(mine), 10)
  }
  await Promise.all([12, 30, 11, 20].map(days => move(db, inDays(days))))
  await mine.refresh()
  t.equal(ahead(mine), 30, 'of several at once the furthest counts')

  const refused = { code: 'MT001' }
  await t.rejects(
    owner.query('update platform.installation set clock_offset_ms = clock_offset_ms - 1'),
    refused,
  )
  await t.rejects(owner.query("update platform.installation set mode = 'real', clock_offset_ms = 0"), refused)
  await t.rejects(owner.query('delete from platform.installation'), refused)
  await mine.refresh()
  t.equal(ahead(mine), 30, 'nor by the owner')
})

t.test('what an installation is for is said once', async t => {
  const { db } = await installation(t, 'demonstration')
  t.equal(await claimInstallation(db, 'real'), 'demonstration')
  const both = await Promise.all(
    (['real', 'demonstration', 'real'] as const).map(mode => claimInstallation(db, mode)),
  )
  t.strictSame(both, ['demonstration', 'demonstration', 'demonstration'])
})

t.test('real money has real time', async t => {
  const { db, owner } = await installation(t, 'real')
  await move(db, inDays(10))
  const clock = databaseClock(db)
  await clock.refresh()
  t.equal(ahead(clock), 0)
  await t.rejects(owner.query('update platform.installation set clock_offset_ms = 1'), { code: '23514' })
})
