// Starts the whole service as a person would, with `npm start` in a process of its own, and talks to it over HTTP.

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Service {
  readonly url: string
  output(): string
  /** Sends the signal to the service itself and waits until it is gone. */
  kill(signal: NodeJS.Signals): Promise<number | null>
}

export async function startService(environment: Record<string, string>): Promise<Service> {
  const port = environment.PORT ?? String(await freePort())
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    // A test is one origin that does a month's work in a minute.
    env: { ...process.env, NODE_ENV: '', LOG_LEVEL: 'warn', RATE_LIMITS: 'off', ...environment, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const ended = new Promise<number | null>(resolve => child.on('exit', code => resolve(code)))
  const url = `http://127.0.0.1:${port}`
  await Promise.race([
    untilReady(url, () => servicePid(output) !== undefined),
    ended.then(() => Promise.reject(new Error(`the service ended: ${output}`))),
  ])
  return {
    url,
    output: () => output,
    async kill(signal) {
      process.kill(servicePid(output) ?? 0, signal)
      return ended
    },
  }
}

/** npm waits for the service that it starts: a signal must hit the service itself. It says its number when it is up. */
function servicePid(output: string): number | undefined {
  const announced = /process (\d+)/.exec(output)?.[1]
  return announced === undefined ? undefined : Number(announced)
}

async function untilReady(url: string, announced: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const ready = await fetch(`${url}/readyz`).then(
      answer => answer.ok,
      () => false,
    )
    if (ready && announced()) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the service did not become ready within a minute')
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
