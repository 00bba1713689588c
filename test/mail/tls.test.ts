// With TLS asked for, no letter and no password goes over a line that anybody could read.

import type { SMTPServerOptions } from 'smtp-server'
import t from 'tap'
import { sendLetters } from '../../src/mail/index.ts'
import { certificate } from './certificate.ts'
import { type MailServer, mailServer } from './mail-server.ts'
import { FROM, outbox, smtpTo } from './support.ts'

const { key, cert } = certificate()
const NAME = 'post@meent'
const PASSWORD = 'een heel/goed:wachtwoord'
const asked: string[] = []

const options = {
  key,
  cert,
  disabledCommands: [],
  authOptional: false,
  onAuth(auth, session, callback) {
    asked.push(session.secure ? 'secure' : 'open')
    if (auth.username === NAME && auth.password === PASSWORD) return callback(null, { user: NAME })
    callback(Object.assign(new Error('no'), { responseCode: 535 }))
  },
} satisfies SMTPServerOptions
const url = (scheme: string, server: MailServer, password = PASSWORD) =>
  `${scheme}://${encodeURIComponent(NAME)}:${encodeURIComponent(password)}@127.0.0.1:${server.port}`

t.test('over TLS from the start, and over STARTTLS', async t => {
  for (const [scheme, secure] of [
    ['smtps', true],
    ['smtp', false],
  ] as const) {
    const box = await outbox(t)
    const server = await mailServer(t, { options: { ...options, secure } })
    await box.queue()
    const settings = { url: url(scheme, server), from: FROM, requireTls: true, ca: cert }
    t.strictSame(await sendLetters(box.to(server, settings)), { sent: 1, failed: 0 }, scheme)
    t.match(server.received, [{ secure: true, user: NAME }])
  }
  t.strictSame([...new Set(asked)], ['secure'])
})

t.test('what is not as secure as it should be gets no letter, and no letter is lost', async t => {
  const box = await outbox(t)
  const plain = await mailServer(t)
  const starting = await mailServer(t, { options })
  const secure = await mailServer(t, { options: { ...options, secure: true } })
  const unasked = await mailServer(t, { options: { key, cert, disabledCommands: ['AUTH'] } })
  const all = { from: FROM, requireTls: true }
  const id = await box.queue()
  const cases: [what: string, server: MailServer, change: object, error: RegExp][] = [
    ['no STARTTLS', plain, { url: `smtp://127.0.0.1:${plain.port}` }, /^(no-tls|smtp-\d+)$/],
    ['an unknown certificate after STARTTLS', starting, { url: url('smtp', starting) }, /^no-tls$/],
    ['an unknown certificate', secure, { url: url('smtps', secure) }, /^no-tls$/],
    ['TLS where there is none', plain, { url: url('smtps', plain), ca: cert }, /^no-tls$/],
    ['no login asked for', unasked, { url: url('smtp', unasked), ca: cert }, /^login-refused$/],
    ['a password in the open', plain, { url: url('smtp', plain), requireTls: false }, /^(no-tls|smtp-\d+)$/],
    ['a wrong password', starting, { url: url('smtp', starting, 'fout'), ca: cert }, /^login-refused$/],
  ]
  for (const [what, server, change, error] of cases) {
    const deps = box.to(server, { ...all, ...change })
    t.strictSame(await sendLetters(deps), { sent: 0, failed: 1 }, what)
    const row = await box.row(id)
    t.ok(row.sealed && !row.failed_at, 'it waits')
    t.match(row.error, error, what)
    box.wait(24 * 60)
  }
  t.strictSame(
    [plain, starting, secure, unasked].flatMap(({ received }) => received),
    [],
  )
  t.strictSame([...new Set(asked)], ['secure'], 'no password in the open')
})

t.test('no error shows the password, the address or what the server said', async t => {
  const server = await mailServer(t, { options })
  const mail = smtpTo(server.port, { url: url('smtp', server, 'fout-geheim'), requireTls: true, ca: cert })
  const sending = mail.deliver({
    messageId: '<a@meent.example>',
    date: new Date(0),
    senderName: 'Stichting Proef',
    to: 'lezer@ontvanger.example',
    subject: 'Proef',
    text: 'Proef',
    html: 'Proef',
  })
  const error = await sending.then(
    () => new Error('it was sent'),
    (error: Error) => error,
  )
  t.equal(error.message, 'unreachable: login-refused')
  t.equal(error.cause, undefined)
  t.notMatch(JSON.stringify(error) + error.stack, /geheim|lezer/)
})
