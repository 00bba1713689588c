// The same by the pages: proposed in a form where one would look for it, decided on one page, said on every page.

import t from 'tap'
import { approved, fund, recipient } from '../disbursements/run.ts'
import { type TestApp, testApp } from '../support/app.ts'
import type { StaffName } from '../support/app-seed.ts'
import { account, proposed } from './run.ts'

const api = await testApp(t)

async function page(api: TestApp, as: StaffName, path: string, form?: Record<string, string>) {
  const answer = await api.ask<{ text: string }>(path, {
    as,
    ...(form ? { method: 'POST', payload: new URLSearchParams(form).toString() } : {}),
    headers: {
      accept: 'text/html',
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
  })
  return { status: answer.status, to: String(answer.headers.location ?? ''), text: answer.body.text }
}

t.test('another account: proposed, refused at its field, approved', async t => {
  t.match((await page(api, 'treasurer', '/admin/reconciliation')).text, 'href="/admin/bank-account"')
  const wrong = await page(api, 'treasurer', '/admin/bank-account', {
    ...account,
    iban: 'NL00MEEN0000000004',
  })
  t.equal(wrong.status, 422)
  t.match(wrong.text, /id="field-iban-error"/)
  t.match(await page(api, 'treasurer', '/admin/bank-account', account), {
    status: 303,
    to: /^\/admin\/changes/,
  })
  const shown = await page(api, 'approver', '/admin/changes')
  t.match(shown.text, /NL60 MEEN 0123 4567 89[\s\S]*NL35 MEEN 0000 0000 04/)
  t.match((await page(api, 'approver', '/admin')).text, /Beslis als tweede persoon: Andere bankrekening/)
  const id = /\/admin\/changes\/([\w-]{36})\/approvals/.exec(shown.text)?.[1] ?? ''
  t.notMatch((await page(api, 'treasurer', '/admin/changes')).text, `/admin/changes/${id}/approvals`)
  const silent = await page(api, 'approver', `/admin/changes/${id}/rejections`, { [`reason-${id}`]: '' })
  t.equal(silent.status, 400, 'no rejection without a reason')
  t.match(silent.text, `id="field-reason-${id}-error"`)
  t.match(await page(api, 'approver', `/admin/changes/${id}/approvals`, {}), { status: 303 })
  const again = await page(api, 'secondApprover', `/admin/changes/${id}/approvals`, {})
  t.equal(again.status, 409)
  t.match(again.text, 'al besloten')
  t.match((await page(api, 'auditor', '/admin/changes')).text, 'Goedgekeurd')
})

t.test('terms of a pool nobody gave to take effect at once', async t => {
  const form = {
    ...{
      name: 'Pot ander',
      area: 'Testdorp',
      monthlyAmount: '150,00',
      termMonths: '12',
      paydayOfMonth: '25',
    },
    ...{ feeBearer: 'pool', reason: 'Bij nader inzien' },
  }
  const path = '/admin/pools/ander/terms'
  t.match((await page(api, 'administrator', path)).text, 'geldt meteen')
  const wrong = await page(api, 'administrator', path, { ...form, paydayOfMonth: '32' })
  t.match(wrong, { status: 400, text: /id="field-paydayOfMonth-error"/ })
  t.match(await page(api, 'administrator', path, form), { status: 303, to: /^\/admin\/pools\/ander/ })
  t.match((await page(api, 'donor', '/pools/ander')).text, /was €\s100 en wordt €\s150/)
})

t.test('a freeze is on every page of the staff, and a recipient reads what it means', async t => {
  await fund(api, 500_000)
  const enrolmentId = await recipient(api, 'NL08MEEN0000000005')
  const cycleId = await approved(api, '2027-03')
  await api.owner.query('update auth.persons set enrolment_id = $1 where id = $2', [
    enrolmentId,
    api.persons.recipient,
  ])
  t.equal((await page(api, 'approver', '/admin/payment-freezes', { reason: '' })).status, 400)
  const reason = 'Er klopt iets niet'
  t.match(await page(api, 'approver', '/admin/payment-freezes', { reason }), { status: 303 })
  t.notMatch(
    (await page(api, 'recipient', '/my-income')).text,
    'stilgezet',
    'weeks before payday nothing is late',
  )
  api.setClock(new Date('2027-03-22T10:00:00Z'))
  for (const path of ['/', '/admin', '/pools/open', `/admin/cycles/${cycleId}`])
    t.match((await page(api, 'auditor', path)).text, /approver:[\s\S]*Er klopt iets niet/, path)
  const mine = (await page(api, 'recipient', '/my-income')).text
  t.match(mine, 'We hebben de uitbetalingen even stilgezet')
  t.notMatch(mine, reason, 'why is told to the staff alone')
  t.notMatch((await page(api, 'donor', '/pools/open')).text, reason)
  const file = await page(api, 'operator', `/admin/cycles/${cycleId}/payment-files`, {
    idempotencyKey: 'a-key-of-this-form',
  })
  t.match(file, { status: 409, text: 'De uitbetalingen staan stil' })
  t.match((await page(api, 'approver', '/admin/changes')).text, 'Wat er nodig is voor verdergaan')
  t.match(await page(api, 'approver', '/admin/payment-freezes/lifting', { 'reason-lift': 'Nagekeken' }), {
    status: 303,
  })
  const waiting = (await page(api, 'secondApprover', '/admin/changes')).text
  t.match(waiting, 'Voorstel: verdergaan met uitbetalen')
  t.match(
    waiting,
    'De uitbetalingen staan nog stil. Een andere goedkeurder moet dit voorstel eerst goedkeuren',
  )
  t.notMatch(waiting, 'Wat er nodig is voor verdergaan', 'it is done, and the rest is for another')
  t.ok(await proposed(api, 'treasurer', { ...account, iban: 'NL60MEEN0123456789' }), 'other changes go on')
})
