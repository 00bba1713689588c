/** Laws 2, 3 and 6, attacked in the tables themselves by the owner: entries are whole, nothing changes, nothing is written by hand. */
import t from 'tap'
import { checkLedger } from '../../src/ledger/checks.ts'
import { insertPostings, insertRaw } from './raw.ts'
import { accountIds, balances, book, refused, testLedger } from './support.ts'

const { owner, app, db } = await testLedger(t)
const gift = { lines: { 'bank b': 100, 'fund-available p': -100 } }
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
    `insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency, last_entry_id)
     values (1, 'bank', 'debit', 'none', 'rich', 'EUR', 1)`,
  ]
  for (const attack of attacks) await refused(t, app, () => owner.query(attack), { code: 'MT001' }, attack)
})

t.test('an account has the side and the floor of its kind, and a fund has its shortfall', async t => {
  const insert = 'insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency) values'
  const forms = {
    "(1, 'bank', 'credit', 'none', 'x', 'EUR')": '23503',
    "(1, 'recipient-payable', 'credit', 'none', 'x', 'EUR')": '23503',
    "(1, 'treasure', 'debit', 'none', 'x', 'EUR')": '23503',
    "(1, 'fund-available', 'credit', 'shortfall', 'x', 'EUR')": '23514',
    "(1, 'bank', 'debit', 'none', 'x', 'euro')": '23514',
    "(1, 'bank', 'debit', 'none', 'b', 'EUR')": '23505',
  }
  for (const [values, code] of Object.entries(forms))
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
})

t.test('no entry mixes currencies', async t => {
  const [krona] = await accountIds(owner, ['suspense'], { currency: 'SEK' })
  const [euro] = await accountIds(owner, ['in-transit'])
  const attack = `
    with entry as (
      insert into ledger.entries (organisation_id, kind, nature, key, effective_at, recorded_at)
      values (1, 'raw-entry', 'fact', 'mixed', now(), now()) returning id
    )
    insert into ledger.postings (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
    select 1, entry.id, p.* from entry, (values (${euro}, 1, 5, 5, 1), (${krona}, 1, -5, -5, 2)) p`
  await refused(t, app, () => owner.query(attack), { code: 'MT002', message: /one currency/ }, 'raw')
})

t.test('no posting is added to an entry of earlier', async t => {
  const late = [
    { account: 'in-transit', amount: 5, balance: 5 },
    { account: 'suspense', amount: -5, balance: -5 },
  ]
  await refused(t, app, () => insertPostings(owner, first.id, late), { code: '23505' }, 'same ordinals')
  const numberedOn = late.map((each, index) => ({ ...each, ordinal: index + 3 }))
  await refused(t, app, () => insertPostings(owner, first.id, numberedOn), { code: 'MT002' }, 'next ordinals')
  await refused(t, app, () => insertPostings(owner, '999', late), { code: 'MT002' }, 'no such entry')
  await owner.query('begin')
  const open = await insertRaw(owner, late)
  const more = numberedOn.map(each => ({ ...each, version: 2, balance: each.balance * 2 }))
  await t.rejects(insertPostings(owner, open, more), { code: 'MT002' }, 'even within its transaction')
  await owner.query('rollback')
})

t.test('a statement posts entries of one nature and one moment', async t => {
  const two = (second: string) => `
    with entry as (
      insert into ledger.entries (organisation_id, kind, nature, key, effective_at, recorded_at)
      values (1, 'raw-entry', 'fact', 'two-1', now(), now()), (1, 'raw-entry', ${second}) returning id
    ), numbered as (select id, row_number() over (order by id) as n from entry)
    insert into ledger.postings (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
    select 1, e.id, a.id, e.n, a.amount, e.n * a.amount, a.ordinal
      from numbered e, (select id, case kind when 'suspense' then 5 else -5 end as amount,
                               row_number() over () as ordinal from ledger.accounts
                         where kind in ('suspense', 'in-transit') and currency = 'EUR') a`
  const message = /one nature and one moment/
  const mixed = () => owner.query(two(`'decision', 'two-2', now(), now()`))
  await refused(t, app, mixed, { code: 'MT002', message }, 'a fact and a decision')
  const later = () => owner.query(two(`'fact', 'two-2', now(), now() + interval '1 second'`))
  await refused(t, app, later, { code: 'MT002', message }, 'two moments')
  await owner.query('begin')
  await t.resolves(owner.query(two(`'fact', 'two-2', now(), now()`)), 'the same nature and moment pass')
  await owner.query('rollback')
})

t.test('entry ids ascend within an account', async t => {
  const again = (id: string) => `
    with entry as (
      insert into ledger.entries (organisation_id, id, kind, nature, key, effective_at, recorded_at)
      overriding system value values (1, ${id}, 'raw-entry', 'fact', 'older', now(), now()) returning id
    )
    insert into ledger.postings (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
    select 1, entry.id, a.id, a.version + 1, -a.balance, 0, row_number() over ()
      from entry, ledger.accounts a where a.balance <> 0`
  await refused(
    t,
    app,
    () => owner.query(again('-1')),
    { code: 'MT002', message: /does not follow/ },
    'below',
  )
  await owner.query('begin')
  await t.resolves(owner.query(again("nextval('ledger.entries_id_seq')")), 'above passes')
  await owner.query('rollback')
})

t.test('running balances and versions go on where they were', async t => {
  const bank = { account: 'bank b', amount: 5, balance: 105, version: 2 }
  const suspense = { account: 'suspense', amount: -5, balance: -5, version: 1 }
  const attacks = {
    'a wrong balance': [{ ...bank, balance: 106 }, suspense],
    'a version that skips one': [{ ...bank, version: 3 }, suspense],
    'a wrong balance further on': [
      bank,
      suspense,
      { ...bank, version: 3, balance: 111 },
      { ...suspense, version: 2 },
    ],
    'an account of nobody': [bank, { ...suspense, account: 'suspense', amount: -5, version: 0 }],
  }
  for (const [what, postings] of Object.entries(attacks))
    await refused(t, app, () => insertRaw(owner, postings), { code: 'MT002' }, what)
  await refused(
    t,
    app,
    () => insertRaw(owner, [{ ...bank, version: 1 }, suspense]),
    { code: '23505' },
    'a version twice',
  )
})

t.test('recorded time never runs backwards within an account; effective time may', async t => {
  const postings = [
    { account: 'bank b', amount: 5, balance: 105, version: 2 },
    { account: 'suspense', amount: -5, balance: -5 },
  ]
  const back = () => insertRaw(owner, postings, { recordedAt: '2020-01-01' })
  await refused(t, app, back, { code: 'MT002', message: /recorded before/ }, 'raw, years ago')

  await insertRaw(owner, postings, { key: 'ahead', recordedAt: '2100-01-01' })
  const at = '2019-05-06T07:08:09.123Z'
  await book(app, { key: 'gift-2', at, ...gift })
  const { rows } = await app.query(
    "select effective_at, recorded_at from ledger.entries where key = 'gift-2'",
  )
  t.equal(rows[0].effective_at.toISOString(), at, 'when it happened')
  t.equal(rows[0].recorded_at.toISOString(), '2100-01-01T00:00:00.000Z', 'after all that its accounts hold')
})

t.test('a fund that is short is repaid first, whoever inserts', async t => {
  await book(app, { key: 'short', lines: { 'fund-available short': 10, 'bank z': -10 } })
  const gift = [
    { account: 'bank z', amount: 4, balance: -6, version: 2 },
    { account: 'fund-available short', amount: -4, balance: -4 },
  ]
  await refused(t, app, () => insertRaw(owner, gift), { code: 'MT002', message: /at once/ }, 'to the fund')
})

t.test('a correction is an exact mirror, whoever inserts', async t => {
  const mirrored = await book(app, { key: 'to-mirror', lines: { 'bank y': 5, 'suspense y': -5 } })
  const postings = (amount: number) => [
    { account: 'bank y', amount: -amount, balance: 5 - amount, version: 2 },
    { account: 'suspense y', amount, balance: amount - 5, version: 2 },
  ]
  const undo = (amount: number) => insertRaw(owner, postings(amount), { key: 'undo', reverses: mirrored.id })
  await refused(t, app, () => undo(3), { code: 'MT004', message: /mirror/ }, 'of another amount')
  await undo(5)
  const again = postings(5).map(each => ({
    ...each,
    version: 3,
    amount: -each.amount,
    balance: -each.amount,
  }))
  const back = () => insertRaw(owner, again, { key: 'undo-2', reverses: mirrored.id })
  await refused(t, app, back, { code: '23505' }, 'a second time')
})

t.test('a whole entry, written raw, moves the accounts by itself, and every law holds', async t => {
  const before = await balances(app)
  await insertRaw(owner, [
    { account: 'in-transit', amount: 7, balance: 7 },
    { account: 'in-transit', amount: -3, balance: 4, version: 2 },
    { account: 'dispute-receivable d', amount: -4, balance: -4 },
  ])
  t.strictSame(await balances(app), { ...before, 'in-transit': 4, 'dispute-receivable d': -4 })
  t.strictSame(await checkLedger(db), [])
})
