// Thank-yous by the pages alone, without a script: written by a recipient, read by staff, shown with the pool, taken away.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { become, decide, enrolled, stateOf, words, written } from './run.ts'

const api = await testApp(t)
const enrolments = await enrolled(api, 3)
const poolPage = `/pools/${api.pools.open.slug}`

async function ask(
  as: 'recipient' | 'operator' | 'administrator',
  url: string,
  fields?: Record<string, string>,
) {
  const answer = await api.app.inject({
    ...{ method: fields ? 'POST' : 'GET', url },
    headers: {
      ...{ authorization: `Bearer ${await api.token(as)}`, accept: 'text/html', host: 'meent.test' },
      ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(fields ? { payload: new URLSearchParams(fields).toString() } : {}),
  })
  return { status: answer.statusCode, text: answer.body, to: answer.headers.location }
}
const publicPage = async (path = poolPage) => (await api.app.inject({ url: path })).body
const idOf = async () => {
  const { rows } = await api.owner.query(`select id from thanks.thanks where state = 'waiting'`)
  return String(rows[0]?.id)
}

t.test('from the offer to the pool’s page, and away again', async t => {
  t.notMatch(
    await publicPage(),
    /Van iemand die dit inkomen krijgt/,
    'nobody is asked for one by an empty place',
  )
  const offer = (await ask('recipient', '/my-income')).text
  t.match(offer, /Dat hoeft niet\. Niemand vraagt erom, en er hangt niets van af/)
  t.match(offer, /Iedereen kan dit lezen\. Schrijf geen namen, adressen of links op/)
  t.match(offer, /<details class="fold"><summary>Schrijf een bedankje/, 'folded away')

  const wrong = { text: 'Bel me op 06 12345678, hoor', nickname: 'Tuinier', idempotencyKey: randomUUID() }
  const refused = await ask('recipient', '/my-income/thanks', wrong)
  t.equal(refused.status, 422)
  t.match(refused.text, /<details class="fold" open>/)
  t.match(refused.text, /Laat e-mailadressen en lange nummers weg/)
  t.match(refused.text, /Bel me op 06 12345678, hoor<\/textarea>/, 'what was typed stays')
  t.match(refused.text, /value="Tuinier"/)

  const form = { text: `${words}\n\nTot ooit.`, nickname: 'Tuinier', idempotencyKey: randomUUID() }
  const sent = await ask('recipient', '/my-income/thanks', form)
  t.match(sent, { status: 303, to: '/my-income?notice=thanks-written#thanks' })
  t.equal((await ask('recipient', '/my-income/thanks', form)).status, 303, 'sent twice, written once')
  const own = (await ask('recipient', '/my-income')).text
  t.match(own, /Wacht op ons/)
  t.match(own, /We lezen het uiterlijk op <strong><time datetime="2027-03-09">/)
  t.notMatch(own, /name="nickname"/, 'no form while one waits')
  const more = await ask('recipient', '/my-income/thanks', { ...form, idempotencyKey: randomUUID() })
  t.equal(more.status, 409)
  t.match(more.text, /Er wacht nog een bedankje van je/)

  const thanksId = await idOf()
  const staff = (await ask('operator', '/admin/thanks')).text
  t.match(staff, /Tot ooit\./)
  t.notMatch(staff, new RegExp(enrolments.join('|')), 'staff reads it, not who wrote it')
  t.match(await ask('operator', `/admin/thanks/${thanksId}/showings`, {}), {
    status: 303,
    to: '/admin/thanks?notice=thanks-shown',
  })
  const page = await publicPage()
  t.match(page, /<h2 id="thanks">Van iemand die dit inkomen krijgt<\/h2>/)
  t.match(
    page,
    /Tot ooit\.<\/blockquote>\s*<p class="wish-by"><span class="wish-name">Tuinier<\/span>, <time datetime="2027-03">/,
  )
  t.notMatch(page, new RegExp([thanksId, ...enrolments].join('|')), 'and the page says the month alone')
  t.match(await publicPage(`/en${poolPage}`), /From somebody who receives this income/)
  t.notMatch(await publicPage(`/pools/${api.pools.other.slug}`), /Tot ooit/)
  t.match((await ask('recipient', '/my-income')).text, /Staat bij de pot/)

  const away = `/my-income/thanks/${thanksId}/withdrawals`
  t.equal((await ask('recipient', away)).status, 404, 'opening an address takes nothing away')
  t.match(await ask('recipient', away, {}), { status: 303, to: '/my-income?notice=thanks-erased#thanks' })
  t.equal(await stateOf(api, thanksId), 'taken-away')
  t.notMatch(await publicPage(), /Tot ooit/)
  const after = (await ask('recipient', '/my-income')).text
  t.notMatch(after, /Tot ooit/)
  t.match(after, /Volgende maand kan het weer, als je dat wilt/)
})

t.test('staff says why, the recipient reads it, and what was shown can be refused still', async t => {
  await become(api, enrolments[1] ?? '')
  const thanksId = await written(api)
  const field = `reason-${thanksId}`
  const bare = await ask('administrator', `/admin/thanks/${thanksId}/refusals`, { [field]: '' })
  t.equal(bare.status, 400)
  t.match(bare.text, new RegExp(`id="field-${field}-error"`))
  t.match(bare.text, /<details class="asks" open>/)
  await decide(api, thanksId, 'show')
  t.match(await publicPage(), words)
  const because = { [field]: 'personal-data' }
  t.equal((await ask('administrator', `/admin/thanks/${thanksId}/refusals`, because)).status, 303)
  t.notMatch(await publicPage(), words)
  const own = (await ask('recipient', '/en/my-income')).text
  t.match(own, /Refused[\s\S]*It holds a name, an address or something else that is personal\./)
  const again = await ask('operator', `/admin/thanks/${thanksId}/showings`, {})
  t.equal(again.status, 409)
  t.match(again.text, /Over dit bedankje is al beslist/)
})

t.test('the latest three, as they were written and as nothing else', async t => {
  const hostile = `"Rust" & 'ruimte', & een ${'`'}dag${'`'} \${vrij} {{x}}`
  for (let month = 4; month <= 8; month += 1) {
    api.setClock(new Date(`2027-0${month}-10T10:00:00Z`))
    await become(api, enrolments[2] ?? '')
    await decide(api, await written(api, { text: month === 8 ? hostile : `${words} ${month}.` }), 'show')
  }
  const page = await publicPage()
  const [, list = ''] = /<ul class="thanks">([\s\S]*?)<\/ul>/.exec(page) ?? []
  t.equal(list.match(/<li/g)?.length, 3)
  t.match(list, /&#34;Rust&#34; &#38; &#39;ruimte&#39;|&quot;Rust&quot; &amp; &#39;ruimte&#39;/)
  t.match(list, /\$\{vrij\} \{\{x\}\}/)
  t.strictSame(
    [...list.matchAll(/datetime="([\d-]+)"/g)].map(([, month]) => month),
    ['2027-08', '2027-07', '2027-06'],
  )
})

t.test('what waits is on the staff’s first page, and what is late stands apart', async t => {
  await become(api, enrolments[0] ?? '')
  await written(api)
  t.match((await ask('operator', '/admin')).text, /Lees de bedankjes die wachten: 1/)
  api.setClock(new Date('2027-08-16T10:00:00Z'))
  const { text } = await ask('administrator', '/admin')
  t.match(text, /Te laat: deze bedankjes wachten langer dan beloofd: 1/)
  t.notMatch(text, /Lees de bedankjes die wachten/)
  t.match((await ask('operator', '/admin/thanks')).text, /Te laat/)
  t.notMatch((await ask('recipient', '/my-income')).text, /admin\/thanks/)
})
