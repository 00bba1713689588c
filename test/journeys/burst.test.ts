// A busy evening with a failing machine: thousands of signed events, the service killed three times while it stores and posts
// them. Nothing is lost, and nothing counts twice.

import t from 'tap'
import type { DB } from '../../src/database.ts'
import { connect } from '../../src/platform/db.ts'
import { verify } from '../../src/verify/index.ts'
import { burst } from '../bench/webhook/burst.ts'
import { testDatabase } from '../support/database.ts'

const EVENTS = 3_000
t.setTimeout(240_000)

t.test('a burst of events while the service is killed three times', async t => {
  const { url, appUrl } = await testDatabase(t)
  const after = await burst(url, EVENTS)
  t.comment(JSON.stringify(after))
  t.equal(after.kills, 3)
  t.equal(after.accepted, EVENTS, 'each was accepted in the end')
  t.equal(after.inbox, EVENTS, 'each is there once')
  t.equal(after.documents, EVENTS, 'with its document, and none without')
  t.equal(after.waiting, 0, 'each is dealt with')
  t.equal(after.gifts, EVENTS, 'each gift is posted')
  t.equal(after.parked, 0)
  t.equal(after.ledger, after.provider, 'and the ledger is what the provider holds, to the cent')
  const db = connect<DB>({ url: appUrl, onError: () => {} })
  t.teardown(() => db.destroy())
  const report = await verify(db, {})
  t.strictSame(
    report.laws.filter(law => law.count > 0),
    [],
    'no law is broken',
  )
})
