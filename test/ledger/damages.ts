/**
 * Damage to the ledger that the database lets nobody do: made as the owner, with all triggers switched off. Each
 * stands under the check that must find it.
 */
import { insertPostings, insertRaw, type RawPosting } from './raw.ts'
import { book, type TestLedger } from './support.ts'

export type Damage = (ledger: TestLedger) => Promise<unknown>

const five = { account: 'in-transit', amount: 5, balance: 5 }
const minusFive = { account: 'suspense', amount: -5, balance: -5 }
/** The account rows as the postings above leave them, where no trigger moves them. */
const settle: Damage = ({ owner }) =>
  owner.query(`
    update ledger.accounts a set balance = s.balance, version = s.version, last_entry_id = s.entry_id, recorded_at = e.recorded_at
      from (select account_id, sum(amount) as balance, count(*) as version, max(entry_id) as entry_id
              from ledger.postings group by 1) s left join ledger.entries e on e.id = s.entry_id
     where s.account_id = a.id`)
/** An entry written past the posting function, and the account rows as it leaves them. */
const raw =
  (postings: readonly RawPosting[], entry: Parameters<typeof insertRaw>[2] = {}): Damage =>
  async ledger => {
    await insertRaw(ledger.owner, postings, entry)
    await settle(ledger)
  }

/** Two entries under one key, where nothing refuses that any more. */
const twoOfAKey: Damage = async ledger => {
  await ledger.owner.query('alter table ledger.entries drop constraint entries_organisation_id_key_key')
  await raw([five, minusFive], { key: 'gift' })(ledger)
}

/** These need the schema itself broken first, and so a ledger of their own. */
export const ofSchema = new Set(['two entries under one key', 'a key of one letter', 'a posting twice'])
export const damages: Readonly<Record<string, Readonly<Record<string, Damage>>>> = {
  'every entry has two or more postings that sum to zero in one currency': {
    'a cent too much': raw([five, { ...minusFive, amount: -4, balance: -4 }]),
    'an entry of nothing': raw([]),
    'a single posting': raw([five]),
    'two currencies': async ledger => {
      await insertRaw(ledger.owner, [five, minusFive])
      await settle(ledger)
      await ledger.owner.query("update ledger.accounts set currency = 'SEK' where kind = 'suspense'")
    },
    'a posting taken out of the middle': raw([five, { ...minusFive, ordinal: 3 }]),
    'an entry that lost a posting': ({ owner }) =>
      owner.query('delete from ledger.postings where ordinal = 1'),
  },
  'every posting belongs to an entry and an account': {
    'a posting to an account that is not there': async ({ owner }) => {
      await insertRaw(owner, [{ account: 'bank b', amount: 5, balance: 105, version: 2 }, minusFive])
      await owner.query("update ledger.accounts set balance = 105, version = 2 where kind = 'bank'")
      await owner.query("delete from ledger.accounts where kind = 'suspense'")
    },
    'postings without one': async ledger => {
      await insertPostings(ledger.owner, '999', [five, minusFive])
      await settle(ledger)
    },
  },
  'a reversing entry mirrors the entry that it reverses, once': {
    'a reversing entry that is no mirror': async ({ owner, app }) => {
      await book(app, { key: 'half', lines: { 'bank b': -50, 'fund-available p': 50 } })
      await owner.query(`
        update ledger.entries set reverses = (select id from ledger.entries where key = 'gift') where key = 'half'`)
    },
  },
  'running balances and versions follow without a gap': {
    'a wrong running balance': raw([five, { ...minusFive, balance: -6 }]),
    'a version that is skipped': raw([five, { ...minusFive, version: 2 }]),
    'a posting twice': async ({ owner }) => {
      await owner.query('alter table ledger.postings drop constraint postings_pkey')
      await owner.query(
        'alter table ledger.postings drop constraint postings_organisation_id_entry_id_ordinal_key',
      )
      await owner.query('insert into ledger.postings select * from ledger.postings where ordinal = 1')
    },
  },
  'an account is what its last posting left: balance, version, entry and time': {
    'a balance by hand': ({ owner }) =>
      owner.query("update ledger.accounts set balance = -200 where kind = 'fund-available'"),
    'a version by hand': ({ owner }) =>
      owner.query("update ledger.accounts set version = 7 where kind = 'bank'"),
    'a last entry by hand': ({ owner }) => owner.query('update ledger.accounts set last_entry_id = 7'),
    'a time by hand': ({ owner }) => owner.query("update ledger.accounts set recorded_at = '2020-01-01'"),
    'money of nowhere': ({ owner }) =>
      owner.query(`insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency, balance)
                   values (1, 'bank', 'debit', 'none', 'rich', 'EUR', 100)`),
  },
  'entry ids and recorded time never run backwards within an account': {
    'an entry dated back': raw([{ account: 'bank b', amount: 5, balance: 105, version: 2 }, minusFive], {
      recordedAt: '2020-01-01',
    }),
    'an entry with an older number': async ledger => {
      const id = await insertRaw(ledger.owner, [
        { account: 'bank b', amount: 5, balance: 105, version: 2 },
        minusFive,
      ])
      await settle(ledger)
      await ledger.owner.query(`
        insert into ledger.entries overriding system value
        select organisation_id, 0, kind, nature, 'older', reverses, effective_at, recorded_at from ledger.entries
         where key = 'raw'`)
      await ledger.owner.query('update ledger.postings set entry_id = 0 where entry_id = $1', [id])
      await ledger.owner.query('delete from ledger.entries where id = $1', [id])
    },
  },
  'no fund, debt or shortfall stands on its wrong side': {
    'a balance by hand below zero': ({ owner }) =>
      owner.query("update ledger.accounts set balance = 1 where kind = 'fund-available'"),
  },
  'no fund, debt or shortfall ever stood on its wrong side': {
    'a fund below zero': raw([
      { account: 'fund-available p', amount: 105, balance: 5, version: 2 },
      { account: 'suspense', amount: -105, balance: -105 },
    ]),
    'a debt paid twice': raw([{ ...five, account: 'payout-sent e' }, minusFive]),
    'a shortfall repaid twice': raw([five, { ...minusFive, account: 'shortfall fund-available:q' }]),
  },
  'no fund has money and a shortfall at once': {
    'both at once': raw([{ ...five, account: 'shortfall fund-available:p' }, minusFive]),
  },
  'a decision never moved cash or made a shortfall': {
    'one that did': raw([{ ...five, account: 'shortfall fund-available:q' }, minusFive], {
      nature: 'decision',
    }),
    'one that took cash': raw([{ account: 'bank b', amount: 5, balance: 105, version: 2 }, minusFive], {
      nature: 'decision',
    }),
  },
  'every account has the side and floor of its kind, and every fund a shortfall of its own': {
    'a fund that may pass zero': ({ owner }) =>
      owner.query(
        "update ledger.accounts set floor = 'none', shortfall_id = null where kind = 'fund-available'",
      ),
    'an account on the other side': ({ owner }) =>
      owner.query("update ledger.accounts set side = 'credit' where kind = 'bank'"),
    "another fund's shortfall": async ({ app, owner }) => {
      await book(app, { key: 'other', lines: { 'bank b': 100, 'fund-available q': -100 } })
      await owner.query(`
        update ledger.accounts set shortfall_id = (select id from ledger.accounts where subject = 'fund-available:q')
         where subject = 'p'`)
    },
    'a shortfall of no fund': ({ owner }) =>
      owner.query("delete from ledger.accounts where kind = 'fund-available'"),
  },
  'a key stands for one entry': {
    'two entries under one key': twoOfAKey,
  },
  'every key and kind is well formed': {
    'a key of one letter': async ({ owner }) => {
      await owner.query('alter table ledger.entries drop constraint entries_key_check')
      await owner.query("update ledger.entries set key = 'x'")
    },
  },
}
