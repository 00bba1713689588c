// A wish is written once, in plain words, by anybody; nobody reads it before staff did; and its writer alone erases it.

import t from 'tap'
import { limits } from '../../src/platform/rate-limits/index.ts'
import { verify } from '../../src/verify/index.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { refused } from '../support/refused.ts'
import { agree, decided, report, shown, stateOf, words, written } from './run.ts'

const api = await testApp(t)
const { open, closed } = api.pools

t.test('nobody reads a wish before staff showed it', async t => {
  const { wishId, lookBy } = await written(api, { nickname: 'Tuinier', poolId: open.id })
  t.equal(lookBy, '2027-03-03', 'two working days after a Monday')
  const lists = async () => {
    const list = await api.ask<{ wishes: { id: string }[] }>('/v1/wishes')
    const page = await api.ask<{ text: string }>('/wishes')
    return [list.body.wishes.some(({ id }) => id === wishId), page.body.text.includes(words)]
  }
  t.strictSame(await lists(), [false, false])
  t.equal((await api.ask(`/v1/wishes/${wishId}`)).status, 404)
  t.equal((await api.ask(`/wishes/${wishId}`)).status, 404)
  t.equal((await agree(api, wishId, '192.0.2.1')).status, 404, 'nor agrees with it')
  t.equal((await report(api, wishId, '192.0.2.1')).status, 404, 'nor reports it')
  await decided(api, wishId, 'show')
  t.strictSame(await lists(), [true, true])
  t.match((await api.ask(`/v1/wishes/${wishId}`)).body, { text: words, nickname: 'Tuinier', poolId: open.id })
})

t.test('sent twice under one key it is there once, with the same link', async t => {
  const send = (body: object) => api.ask('/v1/wishes', { body, key: 'the-same-key' })
  const [one, other] = await Promise.all([send({ text: words }), send({ text: words })])
  t.equal(one.status, 201)
  t.strictSame(other.body, one.body)
  t.match(await send({ text: `${words} En meer.` }), {
    status: 422,
    body: { type: '/problems/idempotency-key-reused' },
  })
  t.match(await send({ text: words, nickname: 'Ander' }), { status: 422 })
  const { rows } = await api.owner.query('select count(*)::int as n from wishes.wishes where id = $1', [
    one.body.wishId,
  ])
  t.equal(rows[0].n, 1)
})

const taken = [
  'Ik zou niets veranderen, denk ik.',
  'Rust. Dan weer leren. En daarna zien we wel.',
  'Éénmaal per week naar zee 🌊👩‍👩‍👧‍👦 met de kinderen.',
  'In 2027 wil ik 1.000 boeken lezen & er 2 schrijven!',
  'Minder werken.Daarna meer slapen.De rest komt later.',
  'x'.repeat(280),
  '🌳'.repeat(140),
]
const words422 = ['wish-words-refused', 422] as const
const words400 = ['invalid-request', 400] as const
const notTaken: readonly (readonly [string, string, string, number])[] = [
  ['too short', 'Slapen', ...words400],
  ['too long', 'x'.repeat(281), ...words400],
  ['nine emoji, which a program counts as eighteen', '🌳'.repeat(9), ...words400],
  ['spaces do not make it longer', `Slapen${' '.repeat(20)}.`, ...words400],
  ['markup', 'Een <b>dikke</b> wens om te lezen', ...words422],
  ['a link', 'Kijk op https://voorbeeld.example/x', ...words422],
  ['a link without a scheme', 'Meer weten: www.voorbeeld en dan', ...words422],
  ['a site by its name', 'Koop alles bij goedkoop-geld.nl vandaag', ...words422],
  ['a mail address', 'Mail mij op iemand@voorbeeld dan kan het', ...words422],
  ['a telephone number', 'Bel me op 06 - 12 34 56 78, dan praten we', ...words422],
  ['an account', 'Maak over naar NL35 MEEN 0000 0000 04 graag', ...words422],
]

t.test('plain words are taken', async t => {
  for (const text of taken) {
    const answer = await api.ask('/v1/wishes', { body: { text } })
    t.equal(answer.status, 201, `${text.slice(0, 40)}: ${JSON.stringify(answer.body)}`)
  }
})

t.test('others are refused, with the field and the reason, by the API and on the page', async t => {
  for (const [what, text, code, status] of notTaken) {
    await refused(
      t,
      api,
      what,
      '/v1/wishes',
      { body: { text } },
      { status, code: code as 'not-found', field: 'text' },
    )
    const page = await api.app.inject({
      ...{ method: 'POST', url: '/wishes' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        text,
        nickname: '',
        poolId: '',
        idempotencyKey: 'key-of-page',
      }).toString(),
    })
    t.equal(page.statusCode, status, `${what}, on the page`)
    t.match(page.body, /class="error" id="field-text-error"/)
  }
  const nickname = { text: words, nickname: 'zie-mij.nl' }
  await refused(
    t,
    api,
    'a site as a nickname',
    '/v1/wishes',
    { body: nickname },
    {
      ...{ status: 422, code: 'wish-words-refused', field: 'nickname' },
    },
  )
  await refused(
    t,
    api,
    'a closed pool',
    '/v1/wishes',
    { body: { text: words, poolId: closed.id } },
    {
      ...{ status: 409, code: 'pool-closed', field: 'poolId' },
    },
  )
  await refused(
    t,
    api,
    'without a key',
    '/v1/wishes',
    { body: { text: words }, key: null },
    {
      ...{ status: 400, code: 'idempotency-key-missing', field: 'idempotency-key' },
    },
  )
})

t.test('whoever has the link takes it away, and nothing of it is left anywhere', async t => {
  const secretWords = 'Achter de dijk een moestuin met zeekraal.'
  const { wishId, withdrawalToken } = await shown(api, { text: secretWords, nickname: 'Zeekraalteler' })
  await agree(api, wishId, '192.0.2.1')
  await report(api, wishId, '192.0.2.2', { words: 'Zeekraal is van mij' })
  const withdraw = (token: string) => api.ask('/v1/wish-withdrawals', { body: { withdrawalToken: token } })
  t.match(await withdraw('a-token-of-nobody'), { status: 404 })
  const other = await written(api)
  t.match(
    await withdraw(other.withdrawalToken),
    { status: 200, body: { wishId: other.wishId } },
    'another’s own',
  )
  t.equal(await stateOf(api, wishId), 'shown')
  t.match(await withdraw(withdrawalToken), { status: 200, body: { state: 'taken-away' } })
  t.match(await withdraw(withdrawalToken), { status: 200 }, 'once more changes nothing')
  t.equal((await api.ask(`/v1/wishes/${wishId}`)).status, 404)
  const all = JSON.stringify([...Object.entries(await everything(api.owner))])
  t.notMatch(all, /zeekraal/i, 'neither words nor nickname nor what a reporter said')
  for (const table of ['agreements', 'reports']) {
    const { rowCount } = await api.owner.query(`select from wishes.${table} where wish_id = $1`, [wishId])
    t.equal(rowCount, 0, table)
  }
  t.match(await decided(api, wishId, 'hide', 'hurtful'), {
    status: 409,
    body: { type: '/problems/wish-taken-away' },
  })
  const page = await api.ask<{ text: string }>(`/wishes/links/${withdrawalToken}`)
  t.match(page.body.text, /Je wens is gewist/)
})

t.test('a key of an erased wish writes nothing anew', async t => {
  const send = () =>
    api.ask<{ wishId: string; withdrawalToken: string }>('/v1/wishes', {
      body: { text: words },
      key: 'erased-key',
    })
  const { body } = await send()
  await api.ask('/v1/wish-withdrawals', { body: { withdrawalToken: body.withdrawalToken } })
  t.match(await send(), { status: 409, body: { type: '/problems/wish-taken-away' } })
})

t.test('of the link only a hash is stored, and the trail knows neither place nor words', async t => {
  const { wishId, withdrawalToken } = await written(api, { text: 'Woorden die nergens anders horen' })
  const all = await everything(api.owner)
  t.notMatch(JSON.stringify([...Object.entries(all)]), new RegExp(withdrawalToken))
  const { rows } = await api.owner.query('select * from acts.acts where subject_id = $1', [wishId])
  t.match(rows, [{ action: 'wish.write', actor_kind: 'public', actor_id: null, place: null, reason: null }])
  t.notMatch(JSON.stringify(rows), /Woorden/)
})

t.test('somebody who is signed in writes as nobody', async t => {
  await api.ask('/v1/wishes', { as: 'operator', body: { text: 'Een wens van iemand die hier werkt' } })
  const { rows } = await api.owner.query(
    `select distinct actor_id from acts.acts where action = 'wish.write'`,
  )
  t.strictSame(rows, [{ actor_id: null }])
})

t.test('more than staff can read are refused honestly, and one origin does not write them all', async t => {
  const few = {
    ...limits,
    wish: {
      quotas: { origin: { points: 3, seconds: 60 }, total: { points: 4, seconds: 60 } },
      whenAway: 'count-here',
    },
  } as const
  const busy = await testApp(t, { limits: few })
  const write = async (address: string) => {
    const { statusCode, body, headers } = await busy.app.inject({
      ...{ method: 'POST', url: '/v1/wishes', remoteAddress: address, payload: { text: words } },
      headers: { 'idempotency-key': `${Math.random()}-key`, 'accept-language': 'en' },
    })
    return { statusCode, type: JSON.parse(body).type, wait: headers['retry-after'] }
  }
  for (let turn = 0; turn < 3; turn += 1) t.equal((await write('192.0.2.1')).statusCode, 201)
  t.match(await write('192.0.2.1'), { statusCode: 429, type: '/problems/too-many-requests', wait: /\d/ })
  t.equal((await write('192.0.2.2')).statusCode, 201)
  t.match(await write('192.0.2.3'), { statusCode: 429, type: '/problems/too-many-wishes', wait: /\d/ })
})

t.test('`verify` finds nothing', async t => {
  const { laws } = await verify(api.deps.db, { organisationId: api.organisationId })
  t.strictSame(
    laws.filter(({ count }) => count > 0),
    [],
  )
})
