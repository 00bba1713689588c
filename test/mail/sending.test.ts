// What was queued is what the mail server gets, once; and nothing that it does loses a letter.

import t from 'tap'
import { renderLetter, sendLetters } from '../../src/mail/index.ts'
import { mailServer } from './mail-server.ts'
import { CODE, FROM, LINK, outbox, signInLetter, TO } from './support.ts'

t.test('a mail server gets exactly what was queued', async t => {
  const box = await outbox(t)
  const server = await mailServer(t)
  const id = await box.queue({ kind: 'sign-in' })
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 0 })
  t.equal(server.received.length, 1)
  const [{ envelope, mail, raw }] = server.received as [(typeof server.received)[number]]
  const wanted = renderLetter(signInLetter, {
    locale: 'nl',
    organisation: 'Stichting Proef',
    publicUrl: 'https://meent.example',
  })
  t.match(envelope, { mailFrom: { address: FROM }, rcptTo: [{ address: TO }] })
  t.equal(envelope.rcptTo.length, 1)
  t.equal(mail.subject, wanted.subject)
  t.equal(mail.text?.trimEnd(), wanted.text.trimEnd())
  t.equal(String(mail.html).trimEnd(), wanted.html.trimEnd())
  t.match(mail.text, CODE)
  t.match(mail.text, LINK)
  t.strictSame(mail.from?.value, [{ address: FROM, name: 'Stichting Proef' }])
  t.equal(mail.messageId, `<${id}@meent.example>`)
  t.strictSame(mail.date, new Date('2027-03-01T09:00:00Z'))
  t.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  t.strictSame(mail.attachments, [], 'two writings of one letter, and nothing else')
  t.match(raw, 'multipart/alternative')
  t.notMatch(raw, /x-mailer|nodemailer/i)
  t.match(await box.row(id), { sealed: null, failed_at: null, error: null, attempts: 1 })
  t.ok((await box.row(id)).sent_at)
  t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 0 }, 'once')
})

t.test('ten senders at once send each letter once', async t => {
  const box = await outbox(t)
  const server = await mailServer(t)
  const ids = await Promise.all(Array.from({ length: 30 }, () => box.queue()))
  const counts = await Promise.all(Array.from({ length: 10 }, () => sendLetters(box.to(server))))
  t.equal(
    counts.reduce((sum, { sent }) => sum + sent, 0),
    30,
  )
  t.strictSame(
    server.received.map(({ mail }) => mail.messageId).toSorted(),
    ids.map(id => `<${id}@meent.example>`).toSorted(),
  )
})
