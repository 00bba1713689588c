// The page of a new key says how to try it: each command is run as it stands there, against the service itself.

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { keyScopes } from '../../src/api/keys.ts'
import type { Permission } from '../../src/auth/index.ts'
import { commands, type ShownSecret } from '../../src/web/admin/key-secret.ts'
import { type Json, testApp } from '../support/app.ts'

const api = await testApp(t)
await api.app.listen({ host: '127.0.0.1', port: 0 })
const publicUrl = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
const home = await mkdtemp(join(tmpdir(), 'meent-key-'))
t.teardown(() => rm(home, { recursive: true }))

/** Typed line by line into a bash that keeps a history. */
async function typed(lines: readonly string[]): Promise<{ output: string; history: string }> {
  const HISTFILE = join(home, 'history')
  const running = promisify(execFile)('bash', ['--norc', '-i'], {
    cwd: home,
    env: { PATH: process.env.PATH ?? '', HOME: home, HISTFILE },
  })
  running.child.stdin?.end(`${lines.join('\n')}\nhistory -w\n`)
  const { stdout, stderr } = await running
  return { output: stdout, history: `${await readFile(HISTFILE, 'utf8')}${stderr}` }
}

const made = async (scope: Permission): Promise<ShownSecret> => {
  const answer = await api.ask<{ secret: string } & Json>('/v1/keys', {
    as: 'administrator',
    body: { name: 'Proef', scopes: [scope], poolId: null, reason: 'Proef' },
  })
  t.equal(answer.status, 201, scope)
  return {
    ...{ name: 'Proef', secret: answer.body.secret, scopes: [scope], poolId: api.pools.open.id },
    ...{ overlapDays: null, publicUrl },
  }
}

for (const scope of keyScopes.filter(each => each !== 'statements.import')) {
  t.test(`a key that may ${scope}: its commands answer, and leave it in no history`, async t => {
    const shown = await made(scope)
    const { hold, use, forget } = commands(shown)
    t.notMatch(use, /[…<>]/, 'nothing has to be filled in')
    const { output, history } = await typed([
      hold,
      shown.secret,
      `${use} -o answer -w '%{http_code}'`,
      forget,
    ])
    t.equal(output, '200')
    t.match(history, /read -rs/, 'what was typed is there')
    t.notOk(history.includes(shown.secret), 'the key is not')
  })
}

t.test('one command in each block, and the key in none', async t => {
  const shown = await made('bank.read')
  for (const command of Object.values(commands(shown)).map(String)) {
    t.notMatch(command, /\n/)
    t.notOk(command.includes(shown.secret))
  }
})

t.test('one that only imports statements sends a file', async t => {
  const { use, needsFile } = commands({
    ...(await made('bank.read')),
    scopes: ['statements.import'],
  })
  t.ok(needsFile)
  t.match(use, /--data-binary @camt053\.xml .*\/v1\/bank-statements$/)
})
