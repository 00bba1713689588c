/** Reading the ledger from a terminal: columns under each other, and a plain no with exit code 1. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { commands } from '../../src/commands/index.ts'
import type { DB } from '../../src/database.ts'
import { accountsOf, movements, post } from '../../src/ledger/index.ts'
import { claimInstallation } from '../../src/platform/clock.ts'
import { connect } from '../../src/platform/db.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { seedOrganisation, testVault } from '../support/app-seed.ts'
import { testDatabase } from '../support/database.ts'

const { url } = await testDatabase(t)
const db = connect<DB>({ url, onError: () => {} })
t.teardown(() => db.destroy())
await claimInstallation(db, 'demonstration')
const { organisationId, pools } = await seedOrganisation(db, testVault, {})
const gift = (bankEntry: string, amount: bigint, at: string) =>
  movements.transferReceived({
    ...{ poolId: pools.open.id, bankEntry, bankAccountId: 'b', amount, currency: 'EUR' },
    at: new Date(at),
  })
await inTransaction(db, trx =>
  post(trx, organisationId, [
    gift('gift-1', 123_456n, '2027-02-27T12:00:00Z'),
    gift('gift-2', 50n, '2027-02-28T22:59:59.999Z'), // the last moment of February in Amsterdam
    gift('gift-3', 100n, '2027-02-28T23:00:00Z'),
  ]),
)
const [fund] = (await accountsOf(db, organisationId, { kind: 'fund-available', limit: 1 })).accounts
const account = String(fund?.id)

async function run(...args: string[]) {
  const child = spawn(process.execPath, ['src/cli.ts', ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, NODE_ENV: '', DATABASE_URL: url },
  })
  let [output, complaints] = ['', '']
  child.stdout.on('data', piece => (output += piece))
  child.stderr.on('data', piece => (complaints += piece))
  const [code] = await once(child, 'close')
  return { code, lines: output.split('\n').filter(Boolean), complaints }
}

t.test('a balance now, at the end of a day, and before anything was recorded', async t => {
  const say = (amount: string) => ({
    code: 0,
    complaints: '',
    lines: [`${amount}  fund-available ${pools.open.id}`],
  })
  t.strictSame(await run('balance', '--account', account), say('€1,236.06'))
  t.strictSame(await run('balance', '--account', account, '--effective-at', '2027-02-28'), say('€1,235.06'))
  t.strictSame(await run('balance', '--account', account, '--recorded-at', '2020-01-01'), say('€0.00'))
  t.strictSame(await run('balance', '--account', account, '--effective-at', '2027-02-27T13:00:00+01:00'), say('€1,234.56')) // biome-ignore format: one thought
})

t.test('a statement stands in columns, and says where it goes on', async t => {
  const { code, lines, complaints } = await run('statement', '--account', account, '--limit', '2')
  t.equal(code, 0, complaints)
  t.equal(complaints, 'there is more: --after 2\n')
  t.match(lines[0], /^no\. +entry +effective +recorded +debit +credit +balance +kind +key$/)
  t.match(lines[1], /^ {2}1 .* €1,234\.56 +€1,234\.56 +transfer-received +gift-1$/)
  t.match(lines[2], /^ {2}2 .* €0\.50 +€1,235\.06 +transfer-received +gift-2$/)
  const ends = lines.map(line => line.indexOf(' ', line.search(/balance|€1,23\d\.\d\d +t/)))
  t.equal(new Set(ends).size, 1, 'balances end under each other')
})

t.test('accounts, totals and a search', async t => {
  const accounts = await run('ledger-accounts', '--pool', 'open', '--kind', 'fund-available')
  t.match(accounts, { code: 0, lines: [/^account/, /fund-available +€1,236\.06 +3 /], complaints: '' })
  const balance = await run('trial-balance')
  t.match(balance.lines, [/^EUR +debit +credit$/, /^bank +€1,236\.06$/, /^fund-avail/, /^total +€1,236\.06 +€1,236\.06$/]) // biome-ignore format: one thought
  t.match(await run('trial-balance', '--recorded-at', '2020-01-01'), { code: 0, lines: [/^EUR/, /€0\.00$/] })
  const february = ['--effective-from', '2027-02-28', '--effective-until', '2027-03-01']
  const found = await run('search-ledger', '--pool', 'open', '--key-prefix', 'gift', ...february)
  t.match(
    found,
    { code: 0, complaints: '', lines: [/^entry/, /transfer-received +€0\.50 +gift-2$/] },
    'one day',
  )
  t.equal(found.lines.length, 2)
})

t.test('what cannot be read or found is refused in words', async t => {
  const refusals: [reason: RegExp, name: string, ...args: string[]][] = [
    [/^--account takes the number of an account/, 'balance'],
    [/^--account takes a whole number/, 'balance', '--account', 'one'],
    [/^--account 999999$/, 'statement', '--account', '999999'],
    [/^--recorded-at takes a day such as/, 'balance', '--recorded-at', '2027-02-30'],
    [/^--effective-at takes a day such as/, 'balance', '--effective-at', '2027-02-01T12:00'],
    [
      /^--effective-at takes .* not both/,
      'balance',
      '--effective-at',
      '2027-02-01',
      '--recorded-at',
      '2027-02-01',
    ],
    [/^--kind takes one of stripe-pending, /, 'ledger-accounts', '--kind', 'cash'],
    [/^--pool nowhere$/, 'search-ledger', '--pool', 'nowhere'],
    [/^--limit takes a number from 1/, 'search-ledger', '--limit', '0'],
    [/^--before takes a whole number/, 'search-ledger', '--before', '1.5'],
    [/^--order takes one of oldest, newest/, 'statement', '--order', 'up'],
    [/^--recorded-at takes/, 'trial-balance', '--recorded-at', 'now'],
  ]
  process.env.DATABASE_URL = url
  for (const [reason, name, ...args] of refusals) {
    const asked = async () => commands[name]?.run(args)
    const error = await asked().catch((thrown: unknown) => thrown)
    t.match(error, { name: 'DomainError', details: { reason } }, `${name} ${args.join(' ')}`)
  }
  const refused = await run('statement', '--account', '999999')
  t.strictSame(refused, { code: 1, lines: [], complaints: 'meent: This does not exist: --account 999999\n' })
  const misspelt = await run('trial-balance', '--at', '2027-01-01')
  t.match(misspelt, { code: 1, complaints: /^meent: Unknown option '--at'/ })
  t.strictSame(misspelt.lines, [])
})
