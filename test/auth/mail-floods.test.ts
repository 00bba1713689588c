// Who asks for mails by the hundred: for one mailbox, for strangers, from one network. Colleagues still come in, and no limit
// tells who is known.

import t, { type Test } from 'tap'
import { type Limit, limits } from '../../src/platform/rate-limits/index.ts'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { byMail } from './authenticator.ts'
import { lettersTo } from './mailbox.ts'

t.setTimeout(120_000)

const OPERATOR = 'operator@meent.example'
const STRANGER = 'niemand@elders.example'
const much = { points: 999, seconds: 900 }
const quotas = { origin: much, network: much, person: much, address: much, codes: much, letters: much }

/** A service with these quotas; answers its asking for a mail, each time from a network of its own. */
async function asking(t: Test, few: Limit['quotas']) {
  const api = await testApp(t, {
    limits: { ...limits, 'sign-in': { quotas: { ...quotas, ...few }, whenAway: 'refuse' } },
  })
  let network = 0
  const ask = async (email: string, address = `198.51.100.${++network}`) => {
    const who = visitor(api, 'test', address)
    const { status } = await who.post('/sign-in', { email })
    const page = status === 303 ? (await who.get('/sign-in/code')).text.replaceAll(email, '…') : ''
    return { who, status, page }
  }
  return { api, ask }
}

t.test('whatever stands behind a plus is one mailbox', async t => {
  const { ask } = await asking(t, { address: { points: 5, seconds: 900 } })
  const seen: number[] = []
  for (let turn = 0; turn < 6; turn += 1) seen.push((await ask(`Slachtoffer+${turn}@elders.example`)).status)
  t.strictSame(seen, [303, 303, 303, 303, 303, 429])
  t.equal((await ask('slachtoffer@elders.example')).status, 429)
  t.equal((await ask('ander@elders.example')).status, 303)
})

t.test('after some codes a day a mail has the link alone, for whomever', async t => {
  const { api, ask } = await asking(t, { codes: { points: 2, seconds: 86_400 } })
  const pages = new Set<string>()
  for (const email of [OPERATOR, STRANGER]) {
    for (let turn = 0; turn < 2; turn += 1) pages.add((await ask(email)).page)
    t.ok(
      (await lettersTo(api, email)).every(({ letter }) => letter.code),
      email,
    )
    const before = await api.owner.query('select count(*)::int as n from auth.verifications')
    const last = await ask(email)
    pages.add(last.page)
    const after = await api.owner.query('select count(*)::int as n from auth.verifications')
    t.equal(after.rows[0].n, before.rows[0].n + 1, 'a link was made, and no code')
    const [newest] = await lettersTo(api, email)
    t.notOk(newest?.letter.code, `none in the third to ${email}`)
    t.notMatch(newest?.letter.paragraphs.join(' '), /Vul dan de code in/, 'and it does not speak of one')
    t.match(await last.who.post('/sign-in/code', { code: '000000' }), { status: 422 })
    const link = new URL(newest?.letter.action?.url ?? '').pathname
    t.equal((await visitor(api).post(link)).status, 303, 'its link works')
  }
  t.equal(pages.size, 1, 'and the page is the same each time')
})

t.test('nobody is kept out by others who ask in their name', async t => {
  for (const few of [{ letters: { points: 4, seconds: 86_400 } }, { address: { points: 4, seconds: 900 } }]) {
    const { api, ask } = await asking(t, few)
    await byMail(api, OPERATOR)
    for (let turn = 0; turn < 3; turn += 1) await ask(OPERATOR)
    for (let turn = 0; turn < 4; turn += 1) await ask(STRANGER)
    t.equal((await ask(OPERATOR)).status, 429, 'from elsewhere there is no more')
    t.equal((await ask(STRANGER)).status, 429, 'nor for a stranger')
    t.equal((await ask(STRANGER, '127.0.0.1')).status, 429, 'wherever they are')
    t.equal((await ask(OPERATOR, '127.0.0.1')).status, 303, 'there is where the person was lately')
    for (let turn = 0; turn < 3; turn += 1) await ask(OPERATOR, '127.0.0.1')
    t.equal((await ask(OPERATOR, '127.0.0.1')).status, 429, 'as often as anywhere')
  }
})

t.test('strangers together get so many, and whoever is known here is never among them', async t => {
  const { api, ask } = await asking(t, { total: { points: 3, seconds: 3_600 } })
  const pages = new Set<string>()
  for (let turn = 0; turn < 5; turn += 1) pages.add((await ask(`${turn}${STRANGER}`)).page)
  t.equal((await lettersTo(api, `2${STRANGER}`)).length, 1)
  t.equal((await lettersTo(api, `3${STRANGER}`)).length, 0, 'the fourth gets none')
  pages.add((await ask(OPERATOR)).page)
  t.equal((await lettersTo(api, OPERATOR)).length, 1, 'a colleague does')
  t.equal(pages.size, 1, 'and nobody sees a difference')
})

t.test('of IPv6 the larger network is counted as well', async t => {
  const { ask } = await asking(t, { network: { points: 6, seconds: 900 } })
  const from = async (groups: string) =>
    (await ask(`${groups.replace(':', '-')}@elders.example`, `2001:db8:${groups}::1`)).status
  const seen: number[] = []
  for (let turn = 0; turn < 7; turn += 1) seen.push(await from(`5:${turn}`))
  t.strictSame(seen, [303, 303, 303, 303, 303, 303, 429])
  t.equal(await from('6:1'), 303, 'the one beside it')
  t.equal((await ask(STRANGER, '192.0.2.1')).status, 303, 'IPv4 is counted by itself')
})
