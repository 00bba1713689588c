// After SECRETS was rotated: donors are found by their address under the old secret and the new one, and their links still stop letters.

import t from 'tap'
import { donorById, donorOfAddress, stopByLink, tellDonor } from '../../src/donors/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { createVault } from '../../src/platform/vault.ts'
import { resealEverything } from '../../src/reseal.ts'
import { lettersTo } from '../auth/mailbox.ts'
import { testApp } from '../support/app.ts'
import { DONOR } from './run.ts'

const [OLD, NEW] = ['the first secret of this test', 'the second secret of this test']
const api = await testApp(t, { secrets: [OLD] })
const before = api.deps
const rotated = { ...before, vault: createVault([NEW, OLD]) }
const after = { ...before, vault: createVault([NEW]) }
const found = (deps: typeof before) =>
  inTransaction(deps.db, trx => donorOfAddress(trx, deps, { email: DONOR, locale: 'nl' }))

t.test('one donor before, while and after', async t => {
  const id = await found(before)
  t.equal(await found(rotated), id, 'found under the old secret')
  const write = () => ({ subject: 'Nieuws', paragraphs: ['Er is nieuws.'] })
  await inTransaction(before.db, trx => tellDonor(trx, before, id, 'goal-reached', { about: 'x', write }))
  const [letter] = await lettersTo({ deps: before }, DONOR)
  t.match(await resealEverything(rotated), { donors: 1 })
  t.match(await resealEverything(rotated), { donors: 0 })
  t.equal(await found(after), id)
  t.match(await inTransaction(after.db, trx => donorById(trx, after, id)), { email: DONOR })
  const token = letter?.letter.stop?.split('/').at(-1) ?? ''
  t.equal(await stopByLink(rotated, { kind: 'public' }, token), 'goal-reached')
  await t.rejects(
    stopByLink(after, { kind: 'public' }, token),
    { code: 'stop-link-unknown' },
    'the secret is gone',
  )
})
