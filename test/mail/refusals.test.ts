// Whatever a mail server does, no letter is lost, none waits for another, and what is over is over.

import { createServer, type Server, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { sendLetters } from '../../src/mail/index.ts'
import { waitMinutes } from '../../src/mail/outbox.ts'
import { type Behaviour, mailServer } from './mail-server.ts'
import { type Outbox, outbox, TO } from './support.ts'

const MINUTE = 60_000
const minutesAhead = async (box: Outbox, id: string) =>
  ((await box.row(id)).next_attempt_at.getTime() - box.now().getTime()) / MINUTE

t.setTimeout(180_000)

t.test('a recipient that is refused for now is tried again, later each time', async t => {
  const box = await outbox(t)
  let code = 451
  const server = await mailServer(t, { recipient: () => code })
  const id = await box.queue()
  for (const minutes of [1, 2, 4, 8]) {
    t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 1 })
    t.match(await box.row(id), { sent_at: null, failed_at: null, error: 'smtp-451' })
    t.equal(await minutesAhead(box, id), minutes)
    box.wait(minutes - 0.5)
    t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 0 }, 'not before its time')
    box.wait(0.5)
  }
  code = 250
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 0 })
  t.match(await box.row(id), { attempts: 5, error: null, sealed: null })
  t.strictSame([1, 2, 3, 11, 12, 400].map(waitMinutes), [1, 2, 4, 1024, 1440, 1440], 'a day at most')
})

const refusals: [what: string, behaviour: Behaviour, error: string][] = [
  ['a recipient', { recipient: () => 550 }, 'smtp-550'],
  ['the words', { content: () => 554 }, 'smtp-554'],
]
for (const [what, behaviour, error] of refusals)
  t.test(`${what} that is refused for good is over at once`, async t => {
    const box = await outbox(t)
    const server = await mailServer(t, behaviour)
    const id = await box.queue()
    t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 1 })
    t.match(await box.row(id), { sent_at: null, sealed: null, error, attempts: 1 })
    t.strictSame((await box.row(id)).failed_at, box.now())
    box.wait(2 * 24 * 60)
    t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 0 })
  })

t.test('one letter that fails holds up no other', async t => {
  const box = await outbox(t)
  const server = await mailServer(t, {
    recipient: address => (address.startsWith('weg') ? 550 : address.startsWith('vol') ? 452 : 250),
    content: (_raw, { envelope }) =>
      envelope.rcptTo[0]?.address.startsWith('traag') ? new Promise(() => {}) : 250,
  })
  const to = ['weg', 'vol', 'traag', ...Array.from({ length: 12 }, (_, at) => `lezer${at}`)]
  for (const name of to) await box.queue({ to: `${name}@ontvanger.example` })
  const sending = sendLetters(box.to(server, { deliveryMs: 4000 }))
  await until(t, () => server.received.length === 12)
  const late = await box.queue({ to: 'later@ontvanger.example' })
  await until(t, () => server.received.length === 13)
  t.ok((await box.row(late)).attempts, 'queued while another is underway, and gone before it ends')
  t.strictSame(await sending, { sent: 13, failed: 3 })
  const { rows } = await box.owner.query(
    'select error, failed_at is null as waits from mail.outbox where error is not null order by error',
  )
  t.strictSame(rows, [
    { error: 'smtp-452', waits: true },
    { error: 'smtp-550', waits: false },
    { error: 'timed-out', waits: true },
  ])
})

t.test('a dead mail server loses nothing', async t => {
  const box = await outbox(t)
  const before = await mailServer(t)
  await before.stop()
  const ids = await Promise.all(Array.from({ length: 20 }, () => box.queue()))
  for (let tries = 0; tries < 3; tries += 1) {
    const { sent, failed } = await sendLetters(box.to(before))
    t.equal(sent, 0)
    t.ok(failed <= 4, 'it does not knock for every letter')
    box.wait(30)
  }
  const { rows } = await box.owner.query('select distinct error from mail.outbox where error is not null')
  t.strictSame(rows, [{ error: 'connection-lost' }])
  const after = await mailServer(t, { port: before.port })
  t.strictSame(await sendLetters(box.to(after)), { sent: 20, failed: 0 })
  t.strictSame(
    after.received.map(({ mail }) => mail.messageId).toSorted(),
    ids.map(id => `<${id}@meent.example>`).toSorted(),
  )
})

t.test('a server that dies in the middle of a letter gets it again', async t => {
  const box = await outbox(t)
  let inside = false
  const dying = await brokenServer(t, (line, socket) => {
    if (inside) return socket.destroy()
    inside = line === 'DATA'
    return inside ? socket.write('354 go on\r\n') : undefined
  })
  const id = await box.queue()
  t.strictSame(await sendLetters(box.to(dying)), { sent: 0, failed: 1 })
  t.match(await box.row(id), { sent_at: null, failed_at: null, error: 'connection-lost' })
  box.wait(1)
  const server = await mailServer(t)
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 0 })
})

t.test('a server that refuses our sender or our connection fails no letter', async t => {
  const box = await outbox(t)
  const id = await box.queue()
  for (const [command, code] of [
    ['MAIL', 550],
    ['MAIL', 530],
    ['RCPT', 530],
    ['EHLO', 554],
  ] as const) {
    const server = await brokenServer(t, (line, socket) =>
      line.startsWith(command) || (command === 'EHLO' && line.startsWith('HELO'))
        ? socket.write(`${code} no\r\n`)
        : undefined,
    )
    t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 1 }, `${command} ${code}`)
    t.match(await box.row(id), { failed_at: null, error: `smtp-${code}` })
    box.wait(60)
  }
})

t.test('a letter to sign in is dropped after 15 minutes, any other after a month', async t => {
  const box = await outbox(t)
  const server = await mailServer(t)
  const signIn = await box.queue({ kind: 'sign-in' })
  const notice = await box.queue()
  box.wait(15)
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 1 })
  t.match(await box.row(signIn), { sealed: null, sent_at: null, attempts: 0, error: 'expired' })
  t.ok((await box.row(notice)).sent_at)
  const old = await box.queue()
  box.wait(30 * 24 * 60)
  t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 1 })
  t.match(await box.row(old), { sealed: null, error: 'expired' })
  t.equal(server.received.length, 1)
})

t.test('without a mail server all stays as it is', async t => {
  const box = await outbox(t)
  const id = await box.queue({ kind: 'sign-in' })
  box.wait(60)
  t.strictSame(await sendLetters(box.deps), { sent: 0, failed: 0 })
  t.ok((await box.row(id)).sealed)
})

t.test('words whose key is gone wait for it to return', async t => {
  const box = await outbox(t)
  const server = await mailServer(t)
  const id = await box.queue()
  const { createVault } = await import('../../src/platform/vault.ts')
  const other = { ...box.to(server), vault: createVault(['another secret, without the one before it']) }
  t.strictSame(await sendLetters(other), { sent: 0, failed: 1 })
  t.match(await box.row(id), { failed_at: null, error: 'unreadable' })
  box.wait(2)
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 0 })
  t.match(server.received[0]?.envelope, { rcptTo: [{ address: TO }] })
})

async function until(t: Test, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (holds()) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  t.fail('it did not come to that in ten seconds')
}

/** Speaks just enough SMTP, until `breaks` does something of its own with a line. */
async function brokenServer(
  t: Test,
  breaks: (line: string, socket: Socket) => unknown,
): Promise<{ port: number }> {
  const server: Server = createServer(socket => {
    socket.on('error', () => {})
    socket.write('220 broken\r\n')
    let typed = ''
    socket.on('data', chunk => {
      typed += chunk
      const lines = typed.split('\r\n')
      typed = lines.pop() ?? ''
      for (const line of lines) if (breaks(line, socket) === undefined) socket.write('250 fine\r\n')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0 }
}
