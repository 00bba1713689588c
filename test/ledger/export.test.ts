/** What all exports have in common: one snapshot, one organisation, nothing lost, and a reader who sets the pace. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import type { DB } from '../../src/database.ts'
import { canonicalBytes } from '../../src/ledger/canonical.ts'
import type { JournalEntry, JournalPosting } from '../../src/ledger/export/entry.ts'
import { readEntries } from '../../src/ledger/export/read-journal.ts'
import { exportLedger, movements, post } from '../../src/ledger/index.ts'
import { claimInstallation } from '../../src/platform/clock.ts'
import { connect } from '../../src/platform/db.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { seedOrganisation, testVault } from '../support/app-seed.ts'
import { testDatabase } from '../support/database.ts'
import { collect, exportStory, oddTexts } from './export-story.ts'
import { testLedger } from './support.ts'

const { owner, db } = await exportStory(t)
const exported = async (format: string, until?: string) => {
  const { write, text } = collect()
  const { entries } = await exportLedger(db, 1, { format, until }, write)
  return { entries, text: text() }
}

t.test('a CSV cell is never a formula, and every text comes back', async t => {
  const [header = [], ...records] = parsed((await exported('csv')).text)
  t.ok(records.every(record => record.length === header.length))
  const column = (name: string) => records.map(record => record[header.indexOf(name)] ?? '')
  for (const name of ['kind', 'key', 'account_subject'])
    t.notOk(
      column(name).some(cell => /^[=+\-@\t\r\n]/.test(cell)),
      `no formula in ${name}`,
    )
  const written = new Set(column('account_subject').map(cell => cell.replace(/(^|[;,\t\r\n])'/g, '$1')))
  t.strictSame(
    oddTexts.filter(each => !written.has(each)),
    [],
  )
  const { rows } = await owner.query(
    `select p.entry_id || ' ' || p.ordinal || ' ' || p.account_version || ' ' || p.amount as line
       from ledger.postings p where organisation_id = 1 order by entry_id, ordinal`,
  )
  const digits = column('currency').map(currency => (currency === 'ISK' ? 0 : 2))
  const lines = records.map((_, index) =>
    ['entry_id', 'ordinal', 'account_version', 'amount']
      .map(name => column(name)[index] ?? '')
      .map((cell, place) => (place === 3 ? minor(t, cell, digits[index] ?? 0) : cell))
      .join(' '),
  )
  t.strictSame(
    lines,
    rows.map(row => row.line),
  )
})

t.test('a line of JSON Lines is enough to make the canonical bytes of its entry', async t => {
  const lines = (await exported('jsonl')).text.trimEnd().split('\n')
  const fromLines = lines.map(line => hex(entryOf(JSON.parse(line))))
  const { rows } = await owner.query<{ key: string }>(
    'select key from ledger.entries where organisation_id = 1 order by id',
  )
  t.strictSame(
    lines.map(line => JSON.parse(line).key),
    rows.map(row => row.key),
  )
  const fromDatabase: string[] = []
  await db.transaction().execute(async trx => {
    for await (const page of readEntries(trx, { organisationId: 1, until: null }))
      fromDatabase.push(...page.map(hex))
  })
  t.strictSame(fromLines, fromDatabase)
  t.equal(new Set(fromLines).size, lines.length)
})

t.test('an export until a moment has what was recorded by then, to the microsecond', async t => {
  const { rows } = await owner.query(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment,
            to_char(recorded_at at time zone 'UTC' - interval '1 microsecond', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as before,
            (select count(*)::int from ledger.entries o
              where o.organisation_id = 1 and o.recorded_at <= e.recorded_at) as entries
       from ledger.entries e where organisation_id = 1 and id % 31 = 0`,
  )
  for (const { moment, before, entries } of rows) {
    t.equal((await exported('csv', moment)).entries, entries)
    t.equal((await exported('csv', before)).entries, entries - 1)
  }
  t.equal((await exported('csv', '2027-01-01T00:00:00Z')).entries, 0)
  t.equal((await exported('hledger', '1969-12-31T23:59:59.999999+05:00')).entries, 0)
})

t.test('what is no format, or no moment, is refused by name', async t => {
  const refused = (format: string, until: string | undefined, field: string) =>
    t.rejects(exported(format, until), { code: 'invalid-request', details: { field } }, `${format} ${until}`)
  for (const format of ['', 'HLEDGER', 'constructor', 'xlsx']) await refused(format, undefined, 'format')
  for (const until of ['', 'now', 'infinity', '2027-03-31', '2027-02-30T00:00:00Z', '2027-03-31T25:00:00Z'])
    await refused('csv', until, 'until')
  await refused('csv', '2027-03-31T12:00:00', 'until')
  await refused('csv', "2027-03-31T12:00:00Z'", 'until')
})

t.test('what is posted while it is written is not in it, and writers do not wait for it', async t => {
  const { db } = await testLedger(t)
  await postMany(db, 'before', 4_500)
  let [writing, pieces] = [false, 0]
  const { write, text } = collect()
  await exportLedger(db, 1, { format: 'jsonl' }, async piece => {
    t.notOk(writing, 'the next piece waits until the last one was taken')
    writing = true
    await postMany(db, `during-${pieces}`, 10)
    await write(piece)
    pieces += 1
    writing = false
  })
  const lines = text().trimEnd().split('\n')
  t.ok(pieces >= 4)
  t.equal(lines.length, 4_500)
  t.notMatch(text(), '"during')
  t.match(lines.at(-1) ?? '', '"accountVersion":"4500"')
})

t.test('the command writes to standard output, and ends quietly when nobody reads on', async t => {
  const { url } = await testDatabase(t)
  const db = connect<DB>({ url, onError: () => {} })
  t.teardown(() => db.destroy())
  await claimInstallation(db, 'demonstration')
  await seedOrganisation(db, testVault, {})
  await postMany(db, 'gift', 4_500)
  const whole = await run(url, ['--format', 'csv'])
  t.equal(whole.code, 0, whole.complaints)
  t.equal(whole.output.split('\r\n').length, 9_002)
  t.equal(whole.complaints, '4500 entries, 9000 postings, which add up to EUR 0\n')
  const cut = await run(url, ['--format', 'csv'], 'stop reading')
  t.strictSame({ code: cut.code, complaints: cut.complaints }, { code: 0, complaints: '' })
  const refused = await run(url, ['--format', 'pdf'])
  t.equal(refused.code, 1)
  t.equal(refused.output, '')
  t.match(refused.complaints, '--format: hledger, beancount, csv, jsonl')
})

async function postMany(at: typeof db, name: string, count: number) {
  const occasion = { at: new Date('2027-03-01T12:00:00Z'), currency: 'EUR', bankAccountId: 'b', amount: 100n }
  const all = Array.from({ length: count }, (_, index) =>
    movements.unrecognisedEntry({ ...occasion, bankEntry: `${name}-${index}` }),
  )
  await inTransaction(at, trx => post(trx, 1, all))
}

async function run(databaseUrl: string, args: readonly string[], reading?: 'stop reading') {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const child = spawn(process.execPath, ['src/cli.ts', 'export-ledger', ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: '', DATABASE_URL: databaseUrl },
  })
  let [output, complaints] = ['', '']
  child.stderr.on('data', piece => (complaints += piece))
  child.stdout.on('data', piece => {
    output += piece
    if (reading === 'stop reading') child.stdout.destroy()
  })
  const [code] = await once(child, 'close')
  return { code, output, complaints }
}

const hex = (entry: JournalEntry) => Buffer.from(canonicalBytes(entry)).toString('hex')

interface Line extends Omit<JournalEntry, 'id' | 'reverses' | 'effectiveAt' | 'recordedAt' | 'postings'> {
  readonly [name: string]: unknown
  readonly postings: readonly (Record<string, string> & Pick<JournalPosting, 'account'>)[]
}

function entryOf(line: Line): JournalEntry {
  const microseconds = (text: string) =>
    BigInt(Date.parse(`${text.slice(0, 23)}Z`)) * 1_000n + BigInt(text.slice(23, 26))
  return {
    ...line,
    id: BigInt(String(line.id)),
    reverses: line.reverses === null ? null : BigInt(String(line.reverses)),
    effectiveAt: microseconds(String(line.effectiveAt)),
    recordedAt: microseconds(String(line.recordedAt)),
    postings: line.postings.map(({ account, amount = '', accountVersion = '', balanceAfter = '' }) => ({
      account,
      ...{
        amount: BigInt(amount),
        accountVersion: BigInt(accountVersion),
        balanceAfter: BigInt(balanceAfter),
      },
    })),
  }
}

function minor(t: Test, decimal: string, digits: number): string {
  t.match(decimal, digits === 0 ? /^-?\d+$/ : /^-?\d+\.\d\d$/)
  return `${BigInt(decimal.replace('.', ''))}`
}

/** As RFC 4180 says: what a spreadsheet would read. */
function parsed(text: string): string[][] {
  const records: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') records.push([])
  }
  return records.slice(0, -1)
}
