// A donor's whole way: gives with an address, is thanked, comes back by mail, sees gifts and years, takes their data along, and is
// erased: the ledger stays as it was, and nothing says who it was.

import t from 'tap'
import { postTransactions, thankDonors } from '../../src/donations/index.ts'
import { makeOverviews } from '../../src/giving/index.ts'
import { verify } from '../../src/verify/index.ts'
import { lettersTo } from '../auth/mailbox.ts'
import { DONOR, pay, type StartedGift, signedIn, start } from '../donors/run.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { type Visitor, visitor } from '../support/visitor.ts'

t.setTimeout(60_000)
const api = await testApp(t, { start: '2026-11-02' })
const { deps, pools } = api
let donor: Visitor
let first: StartedGift

const clockTo = async (day: string) => {
  const ahead = new Date(`${day}T12:00:00Z`).getTime() - Date.now()
  await api.owner.query('update platform.installation set clock_offset_ms = $1', [ahead])
  await api.liveTo(day)
}

t.test('gives by the form, and gets thanks with the receipt', async t => {
  const who = visitor(api)
  const form = {
    amount: '25',
    email: ` ${DONOR} `,
    nickname: 'Buurvrouw',
    message: 'Voor iedereen',
    costsShare: '1',
  }
  const refused = await who.post(`/pools/${pools.open.slug}/donations`, {
    ...form,
    ...{ email: 'gever@', idempotencyKey: 'een-sleutel-van-dit-formulier' },
  })
  t.match(refused, { status: 400, text: /Dit is geen e-mailadres/ })
  t.ok(refused.text.includes('value="gever@"'), 'what was typed is still there')
  const sent = await who.post(`/pools/${pools.open.slug}/donations`, {
    ...form,
    idempotencyKey: 'een-andere-sleutel',
  })
  t.equal(sent.status, 303)
  first = { donationId: '', receiptToken: '', reference: undefined, checkoutUrl: sent.to ?? '' }
  await pay(api, first)
  await postTransactions(deps)
  t.equal(await thankDonors(deps), 1)
  const [letter] = await lettersTo(api, DONOR)
  const path = new URL(letter?.letter.action?.url ?? '').pathname
  first = { ...first, receiptToken: path.split('/').at(-1) ?? '' }
  t.match(await visitor(api).get(path), { status: 200, text: /Bewijs als pdf/ })
})

t.test('comes back by mail, lands on their gifts, and sees their own alone', async t => {
  const other = await start(api, { email: 'ander@thuis.example', nickname: 'Iemand Anders' })
  donor = visitor(api)
  await donor.post('/sign-in', { email: DONOR })
  const [mail] = await lettersTo(api, DONOR)
  t.match(await donor.post('/sign-in/code', { code: mail?.letter.code ?? '' }), {
    status: 303,
    to: /^\/my-gifts/,
  })
  const page = await donor.get('/my-gifts')
  t.equal(page.status, 200)
  for (const words of [
    DONOR,
    pools.open.name,
    '26,00',
    'Ontvangen, onderweg naar de pot',
    first.receiptToken,
  ])
    t.ok(page.text.includes(words), words)
  t.notOk(page.text.includes(other.receiptToken))
  t.match(await donor.get('/en/my-gifts'), { status: 200, text: /My gifts/ })
  t.match(await visitor(api).get('/my-gifts'), { status: 303, to: /\/sign-in/ })
  const stranger = await signedIn(api, 'niemand@thuis.example')
  t.match(await stranger.get('/my-gifts'), { status: 200, text: /nog niets gegeven/ })
  t.equal((await stranger.get('/my-gifts/data')).status, 404)
})

t.test('takes the receipt along as a file that screen readers can read', async t => {
  const answer = await api.app.inject(`/receipts/${first.receiptToken}/pdf`)
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'application/pdf')
  t.match(answer.headers['content-disposition'], /attachment; filename="meent-[0-9a-f-]+\.pdf"/)
  const text = answer.rawPayload.toString('latin1')
  t.ok(text.startsWith('%PDF-1.7'))
  for (const sign of [
    '/MarkInfo',
    '/Marked true',
    '/StructTreeRoot',
    '/Lang (nl-NL)',
    'pdfuaid',
    '/DisplayDocTitle true',
    '/FontFile2',
  ])
    t.ok(text.includes(sign), sign)
  t.match(await visitor(api).get('/receipts/nothing-like-a-token/pdf'), { status: 404 })
})

t.test('chooses letters', async t => {
  t.match(await donor.post('/my-gifts/letters', { language: 'en', 'gift-received': 'yes' }), {
    status: 303,
    to: '/my-gifts?notice=letters-chosen',
  })
  const { rows } = await api.owner.query('select kind from donors.stops order by kind')
  t.strictSame(rows, [{ kind: 'goal-reached' }, { kind: 'overview-ready' }])
  await donor.post('/my-gifts/letters', { language: 'en', 'gift-received': 'yes', 'overview-ready': 'yes' })
  t.strictSame((await api.owner.query('select kind from donors.stops')).rows, [{ kind: 'goal-reached' }])
  t.match(await donor.post('/my-gifts/letters', { language: 'xx' }), { status: 400 })
})

t.test('has the overview of the year, as page, file and JSON', async t => {
  t.match(await donor.post('/my-gifts/overviews/2026', {}), { status: 409 }, 'not before it is over')
  await clockTo('2027-01-04')
  donor = await signedIn(api)
  t.equal(await makeOverviews(deps), 1)
  t.match(
    (await lettersTo(api, DONOR)).find(({ letter }) => /2026/.test(letter.subject)),
    { locale: 'en' },
  )
  const page = await donor.get('/my-gifts/overviews/2026')
  t.equal(page.status, 200)
  for (const words of ['Stichting Proef', '26,00', '1,00', 'Dit overzicht verandert niet meer', DONOR])
    t.ok(page.text.includes(words), words)
  const cookie = [...donor.cookies].map(pair => pair.join('=')).join('; ')
  const json = await api.ask('/v1/my-overviews/2026', { headers: { cookie } })
  t.match(json, {
    status: 200,
    body: { year: 2026, totals: [{ given: 2600, back: 0, left: 2600, costs: 100 }] },
  })
  const pdf = await api.app.inject({ url: '/en/my-gifts/overviews/2026/pdf', headers: { cookie } })
  t.match(pdf.rawPayload.toString('latin1').slice(0, 5), '%PDF-')
  t.strictSame(
    (await api.app.inject({ url: '/en/my-gifts/overviews/2026/pdf', headers: { cookie } })).statusCode,
    200,
  )
  t.equal((await donor.get('/my-gifts/overviews/2025')).status, 404)
  const stranger = await signedIn(api, 'niemand@thuis.example')
  t.equal((await stranger.get('/my-gifts/overviews/2026')).status, 404)
})

t.test('takes all data along, and has it erased: the ledger stays, and nothing says who it was', async t => {
  const data = JSON.parse((await donor.get('/my-gifts/data')).text)
  t.match(data, {
    email: DONOR,
    gifts: [{ nickname: 'Buurvrouw', message: 'Voor iedereen', kept: 2600 }],
    overviews: [{ year: 2026 }],
  })
  t.ok(data.told.length >= 2 && data.stops.length === 1)
  const books = async () =>
    (
      await api.owner.query(`select (select json_agg(p order by p) from ledger.postings p)::text as postings,
       (select json_agg(d order by d.id) from donations.donations d)::text as donations,
       (select json_agg(o) from giving.overviews o)::text as overviews`)
    ).rows
  const before = await books()
  const later = await start(api)
  await pay(api, later) // its letter will wait in the outbox when all is erased
  await postTransactions(deps)
  await thankDonors(deps)
  t.match(await donor.post('/my-gifts/erasures', {}), { status: 303, to: '/?notice=erased' })
  t.match(await donor.get('/my-gifts'), { status: 303 }, 'signed out')
  const rows = JSON.stringify(await everything(api.owner))
  for (const words of [DONOR, 'Buurvrouw', 'Voor iedereen']) t.notOk(rows.includes(words), words)
  const waits = (await lettersTo(api, DONOR)).filter(({ letter }) => letter.stop)
  t.strictSame(waits, [], 'what still waited goes unsent')
  const left = `select count(*)::int as n from donors.gifts union all select count(*)::int from donors.letters`
  t.ok(
    (await api.owner.query(left)).rows.every(({ n }) => n <= 1),
    'of the other donor alone',
  )
  const after = await books()
  t.equal(after[0]?.overviews, before[0]?.overviews)
  t.ok(after[0]?.postings.length >= (before[0]?.postings.length ?? 0))
  const { laws } = await verify(deps.db, { organisationId: api.organisationId })
  t.strictSame(
    laws.filter(({ count }) => count > 0),
    [],
  )
})

t.test('whoever proves that address later begins anew', async t => {
  const again = await signedIn(api)
  t.match(await again.get('/my-gifts'), { status: 200, text: /nog niets gegeven/ })
  t.equal(await makeOverviews(deps), 0)
  const stop = visitor(api)
  t.match(await stop.get(`/my-gifts`), { status: 303 })
})
