// The sender of events: a few connections that stay open, each with one request at a time, as a provider's are. Bare
// sockets, because it shares two cores with what it measures.

import { connect, type Socket } from 'node:net'
import { percentile } from '../figure.ts'

export interface Loaded {
  /** How many were answered with 2xx, a second. */
  readonly rate: number
  /** Of those, in the order of sending: from the moment it was due until its answer. */
  readonly p99: number
  /** By index of the request; 0 for one whose connection broke. */
  readonly statuses: readonly number[]
}

export interface Loading {
  readonly port: number
  /** Each as it goes over the wire. */
  readonly requests: readonly Buffer[]
  readonly connections: number
  /** When left out: as fast as they are answered. */
  readonly perSecond?: number
}

/** Sends each once. A connection that breaks is replaced; its request counts as not answered. */
export function load({ port, requests, connections, perSecond }: Loading): Promise<Loaded> {
  const statuses = new Array<number>(requests.length).fill(0)
  const times: number[] = []
  const start = performance.now()
  const dueAt = (index: number) => (perSecond === undefined ? 0 : start + (index * 1000) / perSecond)
  const idle: Line[] = []
  let next = 0
  let left = requests.length
  return new Promise(resolve => {
    const dispatch = () => {
      const now = performance.now()
      while (idle.length > 0 && next < requests.length && dueAt(next) <= now) {
        const index = next++
        const due = perSecond === undefined ? now : dueAt(index)
        const line = idle.pop() as Line
        line.send(requests[index] as Buffer, status => {
          statuses[index] = status
          if (status >= 200 && status < 300) times.push(performance.now() - due)
          idle.push(line)
          left -= 1
          if (left === 0) finish()
          else dispatch()
        })
      }
    }
    const timer = perSecond === undefined ? undefined : setInterval(dispatch, 1)
    const lines = Array.from({ length: connections }, () => new Line(port))
    const finish = () => {
      clearInterval(timer)
      for (const line of lines) line.end()
      const rate = (times.length * 1000) / (performance.now() - start)
      resolve({ rate, p99: percentile(times, 99), statuses })
    }
    idle.push(...lines)
    dispatch()
  })
}

class Line {
  readonly #port: number
  #socket: Socket | undefined
  #answer = ''
  #done: ((status: number) => void) | undefined

  constructor(port: number) {
    this.#port = port
  }

  send(request: Buffer, done: (status: number) => void): void {
    this.#answer = ''
    this.#done = done
    this.#socket ??= this.#open()
    this.#socket.write(request)
  }

  end(): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1')
    socket.on('data', chunk => {
      this.#answer += chunk
      const status = wholeAnswer(this.#answer)
      if (status !== undefined) this.#settle(status)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#socket = undefined
      this.#settle(0)
    })
    return socket
  }

  #settle(status: number): void {
    const done = this.#done
    this.#done = undefined
    done?.(status)
  }
}

/** The status, once all of the body has come. */
function wholeAnswer(answer: string): number | undefined {
  const head = answer.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(answer)?.[1] ?? 0)
  return answer.length >= head + 4 + length ? Number(answer.slice(9, 12)) : undefined
}
