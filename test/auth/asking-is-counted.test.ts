// Asking for a mail is counted by address, alike whether anybody here has it: neither the count nor the answer tells.

import t from 'tap'
import { limits } from '../../src/platform/rate-limits/index.ts'
import { testApp } from '../support/app.ts'

const api = await testApp(t, { limits })
const { points } = limits['sign-in'].quotas.address
let network = 0

/** From a network of its own each time, in small letters and in capitals; what differs by itself is left out. */
async function asked(email: string): Promise<string[]> {
  const answers: string[] = []
  for (let turn = 0; turn < points + 2; turn += 1) {
    const typed = turn % 2 ? email : email.toUpperCase()
    const { statusCode, headers, body } = await api.app.inject({
      ...{ method: 'POST', url: '/sign-in', remoteAddress: `192.0.2.${++network}` },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ email: typed }).toString(),
    })
    const same = body
      .replaceAll(typed, '…')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
      .replaceAll(/\d+ (minu|seco)\w+/g, '…')
    answers.push(`${statusCode} ${headers.location ?? ''} ${same}`)
  }
  return answers
}

t.test('five times in a quarter of an hour, from wherever, and nothing tells who is known', async t => {
  const known = await asked('operator@meent.example')
  t.strictSame(
    known.map(answer => answer.slice(0, 3)),
    [...Array.from({ length: points }, () => '303'), '429', '429'],
  )
  t.strictSame(await asked('nobody@meent.example'), known)
  const { rows } = await api.owner.query(
    `select count(*)::int as n from platform.rate_limits where key like '%/sign-in/address:%'`,
  )
  t.strictSame(rows, [{ n: 2 }], 'one count for each, and no address in it')
})
