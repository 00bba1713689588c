// The README's month, run as it stands there: every `sh` block, in one shell, against a started service.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { startService } from './support/service.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

t.setTimeout(180_000)

t.test('the month in the README runs as it is written', async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'meent-readme-'))
  const service = await startService({ DATA_DIR: dataDir, RATE_LIMITS: 'on' })
  t.teardown(async () => {
    await service.kill('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  })
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(match => match[1] ?? '')
  t.ok(blocks.length >= 6, 'the README has a month to run')
  const script = ['set -euo pipefail', ...blocks].join('\n')
  const { code, output } = await run(script, { MEENT: service.url, DATA_DIR: dataDir })
  t.equal(code, 0, output)
  t.match(output, /"state":"received"/, 'the gift is received')
  t.match(output, /^proposed$/m)
  t.match(output, /^approved$/m)
  t.match(output, 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09')
  t.match(output, /^(paid|accrued)(, (paid|accrued))*$/m, 'nobody is left halfway')
  t.match(output, /^[^\n]*\bpaid\b/m)
  t.notMatch(output, 'BROKEN', 'every law holds')
})

t.test('every setting in the README is one that the service reads, and the other way round', async t => {
  const config = readFileSync(join(root, 'src/config.ts'), 'utf8')
  const read = new Set([...config.matchAll(/^ {2}([A-Z][A-Z_]+): z/gm)].map(match => match[1]))
  const table = readme.slice(readme.indexOf('## Settings'), readme.indexOf('## For real'))
  const told = new Set(
    table
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .flatMap(line => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(match => match[1])),
  )
  const forTestsOnly = new Set(['STRIPE_API'])
  t.strictSame(
    [...read].filter(name => !told.has(name) && !forTestsOnly.has(name ?? '')),
    [],
    'told',
  )
  t.strictSame(
    [...told].filter(name => !read.has(name)),
    [],
    'read',
  )
})

function run(script: string, environment: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise(resolve => {
    const options = { cwd: root, env: { ...process.env, ...environment }, maxBuffer: 16 * 1024 * 1024 }
    execFile('bash', ['-c', script], options, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      }),
    )
  })
}
