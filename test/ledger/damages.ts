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
    update ledger.accounts a set balance = s.balance, version = s.version
      from (select account_id, sum(amount) as balance, count(*) as version from ledger.postings group by 1) s
     where s.account_id = a.id`)
/** An entry written past the posting function, and the account rows as it leaves them. */
const raw =
  (postings: readonly RawPosting[], entry: Parameters<typeof insertRaw>[2] = {}): Damage =>
  async ledger => {
    await insertRaw(ledger.owner, postings, entry)
    await settle(ledger)
  }

/** Damage of these checks is to the schema, not to its rows. */
export const ofSchema = new Set([
  'the triggers that enforce the laws are in place',
  'the application has no right to write the ledger',
])
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
  'a reversing entry mirrors the entry that it reverses': {
    'a reversing entry that is no mirror': async ({ owner, app }) => {
      await book(app, { key: 'half', lines: { 'bank b': -50, 'fund-available p': 50 } })
      await owner.query(`
        update ledger.entries set reverses = (select id from ledger.entries where key = 'gift') where key = 'half'`)
    },
  },
  'running balances and versions follow without a gap': {
    'a wrong running balance': raw([five, { ...minusFive, balance: -6 }]),
    'a version that is skipped': raw([five, { ...minusFive, version: 2 }]),
  },
  'balance and version of an account follow from its postings': {
    'a balance by hand': ({ owner }) =>
      owner.query("update ledger.accounts set balance = -200 where kind = 'fund-available'"),
    'a version by hand': ({ owner }) =>
      owner.query("update ledger.accounts set version = 7 where kind = 'bank'"),
    'money of nowhere': ({ owner }) =>
      owner.query(`insert into ledger.accounts (organisation_id, kind, side, floor, subject, currency, balance)
                   values (1, 'bank', 'debit', 'none', 'rich', 'EUR', 100)`),
  },
  'recorded time never runs backwards within an account': {
    'an entry dated back': raw([{ account: 'bank b', amount: 5, balance: 105, version: 2 }, minusFive], {
      recordedAt: '2020-01-01',
    }),
  },
  'no fund, debt or shortfall stands on its wrong side': {
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
  'a decision never made a shortfall': {
    'one that did': raw([{ ...five, account: 'shortfall fund-available:q' }, minusFive], {
      nature: 'decision',
    }),
  },
  'the triggers that enforce the laws are in place': {
    'one disabled': ({ owner }) => owner.query('alter table ledger.postings disable trigger apply_postings'),
    'all of a table disabled': ({ owner }) => owner.query('alter table ledger.entries disable trigger all'),
    'one that fires for replicas only': ({ owner }) =>
      owner.query('alter table ledger.accounts enable replica trigger guard_accounts'),
    'one dropped': ({ owner }) => owner.query('drop trigger append_only on ledger.account_kinds'),
  },
  'the application has no right to write the ledger': {
    'a right to insert': ({ owner }) => owner.query('grant insert on ledger.entries to meent_app'),
    'a right of everybody': ({ owner }) => owner.query('grant truncate on ledger.accounts to public'),
    'a right to one column': ({ owner }) =>
      owner.query('grant update (balance) on ledger.accounts to meent_app'),
    'a function that is not for it': ({ owner }) =>
      owner.query('grant execute on all functions in schema ledger to meent_app'),
  },
}
