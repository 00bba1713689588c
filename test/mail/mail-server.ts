// A real mail server of the test: speaks SMTP on a port of its own, keeps what it takes, and can be told to misbehave.

import { type AddressInfo, connect } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import type { Test } from 'tap'

export interface Received {
  readonly envelope: SMTPServerSession['envelope']
  readonly secure: boolean
  readonly user: string | undefined
  /** As it came over the line. */
  readonly raw: string
  readonly mail: ParsedMail
}

export interface MailServer {
  readonly host: string
  readonly port: number
  readonly received: Received[]
  stop(): Promise<void>
}

const answer = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code })

export interface Behaviour {
  /** The answer to a recipient; 250 when left out. */
  readonly recipient?: (address: string) => number
  /** The answer to the whole letter, when it has come in. */
  readonly content?: (raw: string, session: SMTPServerSession) => number | Promise<number>
  readonly options?: SMTPServerOptions
  /** The port to listen on; a free one when left out. */
  readonly port?: number
}

export async function mailServer(t: Test, behaviour: Behaviour = {}): Promise<MailServer> {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 200,
    logger: false,
    onRcptTo({ address }, _session, callback) {
      const code = behaviour.recipient?.(address) ?? 250
      callback(code === 250 ? null : answer(code, `not ${address}`))
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks).toString()
        const code = (await behaviour.content?.(raw, session)) ?? 250
        if (code !== 250) return callback(answer(code, 'not this'))
        const { envelope, secure } = session
        received.push({
          envelope: structuredClone(envelope),
          secure,
          user: session.user,
          raw,
          mail: await simpleParser(raw),
        })
        callback(null)
      })
    },
    ...behaviour.options,
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(behaviour.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= new Promise<void>(resolve => server.close(resolve))
    return stopping
  }
  t.teardown(stop)
  return { host: '127.0.0.1', port, received, stop }
}

/** Whether anything listens there. */
export const listens = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
