// What somebody writes shows: a reason or a name that nobody can read is none, and names and pictures of people are let be.

import t from 'tap'
import { plainText, withoutUnseen } from '../../src/platform/http/amount.ts'
import { testApp } from '../support/app.ts'

const hidden = {
  'a space without width': '\u200b\u200b\u200b',
  'a filler of Hangul': '\u3164\u3164\u3164',
  'its halves': '\u115f\u1160\uffa0',
  'a mark of direction': 'reden\u200f',
  'turning around': 'reden\u202e',
  'a line’s end': 'aaa\u2028bbb',
  'a paragraph’s end': 'aaa\u2029bbb',
  'a tag': 'reden\u{e0041}',
  'a soft hyphen': '\u00ad\u00ad\u00ad',
  'braille without dots': '\u2800\u2800\u2800',
  'a joiner that joins nothing': 'reden\u200d\u200d',
  'a joiner after one picture': 'reden 👩\u200d',
  'selectors alone': '\ufe0f\ufe0f\ufe0f',
  'accents alone': '\u0301\u0301\u0301',
  'fewer letters than asked': 'a  b',
}
const shown = [
  ...['Zoë van ’t Hoff', 'Iñigo', 'محمد الأمين', 'فاطِمَة', '王小明', 'Đặng', 'O\u0308zge', '예지'],
  ...['gezin 👨‍👩‍👧', '🏳️‍🌈 en 🧑🏽‍🤝‍🧑🏻', '❤️‍🔥 ❤️‍🔥 ❤️‍🔥', 'a-b; c'],
]

t.test('what does not show is refused', async t => {
  for (const [what, text] of Object.entries(hidden)) t.notOk(plainText(3, 500).safeParse(text).success, what)
})

t.test('what people are called, and pictures, are not', async t => {
  for (const text of shown) {
    t.equal(plainText(2, 500).safeParse(text).data, text, text)
    t.equal(withoutUnseen(text), text)
  }
})

t.test('a reason, a name, and what a giver says', async t => {
  const api = await testApp(t)
  for (const [what, reason] of Object.entries(hidden)) {
    const freeze = await api.ask<{ errors: { field: string }[] }>('/v1/payment-freezes', {
      as: 'approver',
      body: { reason },
    })
    t.equal(freeze.status, 400, what)
    t.equal(freeze.body.errors[0]?.field, 'reason')
  }
  const invited = { name: '\u3164\u3164', email: 'iemand@meent.example', reason: 'Proef' }
  t.equal((await api.ask('/v1/people', { as: 'administrator', body: invited })).status, 400)
  const gift = { amount: 1_000, currency: 'EUR' }
  for (const over of [{ nickname: 'Sam\u202e' }, { message: 'veel\u200bgeluk' }])
    t.equal(
      (await api.ask(`/v1/pools/${api.pools.open.id}/donations`, { body: { ...gift, ...over } })).status,
      400,
    )
  const typed = {
    amount: '10',
    nickname: '\u3164\u200b',
    message: 'veel\u00adgeluk',
    idempotencyKey: 'gift-0001',
  }
  const page = await api.app.inject({
    ...{ method: 'POST', url: `/pools/${api.pools.open.slug}/donations` },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(typed).toString(),
  })
  t.equal(page.statusCode, 303)
  const { rows } = await api.owner.query('select nickname, message from donors.gifts')
  t.strictSame(rows, [{ nickname: null, message: 'veelgeluk' }], 'on the page it is left out')
})
