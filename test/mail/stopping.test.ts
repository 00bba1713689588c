// A letter that may be stopped says so to people under its words and to mail programs in its headers; one that may not says nothing.

import t from 'tap'
import { type Letter, renderLetter, sendLetters } from '../../src/mail/index.ts'
import { mailServer } from './mail-server.ts'
import { ORGANISATION, outbox, PUBLIC_URL } from './support.ts'

const STOP = 'https://meent.example/letters/stop/01a2.goal-reached.Zk3'
const letter: Letter = { subject: 'Nieuws', paragraphs: ['Er is nieuws.'], stop: STOP }
const sender = { organisation: ORGANISATION, publicUrl: PUBLIC_URL }

t.test('the link stands under the words, in both writings and languages', async t => {
  for (const [locale, words] of [
    ['nl', 'Zulke e-mails niet meer ontvangen'],
    ['en', 'Do not get such e-mails any more'],
  ] as const) {
    const { text, html } = renderLetter(letter, { ...sender, locale })
    t.ok(text.endsWith(`${words}:\n${STOP}\n`), text)
    t.ok(html.includes(`href="${STOP}"`) && html.includes(words))
    const without = renderLetter({ ...letter, stop: undefined } as unknown as Letter, { ...sender, locale })
    t.notOk(without.text.includes(words) || without.html.includes(words))
  }
  t.throws(() => renderLetter({ ...letter, stop: 'javascript:alert(1)' }, { ...sender, locale: 'nl' }))
})

t.test('one click in the mail program: RFC 8058', async t => {
  const server = await mailServer(t)
  const box = await outbox(t)
  await box.queue({ kind: 'goal-reached', letter })
  await box.queue({
    kind: 'goal-reached',
    letter: { ...letter, subject: 'Plaatselijk', stop: 'http://localhost:3000/letters/stop/x' },
  })
  await box.queue({ kind: 'invitation', letter: { subject: 'Anders', paragraphs: ['Niets.'] } })
  await sendLetters(box.to(server))
  // Long headers are folded over lines.
  const headers = server.received.map(({ raw }) =>
    (raw.split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n\s+/g, ' '),
  )
  const of = (word: string) => headers.find(each => each.includes(`Subject: ${word}`)) ?? ''
  const [plain, withoutTls, whole] = [of('Anders'), of('Plaatselijk'), of('Nieuws')]
  t.notMatch(plain, /list-unsubscribe/i)
  t.match(withoutTls, /List-Unsubscribe: <http:\/\/localhost:3000\/letters\/stop\/x>/)
  t.notMatch(withoutTls, /List-Unsubscribe-Post/i, 'programs post to https alone')
  t.ok(whole.includes(`List-Unsubscribe: <${STOP}>`), whole)
  t.match(whole, /List-Unsubscribe-Post: List-Unsubscribe=One-Click/)
})
