// A key has its effect once: claimed with the effect, given back with its failure, and refused for anything else.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { DB } from '../../src/database.ts'
import { connect } from '../../src/platform/db.ts'
import { type Claim, claimKey } from '../../src/platform/idempotency.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { createVault } from '../../src/platform/vault.ts'
import { testDatabase } from '../support/database.ts'

const { url } = await testDatabase(t)
const db = connect<DB>({ url, onError: () => {} })
t.teardown(() => db.destroy())
const vault = createVault(['a secret of the tests, of no value at all'])

const someClaim = (change: Partial<Claim> = {}): Claim => ({
  organisationId: 1,
  operation: 'give',
  key: randomUUID(),
  request: { poolId: 'groningen', amount: 2_500n },
  resourceId: randomUUID(),
  ...change,
})
const claim = (asked: Claim) => inTransaction(db, trx => claimKey(trx, vault, asked))

t.test('the second time answers the first', async t => {
  const first = someClaim()
  t.strictSame(await claim(first), { resourceId: first.resourceId, first: true })
  const again = { ...first, resourceId: randomUUID() }
  t.strictSame(await claim(again), { resourceId: first.resourceId, first: false })
  const reordered = { ...again, request: { amount: 2_500n, poolId: 'groningen', nickname: undefined } }
  t.match(await claim(reordered), { first: false }, 'whatever the order, and what was left out')
})

t.test('the same key with other content is refused', async t => {
  const first = someClaim()
  await claim(first)
  const others: Claim['request'][] = [
    { poolId: 'groningen', amount: 2_501n },
    { poolId: 'lombok', amount: 2_500n },
    { poolId: 'groningen', amount: 2_500n, nickname: 'Ik' },
    { poolId: 'groningen' },
    {},
  ]
  for (const request of others)
    await t.rejects(
      claim({ ...first, request }),
      { code: 'idempotency-key-reused' },
      Object.keys(request).join(),
    )
})

t.test('a key is of one organisation and one operation', async t => {
  const first = someClaim()
  await claim(first)
  t.match(await claim({ ...first, organisationId: 2 }), { first: true })
  t.match(await claim({ ...first, operation: 'enrol' }), { first: true })
})

t.test('what failed gives its key back', async t => {
  const asked = someClaim()
  await t.rejects(
    inTransaction(db, async trx => {
      await claimKey(trx, vault, asked)
      throw new Error('the effect failed')
    }),
    /the effect failed/,
  )
  t.match(await claim(asked), { first: true })
})

t.test('of sixteen at once one is the first', async t => {
  const asked = someClaim()
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => claim({ ...asked, resourceId: randomUUID() })),
  )
  t.equal(answers.filter(each => each.first).length, 1)
  t.equal(new Set(answers.map(each => each.resourceId)).size, 1, 'and all are told the same')
})

t.test('nothing of the request is stored', async t => {
  await claim(someClaim({ request: { iban: 'NL35MEEN0000000004' } }))
  const rows = await db.selectFrom('platform.idempotencyKeys').selectAll().execute()
  for (const { fingerprint } of rows) t.equal(fingerprint.length, 32, 'only a keyed hash')
})
