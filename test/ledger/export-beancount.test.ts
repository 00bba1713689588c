/** The export for Beancount: its own checker accepts it and refuses it when changed; without that, its form is checked. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { exportLedger } from '../../src/ledger/index.ts'
import { collect, exportStory } from './export-story.ts'

const { owner, db } = await exportStory(t)
const { write, text } = collect()
await exportLedger(db, 1, { format: 'beancount' }, write)
const file = text()
const installed = spawnSync('bean-check', ['--help']).status === 0
const unless = installed
  ? {}
  : { skip: 'bean-check is not installed: only the form of the file is checked here' }

t.test(
  'every account has a valid name of its own, is opened once and says at the end what it holds',
  async t => {
    const opened = [...file.matchAll(/^\d{4}-\d\d-\d\d open (\S+) ([A-Z]{3})$/gm)].map(
      match => match[1] ?? '',
    )
    const closed = [...file.matchAll(/^\d{4}-\d\d-\d\d balance (\S+) {2}-?[\d.]+ ~ 0 [A-Z]{3}$/gm)].map(
      match => match[1],
    )
    const { rows } = await owner.query(
      'select from ledger.accounts where organisation_id = 1 and version > 0',
    )
    t.equal(new Set(opened).size, rows.length)
    t.strictSame(closed, opened)
    const name = /^(Assets|Liabilities|Equity)(:[A-Z0-9][A-Za-z0-9-]*)+$/
    t.strictSame(
      opened.filter(each => !name.test(each)),
      [],
    )
  },
)

t.test('bean-check accepts it', unless, async t => {
  t.strictSame(check(file), { accepted: true, says: '' })
})

t.test('bean-check refuses a file that was changed', unless, async t => {
  const entries = file.split(/\n(?=\n)/).filter(block => /^ {2}entry: /m.test(block))
  const [first = '', last = ''] = [entries[0], entries.at(-1)]
  const last100 = last.replaceAll('1.00 EUR', '1.01 EUR')
  const damaged = {
    'an entry is a cent larger on both sides': file.replace(last, last100),
    'one side is a cent larger': file.replace(first, first.replace('300.00 EUR', '300.01 EUR')),
    'the first entry is left out': file.replace(first, ''),
    'an account was never opened': file.replace(/^.* open Equity:Suspense:EUR EUR\n/m, ''),
  }
  for (const [how, text] of Object.entries(damaged)) {
    t.not(text, file)
    t.notOk(check(text).accepted, how)
  }
})

t.test('a cut at an earlier moment says what was held then', unless, async t => {
  for (const until of ['2027-02-05T00:00:00Z', '2027-02-08T12:34:56.789012+01:00']) {
    const part = collect()
    const { entries } = await exportLedger(db, 1, { format: 'beancount', until }, part.write)
    t.ok(entries > 10 && part.text().length < file.length)
    t.strictSame(check(part.text()), { accepted: true, says: '' })
  }
})

function check(text: string): { accepted: boolean; says: string } {
  const folder = mkdtempSync(join(tmpdir(), 'meent-beancount-'))
  try {
    const path = join(folder, 'ledger.beancount')
    writeFileSync(path, text)
    const { status, stderr } = spawnSync('bean-check', ['--no-cache', path])
    return { accepted: status === 0, says: stderr.toString() }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
