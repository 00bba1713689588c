// The processes of the bench: the real service, started as in demonstration mode but with its provider elsewhere; the
// provider's stand-in; and the bare route.

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../support/service.ts'
import { PROVIDER_KEY, WEBHOOK_SECRET } from './events.ts'

export interface Started {
  readonly port: number
  readonly child: ChildProcess
  kill(signal?: NodeJS.Signals): Promise<void>
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** `jobs`: whether it also posts what events lead to. */
export async function startService(input: {
  databaseUrl: string
  providerPort: number
  jobs: boolean
  port?: number
}): Promise<Started> {
  const port = input.port ?? (await freePort())
  return start(['../../../src/server.ts'], port, {
    ...{ PORT: String(port), DATABASE_URL: input.databaseUrl, JOBS: input.jobs ? 'on' : 'off' },
    ...{ PAYMENTS: 'stripe', STRIPE_API: `http://127.0.0.1:${input.providerPort}` },
    ...{ STRIPE_SECRET_KEY: PROVIDER_KEY, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET },
  })
}

export async function startStandIn(databaseUrl: string, readsPerSecond: number): Promise<Started> {
  const port = await freePort()
  return start(['stand-in.ts'], port, {
    ...{ PORT: String(port), DATABASE_URL: databaseUrl, READS: String(readsPerSecond) },
  })
}

export const startBare = async (): Promise<Started> => {
  const port = await freePort()
  return start(['bare.ts'], port, { PORT: String(port) })
}

async function start(
  [file = '', ...options]: string[],
  port: number,
  env: Record<string, string>,
): Promise<Started> {
  const flags = process.env.BENCH_NODE_FLAGS?.split(' ').filter(Boolean) ?? []
  const child = spawn(process.execPath, [...flags, here(file), ...options], {
    env: { PATH: process.env.PATH, NODE_ENV: '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr?.on('data', chunk => (errors += chunk))
  const ended = new Promise<void>(resolve => child.on('exit', () => resolve()))
  await Promise.race([untilUp(port), ended.then(() => Promise.reject(new Error(`${file} ended: ${errors}`)))])
  return {
    port,
    child,
    kill(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

async function untilUp(port: number): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      answer => answer.status < 500,
      () => false,
    )
    if (isUp) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('not up within a minute')
}
