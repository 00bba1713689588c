// A month in which something came back: it says so, and says who does what, to those who can do it.

import t from 'tap'
import { approveRetries } from '../../src/disbursements/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { importStatement } from '../../src/reconciliation/index.ts'
import { returnPaymentsTo } from '../../src/simulation/bank/index.ts'
import { returned } from '../disbursements/returns.ts'
import { actor, approved, fund, recipient, sent } from '../disbursements/run.ts'
import { type TestApp, testApp } from '../support/app.ts'
import type { StaffName } from '../support/app-seed.ts'

const GOOD = 'NL35MEEN0000000004'
const CLOSED = 'NL08MEEN0000000005'

const page = async (api: TestApp, as: StaffName, path: string) =>
  (await api.ask<{ text: string }>(path, { as, headers: { accept: 'text/html' } })).body.text
const stateOf = async (api: TestApp, id: string) =>
  (await api.ask<{ state: string }>(`/v1/cycles/${id}`, { as: 'operator' })).body.state

t.test('a wrong account: the month is not all paid, and an operator is asked to call', async t => {
  const api = await testApp(t)
  await fund(api, 500_000)
  await recipient(api, GOOD)
  const closed = await recipient(api, CLOSED)
  await inTransaction(api.deps.db, trx => returnPaymentsTo(trx, CLOSED))
  const march = await approved(api, '2027-03')
  await sent(api, march)
  t.equal(await stateOf(api, march), 'sent')
  for (const day of ['2027-03-24', '2027-03-25', '2027-03-26']) await api.liveTo(day)
  t.equal(await stateOf(api, march), 'not-all-paid')
  const shown = await page(api, 'operator', `/admin/cycles/${march}`)
  t.match(shown, /badge-bad">Niet alles uitbetaald/)
  t.match(shown, /step-done"[^>]*>\s*<span class="step-label">Niet alles uitbetaald/, 'in the timeline')
  t.match(shown, 'Bel de ontvanger. De rekening aanpassen kan hier nog niet.')
  t.match(shown, `href="/admin/enrolments/${closed}"`)
  t.match(shown, 'AC04')
  t.notMatch(shown, 'Bankafschrift inlezen', 'no statement is going to help')
  t.match(await page(api, 'auditor', `/admin/cycles/${march}`), 'Een uitvoerder belt de ontvanger.')
  const task = 'Bel de ontvanger, de rekening klopt niet'
  t.match(await page(api, 'operator', '/admin'), task)
  for (const who of ['approver', 'treasurer', 'auditor', 'administrator'] as const)
    t.notMatch(await page(api, who, '/admin'), task, who)
  t.match(await page(api, 'auditor', '/admin'), /badge-bad">Niet alles uitbetaald/)
  await api.liveTo('2027-04-05')
  const april = await approved(api, '2027-04')
  await sent(api, april)
  await api.liveTo('2027-04-26')
  t.equal(await stateOf(api, april), 'not-all-paid', 'one who was left out is not paid')
  t.match(await page(api, 'operator', `/admin/cycles/${april}`), `href="/admin/enrolments/${closed}"`)
})

t.test('for another reason: an approver agrees, and then a file is made', async t => {
  const api = await testApp(t)
  await fund(api, 500_000)
  await recipient(api, GOOD)
  const cycleId = await approved(api, '2027-03')
  await sent(api, cycleId)
  await api.liveTo('2027-04-05')
  t.equal(await stateOf(api, cycleId), 'settled')
  await importStatement(api.deps, actor(api, 'approver'), await returned(api, cycleId))
  t.equal(await stateOf(api, cycleId), 'not-all-paid')
  const waits = 'Keur goed wat opnieuw wordt betaald'
  const file = 'Maak een betaalbestand voor wat terugkwam'
  t.match(await page(api, 'secondApprover', '/admin'), waits)
  for (const who of ['approver', 'operator', 'treasurer'] as const)
    t.notMatch(await page(api, who, '/admin'), waits, `${who} may not`)
  t.notMatch(await page(api, 'operator', '/admin'), file)
  const action = { cycleId, idempotencyKey: 'agreed-to-paying-again' }
  await approveRetries(api.deps, actor(api, 'secondApprover'), action)
  t.notMatch(await page(api, 'secondApprover', '/admin'), waits)
  for (const who of ['operator', 'treasurer'] as const) t.match(await page(api, who, '/admin'), file, who)
  t.notMatch(await page(api, 'secondApprover', '/admin'), file)
  await sent(api, cycleId)
  t.equal(await stateOf(api, cycleId), 'sent')
  t.notMatch(await page(api, 'operator', '/admin'), file)
})
