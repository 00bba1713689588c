// Wishes by the pages alone, without a script: written, kept by the link, agreed with, reported, moderated, taken away.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { agree, report, shown, stateOf, words } from './run.ts'

const api = await testApp(t)
const somebody = visitor(api)
const staff = { authorization: `Bearer ${await api.token('operator')}` }
const form = { nickname: 'Tuinier', poolId: api.pools.open.id }

const decide = (wishId: string, how: 'showings' | 'refusals', fields: Record<string, string> = {}) =>
  api.app.inject({
    ...{
      method: 'POST',
      url: `/admin/wishes/${wishId}/${how}`,
      payload: new URLSearchParams(fields).toString(),
    },
    headers: { ...staff, 'content-type': 'application/x-www-form-urlencoded' },
  })

t.test('from the question to the wish on the site, and away again', async t => {
  const asked = await somebody.get(`/wishes?pool=${api.pools.open.slug}`)
  t.match(
    asked.text,
    new RegExp(`<option value="${api.pools.open.id}" selected>`),
    'for the pool that one came from',
  )
  const sent = await somebody.post('/wishes', {
    ...form,
    text: `Een dag minder\n werken <3`,
    idempotencyKey: randomUUID(),
  })
  t.equal(sent.status, 422)
  t.match(sent.text, /Laat de tekens/)
  t.match(sent.text, /value="Tuinier"/, 'what was typed stays')
  const key = randomUUID()
  const kept = await somebody.post('/wishes', { ...form, text: `${words}\n\nEn rust.`, idempotencyKey: key })
  t.match(kept, { status: 303, to: /^\/wishes\/links\/[\w-]{24}\?notice=wish-written$/ })
  t.equal(
    (await somebody.post('/wishes', { ...form, text: `${words}\n\nEn rust.`, idempotencyKey: key })).to,
    kept.to,
  )
  const link = (kept.to ?? '').split('?')[0] ?? ''
  const own = await somebody.get(link)
  t.match(own.text, /Wacht op ons/)
  t.match(own.text, new RegExp(`http://meent.test${link}`), 'the whole link to keep')
  t.match(own.text, /2027-03-03/, 'and until when somebody looks')
  const { rows } = await api.owner.query('select id from wishes.wishes')
  const wishId = rows[0].id
  t.match((await api.app.inject({ url: '/admin/wishes', headers: staff })).body, /En rust\./)
  t.equal((await decide(wishId, 'showings')).statusCode, 303)
  const page = await somebody.get(`/en/wishes/${wishId}`)
  t.match(page.text, /<h1[^>]* lang="nl">Een dag minder werken en een tuin beginnen\. En rust\.<\/h1>/)
  t.match(page.text, `<meta property="og:title" content="“${words} En rust.”">`)
  t.match(page.text, `<meta property="og:url" content="http://meent.test/en/wishes/${wishId}">`)
  t.match(page.text, `href="/en/pools/${api.pools.open.slug}#give"`, 'it leads to giving')
  t.match((await somebody.get('/')).text, words, 'on the first page')
  t.match((await somebody.get(`/pools/${api.pools.open.slug}`)).text, words, 'and on the pool’s')
  t.notMatch((await somebody.get(`/pools/${api.pools.other.slug}`)).text, words)
  t.match(await somebody.post(`${link}/withdrawals`), { status: 303, to: `${link}?notice=wish-erased` })
  t.equal(await stateOf(api, wishId), 'taken-away')
  t.equal((await somebody.get(`/wishes/${wishId}`)).status, 404)
})

t.test('opening the link takes nothing away: programs that look at mail open links', async t => {
  const { wishId, withdrawalToken } = await shown(api)
  await somebody.get(`/wishes/links/${withdrawalToken}`)
  await somebody.get(`/wishes/links/${withdrawalToken}/withdrawals`)
  t.equal(await stateOf(api, wishId), 'shown')
  t.equal((await somebody.get('/wishes/links/nothing-that-we-know')).status, 404)
})

t.test('“me too” and reporting are buttons that work by themselves', async t => {
  const { wishId } = await shown(api)
  t.equal((await somebody.post(`/wishes/${wishId}/agreements`)).to, `/wishes/${wishId}?notice=wish-agreed`)
  t.equal(
    (await somebody.post(`/wishes/${wishId}/agreements`)).to,
    `/wishes/${wishId}?notice=wish-agreed-before`,
  )
  const bare = await somebody.post(`/wishes/${wishId}/reports`, { reason: '' })
  t.equal(bare.status, 400)
  t.match(bare.text, /<details class="wish-report" open>/)
  t.match(bare.text, /Kies een reden/)
  t.match(
    (await somebody.post(`/wishes/${wishId}/reports`, { reason: 'hurtful', words: 'nee' })).to,
    /wish-reported/,
  )
  const staffPage = (await api.app.inject({ url: '/admin/wishes', headers: staff })).body
  t.match(staffPage, /1 × Het kwetst of bedreigt iemand/)
  t.match(staffPage, /<q>nee<\/q>/)
})

t.test('staff says why, or nothing happens', async t => {
  const { wishId } = await shown(api)
  for (let place = 1; place <= 3; place += 1) await report(api, wishId, `192.0.2.${place}`)
  const bare = await decide(wishId, 'refusals', { [`reason-${wishId}`]: '' })
  t.equal(bare.statusCode, 400)
  t.match(bare.body, new RegExp(`id="field-reason-${wishId}-error"`))
  t.equal(await stateOf(api, wishId), 'hidden')
  t.equal((await decide(wishId, 'refusals', { [`reason-${wishId}`]: 'hurtful' })).statusCode, 303)
  const again = await decide(wishId, 'showings')
  t.equal(again.statusCode, 409)
  t.match(again.body, /Over deze wens is al beslist/)
})

t.test('what somebody wrote stands there as they wrote it, and as nothing else', async t => {
  const text = `"Rust" & 'ruimte', & een ${'`'}dag${'`'} vrij`
  const { wishId } = await shown(api, { text })
  const { text: page } = await somebody.get(`/wishes/${wishId}`)
  t.match(page, /&#34;Rust&#34; &#38; &#39;ruimte&#39;|&quot;Rust&quot; &amp; &#39;ruimte&#39;/)
  t.notMatch(page, /content="“"/, 'nor in what other sites read')
})

t.test('a long list goes on, in the order that was asked', async t => {
  for (let turn = 0; turn < 13; turn += 1) await agree(api, (await shown(api)).wishId, '192.0.2.1')
  const first = await somebody.get('/wishes?order=most-agreed')
  const more =
    /rel="next" href="([^"]+)"/
      .exec(first.text)?.[1]
      ?.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))) ?? ''
  t.match(more, /^\/wishes\?order=most-agreed&after=/)
  const second = await somebody.get(more)
  t.equal(second.status, 200)
  t.match(second.text, /Naar het begin/)
  const cards = (page: string) => page.match(/id="wish-[\da-f-]{36}"/g) ?? []
  t.equal(
    new Set([...cards(first.text), ...cards(second.text)]).size,
    cards(first.text).length + cards(second.text).length,
  )
  t.equal((await somebody.get('/wishes?order=best')).status, 400)
  t.equal((await somebody.get('/wishes?pool=nergens')).status, 404)
})
