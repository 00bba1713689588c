// Campaigns by the pages alone, without a script: pictures that are none, words that are markup, drafts of somebody else. Each
// refusal names its field and its reason in both languages, and nothing is an error of ours.

import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import t from 'tap'
import {
  decideCampaign,
  removeUpdate,
  setPicture,
  submitCampaign,
  writeUpdate,
} from '../../src/campaigns/index.ts'
import { testApp } from '../support/app.ts'
import type { StaffName } from '../support/app-seed.ts'
import { campaignNow, drafted, person, running, story, submitted } from './run.ts'

const api = await testApp(t)
const jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#2f6f53' } })
  .jpeg()
  .toBuffer()

type Part = {
  readonly name: string
  readonly content: string | Buffer
  readonly file?: string
  readonly type?: string
}
const BOUNDARY = '----a-boundary-of-this-test'
const multipart = (parts: readonly Part[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, content, file, type = 'image/jpeg' }) => [
      Buffer.from(
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\ncontent-type: ${type}`}\r\n\r\n`,
      ),
      Buffer.isBuffer(content) ? content : Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])

const ask = async (
  url: string,
  { as, payload, type }: { as?: StaffName; payload?: string | Buffer; type?: string } = {},
) => {
  const answer = await api.app.inject({
    ...{ method: payload === undefined ? 'GET' : 'POST', url },
    headers: {
      accept: 'text/html',
      ...(as ? { authorization: `Bearer ${await api.token(as)}` } : {}),
      ...(type ? { 'content-type': type } : {}),
    },
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers, bytes: answer.rawPayload }
}
const post = (url: string, as: StaffName, fields: Record<string, string>) =>
  ask(url, { as, payload: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' })
const send = (url: string, parts: readonly Part[], as: StaffName = 'donor') =>
  ask(url, { as, payload: multipart(parts), type: `multipart/form-data; boundary=${BOUNDARY}` })
const picture = (content: string | Buffer, more: Partial<Part> = {}): Part[] => [
  { name: 'alt', content: 'Een tuin in de zon' },
  { name: 'picture', content, file: 'tuin.jpg', ...more },
]

const typed = {
  ...{ title: 'Een jaar rust voor de buurman', organiser: 'De buren', area: 'Testdorp', forWhom: 'other' },
  ...{ otherAgreed: 'yes', monthlyAmount: '100', termMonths: '3', lastDay: '2027-05-01', movesTo: '', story },
  ifUnreached: 'refund',
}

t.test('a campaign is written, and comes back as it was typed with what was wrong', async t => {
  const wrong = {
    ...typed,
    title: '<b>x',
    monthlyAmount: 'veel',
    story: 'kort',
    idempotencyKey: randomUUID(),
  }
  const dutch = await post('/my-campaigns', 'donor', wrong)
  t.equal(dutch.status, 400)
  t.match(dutch.text, /id="field-monthlyAmount-error"/)
  const second = await post('/my-campaigns', 'donor', { ...wrong, monthlyAmount: '100' })
  for (const field of ['title', 'story']) t.match(second.text, new RegExp(`id="field-${field}-error"`))
  t.match(second.text, /Laat de tekens (&lt;|&#60;) en/)
  t.match(second.text, /value="(&lt;|&#60;)b/)
  const english = await post('/en/my-campaigns', 'donor', { ...wrong, monthlyAmount: '100' })
  t.match(english.text, /Leave out the characters/)
  t.equal(
    (await post('/my-campaigns', 'donor', { idempotencyKey: randomUUID() })).status,
    400,
    'nothing at all',
  )
  const kept = await post('/my-campaigns', 'donor', { ...typed, idempotencyKey: randomUUID() })
  t.equal(kept.status, 303)
  t.match(kept.headers.location, /^\/my-campaigns\/[0-9a-f-]{36}\?notice=campaign-saved$/)
})

t.test('only a picture is one, by its bytes', async t => {
  const id = await drafted(api)
  for (const [prefix, words] of [
    ['', 'Deze afbeelding kunnen we niet gebruiken'],
    ['/en', 'We cannot use this picture'],
  ] as const) {
    const url = `${prefix}/my-campaigns/${id}/pictures`
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for (const [what, parts] of [
      ['a text that is called a picture', picture('geen foto')],
      ['a drawing', picture(svg, { type: 'image/svg+xml', file: 'x.svg' })],
      ['a drawing that is called a picture', picture(svg)],
      [
        'a page behind the first bytes of a picture',
        picture(Buffer.concat([jpeg.subarray(0, 20), Buffer.from('<html>')])),
      ],
      ['too many bytes', picture(Buffer.concat([jpeg, Buffer.alloc(6 * 1024 * 1024 + 1)]))],
    ] as const) {
      const refused = await send(url, parts)
      t.equal(refused.status, 422, what)
      t.match(refused.text, /id="field-picture-error"/, what)
      t.match(refused.text, words, what)
    }
    const none = await send(url, picture(''))
    t.equal(none.status, 400)
    t.match(none.text, /id="field-picture-error"/)
    const alt = await send(url, [
      { name: 'alt', content: '"><script>alert(1)</script>' },
      { name: 'picture', content: jpeg, file: 'tuin.jpg' },
    ])
    t.equal(alt.status, 400)
    t.match(alt.text, /id="field-alt-error"/)
    t.notMatch(alt.text, '<script>alert')
  }
  const before = await api.owner.query('select count(*)::int as n from acts.acts')
  const kept = await send(`/my-campaigns/${id}/pictures`, picture(jpeg))
  t.equal(kept.status, 303)
  const { rows } = await api.owner.query('select action from acts.acts order by id desc limit 1')
  t.strictSame(rows, [{ action: 'campaign.set-picture' }])
  t.ok(before.rows[0].n > 0)
})

t.test('whatever is sent in place of a form, it is refused and nothing is an error of ours', async t => {
  const url = `/my-campaigns/${await drafted(api)}/pictures`
  const type = `multipart/form-data; boundary=${BOUNDARY}`
  const whole = multipart(picture(jpeg))
  const many = Array.from({ length: 40 }, (_, index) => ({ name: `f${index}`, content: 'x' }))
  const answers = {
    'no boundary': await ask(url, { as: 'donor', payload: whole, type: 'multipart/form-data' }),
    'another boundary': await ask(url, { as: 'donor', payload: whole, type: `${type}x` }),
    'cut short': await ask(url, { as: 'donor', payload: whole.subarray(0, 500), type }),
    nothing: await ask(url, { as: 'donor', payload: '', type }),
    'an ordinary form': await post(url, 'donor', { alt: 'Een tuin', picture: 'x' }),
    'many fields': await send(url, many),
    'two pictures': await send(url, [...picture(jpeg), ...picture(jpeg)]),
    'a field that is too long': await send(url, [{ name: 'alt', content: 'x'.repeat(10_000) }]),
    'a name from elsewhere': await send(url, [{ name: '__proto__', content: 'x' }]),
  }
  for (const [what, { status }] of Object.entries(answers))
    t.ok(status >= 400 && status < 500, `${what}: ${status}`)
  t.equal(
    (await ask('/my-campaigns', { as: 'donor', payload: whole, type })).status,
    415,
    'no files elsewhere',
  )
})

t.test('somebody else’s draft is not there, for whoever asks', async t => {
  const id = await drafted(api)
  await setPicture(api.deps, person(api, 'donor'), { campaignId: id, bytes: jpeg, alt: 'Een tuin' })
  for (const as of ['recipient', 'operator', 'administrator'] as const) {
    for (const path of [`/my-campaigns/${id}`, `/my-campaigns/${id}/picture.jpg`])
      t.equal((await ask(path, { as })).status, 404, `${path} as ${as}`)
    for (const path of ['', '/submissions', '/updates'])
      t.equal(
        (
          await post(`/my-campaigns/${id}${path}`, as, {
            ...typed,
            words: story,
            idempotencyKey: randomUUID(),
          })
        ).status,
        404,
        `${path} as ${as}`,
      )
    t.equal((await send(`/my-campaigns/${id}/pictures`, picture(jpeg), as)).status, 404)
  }
  t.equal((await ask(`/admin/campaigns/${id}`, { as: 'operator' })).status, 404, 'nor for staff')
  t.equal((await api.ask(`/v1/campaigns/${id}`)).status, 404)
  t.equal((await ask(`/my-campaigns/${id}`)).status, 303, 'and a stranger is asked to sign in')
})

t.test('a page for everybody: safe words, its picture, and what others show of it', async t => {
  const hostile = `# Titel\n\n<script>alert(1)</script>\n\n[klik](javascript:alert(1)) ![x](https://elders.example/x.gif) ${story}`
  const id = await drafted(api, { story: hostile, movesTo: api.pools.open.id })
  await setPicture(api.deps, person(api, 'donor'), {
    campaignId: id,
    bytes: jpeg,
    alt: 'Een tuin "in" de zon',
  })
  await submitCampaign(api.deps, person(api, 'donor'), id)
  await decideCampaign(api.deps, person(api, 'operator'), { campaignId: id, decision: 'approve' })
  const { slug, poolId } = await campaignNow(api, id)
  const updateId = await writeUpdate(api.deps, person(api, 'donor'), {
    ...{ campaignId: id, words: 'Dank! <img src=x onerror=alert(1)>', idempotencyKey: randomUUID() },
  })
  for (const prefix of ['', '/en']) {
    const shown = await ask(`${prefix}/campaigns/${slug}`)
    t.equal(shown.status, 200)
    for (const never of ['<script>alert', 'href="javascript', 'src="https://elders', '<img src=x'])
      t.notOk(shown.text.includes(never), never)
    t.match(shown.text, /&lt;script&gt;/)
    t.match(shown.text, `<meta property="og:image" content="http://meent.test/campaigns/${slug}/share.jpg">`)
    t.match(shown.text, 'Pot open', 'where the money goes when the goal is not reached')
    t.match(shown.text, '<svg viewBox', 'its QR code')
  }
  for (const name of ['picture', 'share']) {
    const { status, headers, bytes } = await ask(`/campaigns/${slug}/${name}.jpg`)
    t.match(headers, { 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' })
    t.equal(status, 200)
    t.strictSame([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff])
  }
  const pool = await ask(`/pools/${slug}`)
  t.match(pool.text, `/campaigns/${slug}`, 'its pool leads to it')
  t.match((await ask('/')).text, `/campaigns/${slug}`, 'and so does the first page')
  t.match(await api.ask(`/v1/campaigns/${id}`), { status: 200, body: { poolId, ifUnreached: 'moves' } })
  await removeUpdate(api.deps, person(api, 'operator'), { updateId, reason: 'Er stond een adres in' })
  t.match((await ask(`/campaigns/${slug}`)).text, 'Er stond een adres in', 'why it went is said')
})

t.test('staff decides on their page, and what is late stands out', async t => {
  const id = await submitted(api)
  const page = `/admin/campaigns/${id}`
  const none = await post(`${page}/refusals`, 'operator', { 'reason-refuse': '' })
  t.equal(none.status, 400)
  t.match(none.text, /id="field-reason-refuse-error"/)
  api.setClock(new Date('2027-03-08T10:00:00Z'))
  t.match((await ask('/admin', { as: 'operator' })).text, /Te laat: deze inzamelacties/)
  t.match((await ask('/en/admin/campaigns', { as: 'operator' })).text, /Late/)
  t.equal((await post(`${page}/approvals`, 'operator', {})).status, 303)
  const again = await post(`${page}/approvals`, 'operator', {})
  t.equal(again.status, 409)
  t.match(again.text, /wacht niet op een besluit/)
})

t.test('a campaign that is over says so, and takes nothing', async t => {
  const { slug } = await running(api, { lastDay: '2027-03-29' })
  api.setClock(new Date('2027-03-29T22:30:00Z'))
  const shown = await ask(`/campaigns/${slug}`)
  t.match(shown.text, /Je kunt niet meer geven/)
  t.notMatch(shown.text, 'class="donate"')
  const late = await ask(`/pools/${slug}/donations`, {
    payload: new URLSearchParams({ amount: '25', idempotencyKey: randomUUID() }).toString(),
    type: 'application/x-www-form-urlencoded',
  })
  t.equal(late.status, 409)
  t.match(late.text, /voorbij|geen giften meer/)
})
