// A privacy officer comes from the overview to an account in clear, link by link, and sees no name on the way.

import t from 'tap'
import { fund, recipient } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'

const api = await testApp(t)

t.test('from the overview to an account, for a reason', async t => {
  await fund(api, 500_000)
  const iban = 'NL35MEEN0000000004'
  const enrolmentId = await recipient(api, iban)
  const { name } = await read(`/v1/enrolments/${enrolmentId}/account-readings`, {
    reason: 'Vraag van de ontvanger',
  })
  const seen = async (path: string) => {
    const { status, body } = await api.ask<{ text: string }>(path, { as: 'privacyOfficer' })
    t.equal(status, 200, path)
    t.notMatch(body.text, name, `${path}: no name`)
    t.notMatch(body.text.replaceAll(/\s/g, ''), iban, `${path}: no account`)
    return body.text
  }
  t.match(await seen('/admin'), 'href="/admin/pools/open"')
  const pool = await seen('/admin/pools/open')
  t.match(pool, `href="/admin/enrolments/${enrolmentId}"`)
  t.notMatch(pool, '/admin/pools/open/enrolments', 'enrolling is not theirs')
  const enrolment = await seen(`/admin/enrolments/${enrolmentId}`)
  t.match(enrolment, `href="/admin/enrolments/${enrolmentId}/account-readings"`)
  t.notMatch(enrolment, /\/help"|sign-in-addresses"/, 'nor helping, nor giving a way in')
  await seen(`/admin/enrolments/${enrolmentId}/account-readings`)
})

async function read(path: string, body: { reason: string }) {
  const answer = await api.ask<{ name: string }>(path, { as: 'privacyOfficer', body })
  if (answer.status !== 200) throw new Error(`${answer.status}`)
  return answer.body
}
