/** An independent program reads the export and comes to the same balances, or says what is wrong. */
import { execFileSync, spawnSync } from 'node:child_process'
import t from 'tap'
import { checkLedger, exportLedger, movements } from '../../src/ledger/index.ts'
import { collect, exportStory } from './export-story.ts'

const { owner, db } = await exportStory(t)
const { write, text } = collect()
const summary = await exportLedger(db, 1, { format: 'hledger' }, write)
const journal = text()
const installed = spawnSync('hledger', ['--version']).status === 0
const unless = installed ? {} : { skip: 'hledger is not installed: nobody but us checks the journal here' }

t.test('the ledger that is exported has everything in it, and is sound', async t => {
  const { rows } = await owner.query('select distinct kind from ledger.entries where organisation_id = 1')
  const kinds = new Set(
    rows.map(row => row.kind.replaceAll(/-(.)/g, (_: string, letter: string) => letter.toUpperCase())),
  )
  t.strictSame(
    Object.keys(movements).filter(name => !kinds.has(name)),
    [],
    'every movement',
  )
  t.ok(kinds.has('reversal'))
  const shortfalls = await owner.query(`select from ledger.accounts where kind = 'shortfall' and version > 3`)
  t.ok((shortfalls.rowCount ?? 0) > 3, `and shortfalls: ${shortfalls.rowCount}`)
  t.strictSame(await checkLedger(db), [])
})

t.test('hledger finds every assertion, account and commodity right', unless, async t => {
  t.strictSame(check(journal), { accepted: true, says: '' })
})

t.test('its balances are ours, to the cent', unless, async t => {
  const theirs = execFileSync('hledger', ['-f-', 'balance', '--flat', '-E', '-N', '-O', 'json'], {
    input: journal,
  })
  const found = (JSON.parse(theirs.toString())[0] as [string, string, number, Amount[]][]).flatMap(
    ([name, , , amounts]) =>
      amounts.map(({ acommodity, aquantity }) => {
        const [, kind, currency, subject = ''] = name.split(':').map(decodeURIComponent)
        t.equal(currency, acommodity)
        const digits = { EUR: 2, ISK: 0 }[acommodity] ?? 9
        t.ok(aquantity.decimalPlaces <= digits, 'no part of a cent')
        const minor = BigInt(aquantity.decimalMantissa) * 10n ** BigInt(digits - aquantity.decimalPlaces)
        return `${kind} ${currency} ${minor} ${subject}`
      }),
  )
  const { rows } = await owner.query(
    `select kind || ' ' || currency || ' ' || balance || ' ' || subject as line from ledger.accounts
      where organisation_id = 1 and balance <> 0`,
  )
  const zero = / 0 /
  t.strictSame(found.filter(line => !zero.test(line)).sort(), rows.map(row => row.line).sort())
  t.ok(rows.length > 40)
})

t.test('every entry is there once, and nobody else’s', async t => {
  const { rows } = await owner.query(
    `select count(*)::int as n from ledger.entries where organisation_id = 1`,
  )
  t.equal(journal.match(/; entry:/g)?.length, rows[0].n)
  t.equal(summary.entries, rows[0].n)
  t.strictSame([...summary.totals].sort(), [
    ['EUR', 0n],
    ['ISK', 0n],
  ])
  t.notMatch(journal, 'others')
})

t.test('hledger refuses a journal that was changed', unless, async t => {
  const blocks = journal.split(/\n(?=\n)/)
  const entries = blocks.filter(block => /; entry:/.test(block))
  const [first = '', last = ''] = [entries[0], entries.at(-1)]
  const aCentMore = first.replace('300.00 =', '300.01 =').replace('-300.00 =', '-300.01 =')
  t.not(aCentMore, first)
  const damaged = {
    'the first entry is a cent larger on both sides': journal.replace(first, aCentMore),
    'the first entry is left out': journal.replace(first, ''),
    'the last entry is left out': journal.replace(last, ''),
    'the first entry is there twice': journal.replace(first, `${first}\n${first}`),
    'one side is a cent larger': journal.replace(first, first.replace('300.00 =', '300.01 =')),
    'an account was never declared': journal.replace(/^account equity:suspense:EUR\n/m, ''),
  }
  for (const [how, text] of Object.entries(damaged)) {
    t.not(text, journal)
    t.notOk(check(text).accepted, how)
  }
})

t.test('a cut of the ledger at any moment is sound by itself', unless, async t => {
  const { rows } = await owner.query(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment
       from ledger.entries where organisation_id = 1 and id % 97 = 0`,
  )
  t.ok(rows.length > 3)
  for (const { moment } of rows) {
    const part = collect()
    await exportLedger(db, 1, { format: 'hledger', until: moment }, part.write)
    t.strictSame(check(part.text()), { accepted: true, says: '' }, moment)
  }
})

interface Amount {
  readonly acommodity: string
  readonly aquantity: { readonly decimalMantissa: number; readonly decimalPlaces: number }
}

function check(input: string): { accepted: boolean; says: string } {
  const { status, stderr } = spawnSync('hledger', ['-f-', 'check', '--strict'], { input })
  return { accepted: status === 0, says: stderr.toString() }
}
