// Every benchmark runs, at a small size: what cannot be run any more measures nothing. How fast is not asked here.

import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { benches } from './benches.ts'

// Some of them start services and fill databases, more than once.
t.setTimeout(300_000)
const run = new URL('run.ts', import.meta.url).pathname

async function bench(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [run, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const code = new Promise<number | null>(resolve => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, err }
}

t.test('each bench says its figures, one JSON line each', async t => {
  const { code, out, err } = await bench('--entries', '2000')
  t.equal(code, 0, err)
  const lines = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  t.strictSame([...new Set(lines.map(line => line.bench))], Object.keys(benches), 'all of them')
  for (const { bench, figure, value, unit, limit, ratio } of lines) {
    t.ok(value > 0 && limit > 0 && unit, `${bench}: ${figure}`)
    t.ok(Math.abs(ratio - value / limit) < 0.01 * ratio + 0.001, `${bench}: ${figure} has its ratio`)
  }
})

t.test('a bench that is not there, and a size too small, are refused with the names', async t => {
  for (const args of [['post-cold'], ['post-hot', '--entries', '10'], ['post-hot', '--entries', 'many']]) {
    const { code, err } = await bench(...args)
    t.equal(code, 2, args.join(' '))
    t.match(err, 'post-hot')
  }
})
