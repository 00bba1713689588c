/** Laws 2, 3 and 6, attacked in the tables themselves by the owner: entries are whole, nothing changes, nothing is written by hand. */
import t from 'tap'
import { checkLedger } from '../../src/ledger/checks.ts'
import { accountIds, balances, book, insertPostings, insertRaw, refused, testLedger } from './support.ts'

const { owner, app, db } = await testLedger(t)
const gift = { lines: [['bank b', 100] as const, ['fund-available p', -100] as const] }
const first = await book(app, { key: 'gift-1', ...gift })
await accountIds(app, ['in-transit', 'suspense'])
await accountIds(app, ['suspense'], { currency: 'SEK' })

t.test('the journal is append-only, also for its owner', async t => {
  for (const table of ['entries', 'postings', 'account_kinds', 'accounts']) {
    const column = table === 'postings' ? 'amount' : 'kind'
    for (const attack of [
      `update ledger.${table} set ${column} = ${column}`,
      `update ledger.${table} set ${column} = ${column} where false`,
      `delete from ledger.${table}`,
      `truncate ledger.${table} cascade`,
    ])
      await refused(t, app, () => owner.query(attack), { code: 'MT001' }, attack)
  }
})

t.test('a balance is never written by hand', async t => {
  const attacks = [
    "update ledger.accounts set balance = -200, version = 2 where kind = 'fund-available'",
    `insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency, balance)
     values (1, 'bank', 'debit', 'none', 'rich', 'EUR', 100)`,
    `insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency, version)
     values (1, 'bank', 'debit', 'none', 'rich', 'EUR', 1)`,
    `insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency, recorded_at)
     values (1, 'bank', 'debit', 'none', 'rich', 'EUR', now())`,
  ]
  for (const attack of attacks) await refused(t, app, () => owner.query(attack), { code: 'MT001' }, attack)
})

t.test('an account has the side and the floor of its kind, and a fund has its shortfall', async t => {
  const insert = 'insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency) values'
  const forms = [
    [`(1, 'bank', 'credit', 'none', 'x', 'EUR')`, '23503'],
    [`(1, 'recipient-payable', 'credit', 'none', 'x', 'EUR')`, '23503'],
    [`(1, 'treasure', 'debit', 'none', 'x', 'EUR')`, '23503'],
    [`(1, 'fund-available', 'credit', 'shortfall', 'x', 'EUR')`, '23514'],
    [`(1, 'bank', 'debit', 'none', 'x', 'euro')`, '23514'],
    [`(1, 'bank', 'debit', 'none', 'b', 'EUR')`, '23505'],
  ] as const
  for (const [values, code] of forms)
    await refused(t, app, () => owner.query(`${insert} ${values}`), { code }, values)
})

t.test('an entry is whole and balanced in one currency, whoever inserts it', async t => {
  const transit = { account: 'in-transit', amount: 5, balance: 5 }
  const suspense = { account: 'suspense', amount: -5, balance: -5 }
  const attacks = {
    'unbalanced by a cent': [transit, { ...suspense, amount: -4, balance: -4 }],
    'a single posting': [transit],
    'ordinals that do not begin at 1': [
      { ...transit, ordinal: 2 },
      { ...suspense, ordinal: 3 },
    ],
    'ordinals with a gap': [transit, { ...suspense, ordinal: 3 }],
  }
  for (const [what, postings] of Object.entries(attacks))
    await refused(t, app, () => insertRaw(owner, postings), { code: 'MT002' }, what)

  const zero = [transit, suspense, { account: 'bank b', amount: 0, balance: 100, version: 2 }]
  await refused(t, app, () => insertRaw(owner, zero), { code: '23514' }, 'a posting of nothing')
  const mixed = async () => {
    const [krona] = await accountIds(owner, ['suspense'], { currency: 'SEK' })
    const [euro] = await accountIds(owner, ['in-transit'])
    const values = `(1, 999, ${euro}, 1, 5, 5, 1), (1, 999, ${krona}, 1, -5, -5, 2)`
    await owner.query(`insert into ledger.postings values ${values}`)
  }
  await refused(t, app, mixed, { code: '42804' }, 'columns in another order')
})

t.test('no entry mixes currencies', async t => {
  const [krona] = await accountIds(owner, ['suspense'], { currency: 'SEK' })
  const [euro] = await accountIds(owner, ['in-transit'])
  const attack = `
    insert into ledger.postings (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
    values (1, 999, ${euro}, 1, 5, 5, 1), (1, 999, ${krona}, 1, -5, -5, 2)`
  await refused(t, app, () => owner.query(attack), { code: 'MT002', message: /currencies EUR\/SEK/ }, 'raw')
})
