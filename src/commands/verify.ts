/** Whether everything that is stored agrees with itself; works beside a running service. */
import { parseArgs } from 'node:util'
import type { Report } from '../verify/index.ts'
import { type Command, Failed, say, withDeps } from './command.ts'

const PROGRESS_MS = 5000

export const verify: Command = {
  about: '[--json]: re-derive everything from the journal and compare; exit code 1 when something differs',
  async run(args) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
    const { verify } = await import('../verify/index.ts')
    await withDeps(async ({ db }) => {
      const started = performance.now()
      const report = await verify(db, { onProgress: progress() })
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      say(values.json ? JSON.stringify({ ...report, seconds: Number(seconds) }) : readable(report, seconds))
      if (report.laws.some(law => law.count > 0)) throw new Failed()
    })
  },
}

/** Says how far it is when it takes long, on standard error: standard output is the report. */
function progress(): (entries: number) => void {
  let next = performance.now() + PROGRESS_MS
  return entries => {
    if (performance.now() < next) return
    next = performance.now() + PROGRESS_MS
    process.stderr.write(`${entries} entries\n`)
  }
}

function readable({ at, entries, postings, laws }: Report, seconds: string): string {
  const lines = laws.flatMap(({ check, count, details }) => [
    count === 0 ? `holds   ${check}` : `BROKEN  ${check}: ${count}`,
    ...details.map(detail => `        ${detail}`),
    ...(count > details.length ? [`        … and ${count - details.length} more`] : []),
  ])
  const broken = laws.filter(law => law.count > 0).length
  return [
    ...lines,
    `${entries} entries, ${postings} postings, as they were at ${at.toISOString()}; ${seconds} s`,
    broken === 0 ? `all ${laws.length} laws hold` : `${broken} of ${laws.length} laws are BROKEN`,
  ].join('\n')
}
