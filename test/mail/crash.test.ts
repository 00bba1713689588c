// A sender that is killed between sending and marking leaves at most one letter more, and it is the same letter.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { sendLetters } from '../../src/mail/index.ts'
import { mailServer } from './mail-server.ts'
import { outbox } from './support.ts'

const program = fileURLToPath(new URL('send-once.ts', import.meta.url))

t.test('killed after the server took the letter: once more, with the same Message-ID', async t => {
  const box = await outbox(t)
  let killing: (() => Promise<void>) | undefined
  const server = await mailServer(t, {
    content: async () => {
      // The whole letter is here; whoever sent it dies before it hears so.
      await killing?.()
      return 250
    },
  })
  const id = await box.queue()
  const sender = spawn(process.execPath, [
    program,
    box.appUrl,
    String(box.deps.organisationId),
    String(server.port),
    box.now().toISOString(),
  ])
  const gone = once(sender, 'close')
  killing = async () => {
    killing = undefined
    sender.kill('SIGKILL')
    await gone
  }
  const [, signal] = await gone
  t.equal(signal, 'SIGKILL')
  t.match(await box.row(id), { sent_at: null, failed_at: null, attempts: 1 }, 'it waits')
  t.strictSame(
    await sendLetters(box.to(server)),
    { sent: 0, failed: 0 },
    'not while it may still be underway',
  )
  box.wait(2)
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 0 })
  box.wait(60)
  t.strictSame(await sendLetters(box.to(server)), { sent: 0, failed: 0 }, 'never again')
  t.equal(server.received.length, 2, 'one too many')
  const withoutBoundary = (raw: string | undefined) => raw?.replaceAll(/--_[^\s"]*/g, '--')
  const [first, second] = server.received
  t.equal(first?.mail.messageId, `<${id}@meent.example>`)
  t.equal(second?.mail.messageId, first?.mail.messageId)
  t.equal(withoutBoundary(second?.raw), withoutBoundary(first?.raw), 'the same letter to the last word')
})

t.test('killed before the server took it: sent once', async t => {
  const box = await outbox(t)
  let sender: ReturnType<typeof spawn> | undefined
  const server = await mailServer(t, {
    recipient: () => {
      const killed = sender?.kill('SIGKILL')
      sender = undefined
      return killed ? 451 : 250
    },
  })
  const id = await box.queue()
  sender = spawn(process.execPath, [
    program,
    box.appUrl,
    String(box.deps.organisationId),
    String(server.port),
    box.now().toISOString(),
  ])
  await once(sender, 'close')
  t.match(await box.row(id), { sent_at: null, attempts: 1 })
  box.wait(2)
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 0 })
  t.equal(server.received.length, 1)
})
