// The table against OWASP ASVS in src/auth/README.md tells the truth about tests: each that it names is there under that
// name, and what has none says plainly that it is not met.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

/** Of level 1 and 2, what applies here. */
const LEAST_ROWS = 183

interface Row {
  readonly id: string
  readonly asks: string
  readonly met: string
  readonly test: string
}

function rowsOf(text: string): Row[] {
  const [, section = ''] = text.split(/^## OWASP ASVS.*$/m)
  return [...section.matchAll(/^\| (\d+\.\d+\.\d+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm)].map(
    ([, id = '', asks = '', met = '', test = '']) => ({ id, asks, met, test: test.trim() }),
  )
}

const numberOf = (id: string) => id.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0)
const words = (text: string) => text.trim().split(/\s+/).length

/** What is wrong with the table, a line each. `source` answers a file's text, or undefined. */
function wrongWith(text: string, least: number, source: (path: string) => string | undefined): string[] {
  const rows = rowsOf(text)
  const wrong = rows.length < least ? [`${rows.length} rows, fewer than ${least}`] : []
  for (const [index, { id, asks, met, test }] of rows.entries()) {
    if (rows.findIndex(row => row.id === id) < index) wrong.push(`${id} stands twice`)
    if (index > 0 && numberOf(id) < numberOf(rows[index - 1]?.id ?? '')) wrong.push(`${id} is out of order`)
    if (words(asks) > 10 || words(met) > 14) wrong.push(`${id} is long`)
    const [, path = '', title = ''] = /^`(test\/\S+\.ts) "(.+)"`$/.exec(test) ?? []
    if (test === '–' && met.startsWith('not met: ')) continue
    if (!path) wrong.push(`${id} has neither a test nor "not met"`)
    else if (source(path) === undefined) wrong.push(`${id}: there is no ${path}`)
    else if (!["'", '"', '`'].some(quote => source(path)?.includes(`${quote}${title}${quote}`)))
      wrong.push(`${id}: ${path} has no "${title}"`)
  }
  return wrong
}

const own = (path: string) => (/^test\//.test(path) && existsSync(`${root}${path}`) ? read(path) : undefined)

t.test('each requirement that applies has a test that is there, or says that it is not met', t => {
  t.strictSame(wrongWith(read('src/auth/README.md'), LEAST_ROWS, own), [])
  t.end()
})

t.test('and a table that says otherwise is found out', t => {
  const source = (path: string) => (path === 'test/a.test.ts' ? "t.test('it holds', t => {})" : undefined)
  const wrongOf = (...rows: string[]) =>
    wrongWith(['## OWASP ASVS', '', '| id | asks | met by | test |', ...rows].join('\n'), rows.length, source)
  const good = '| 1.1.1 | a | b | `test/a.test.ts "it holds"` |'
  const open = '| 1.1.2 | a | not met: nobody did | – |'
  t.strictSame(wrongOf(good, open), [])
  t.strictSame(wrongOf(good, good), ['1.1.1 stands twice'])
  t.strictSame(wrongOf(open, good), ['1.1.1 is out of order'])
  t.strictSame(wrongOf('| 1.1.1 | a | b | – |'), ['1.1.1 has neither a test nor "not met"'])
  t.strictSame(wrongOf('| 1.1.1 | a | b |  |'), ['1.1.1 has neither a test nor "not met"'])
  t.strictSame(wrongOf('| 1.1.1 | a | b | `test/b.test.ts "it holds"` |'), [
    '1.1.1: there is no test/b.test.ts',
  ])
  t.strictSame(wrongOf('| 1.1.1 | a | b | `test/a.test.ts "it hold"` |'), [
    '1.1.1: test/a.test.ts has no "it hold"',
  ])
  t.strictSame(wrongOf(`| 1.1.1 | ${'a '.repeat(11)}| b | \`test/a.test.ts "it holds"\` |`), [
    '1.1.1 is long',
  ])
  t.strictSame(wrongOf(good, '| 1.1.2 | a | b |'), ['1 rows, fewer than 2'])
  t.end()
})

t.test('the list before a release names commands that are there', t => {
  const [, list = ''] =
    /^## Before a release$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(read('src/README.md')) ?? []
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...list.matchAll(/npm run -s ([\w:]+)/g)].map(([, name = '']) => name)
  t.strictSame(
    named.filter(name => !scripts[name]),
    [],
  )
  for (const each of [
    'npm audit --omit=dev',
    'npm outdated',
    'npm run -s fuzz',
    'npm run -s verify',
    'reseal',
  ])
    t.ok(list.includes(each), each)
  t.end()
})
