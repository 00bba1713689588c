// Verifying a ledger of gifts, half of them to one pool and half to a thousand others, with their donations and provider
// transactions, on two connections: the journal alone, and everything. The limit is a sequential scan and hash of the same
// rows, by one process, and once more by as many as Postgres likes.

import pg from 'pg'
import { type Scope, verify as verifyAll } from '../../src/verify/index.ts'
import { type Bench, inTurns, median, ROUNDS, rate } from './figure.ts'

const POOLS = 1000

const JOURNAL = ['ledger.entries', 'ledger.postings']
const ALL = [...JOURNAL, 'donations.donations', 'donations.provider_transactions']

export const verify: Bench = async ({ newDatabase, entries }) => {
  const { db, ownerUrl } = await newDatabase()
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  await fill(owner, entries)
  const hashed = (tables: readonly string[], workers: number) =>
    rate(entries, async () => {
      await owner.query(`set max_parallel_workers_per_gather = ${workers}`)
      for (const table of tables)
        await owner.query(`select sum(hashtextextended(t::text, 0)) from ${table} t`)
    })
  const verified = (scope: Scope) =>
    rate(entries, async () => {
      const report = await verifyAll(db, scope)
      if (report.laws.some(law => law.count > 0)) throw new Error(JSON.stringify(report, null, 1))
    })
  const journal: number[] = []
  const ofJournal: number[] = []
  const inParallel: number[] = []
  const { ours, limit } = await inTurns(
    ROUNDS,
    async () => {
      // One entry short of all of them: then the journal and the schema alone are asked.
      journal.push(await verified({ newest: entries - 1 }))
      return verified({})
    },
    async () => {
      ofJournal.push(await hashed(JOURNAL, 0))
      inParallel.push(await hashed(ALL, 2))
      return hashed(ALL, 0)
    },
  )
  await owner.end()
  const figure = (what: string, values: readonly number[], limits: readonly number[]) => ({
    figure: `entries verified, ${what}`,
    value: median(values),
    unit: '1/s',
    limit: median(limits),
  })
  return [
    figure('the journal alone, to its entries and postings', journal, ofJournal),
    figure('everything, to all its rows', ours, limit),
    figure('everything, to all its rows by all cores', ours, inParallel),
  ]
}

/**
 * Written as the owner with triggers off, as it would have been posted: gift n goes to pool 0 when n is even, else to
 * pool 1 to POOLS in turn, and is that pool's gift number `nth`. € 25 with a fee of € 0.29: three postings, two of them on
 * one account.
 */
async function fill(owner: pg.Client, entries: number): Promise<void> {
  const gifts = `
    (select n, case n % 2 when 0 then 0 else n / 2 % ${POOLS} + 1 end as pool,
            case n % 2 when 0 then n / 2 else n / 2 / ${POOLS} + 1 end as nth,
            '2027-01-01'::timestamptz + n * interval '10 ms' as at, 'txn_' || md5(n::text) as key,
            md5('gift' || n)::uuid as donation_id
       from generate_series(1, ${entries}::bigint) n)`
  const poolId = (number: string) => `md5('pool' || ${number})::uuid`
  for (const statement of [
    'set session_replication_role = replica',
    `insert into pools.pools (organisation_id, id, slug, name, kind, area, bank_account_id)
     select 1, ${poolId('n')}, 'pool-' || n, 'Pool ' || n, 'community', 'Somewhere', md5('bank')::uuid
       from generate_series(0, ${POOLS}) n`,
    `insert into donations.donations (organisation_id, id, pool_id, amount, currency, receipt_token_sha256, locale, provider,
                                      pool_name, return_base, fee_bearer, created_at)
     select 1, donation_id, ${poolId('pool')}, 2500, 'EUR', sha256(key::bytea), 'nl', 'simulated', 'Pool', 'here', 'pool', at
       from ${gifts} g`,
    `insert into donations.provider_transactions (organisation_id, id, kind, donation_id, pool_id, method, amount, fee, net,
                                                  currency, created_at, available_on)
     select 1, key, 'gift', donation_id, ${poolId('pool')}, 'ideal', 2500, 29, 2471, 'EUR', at, at + interval '2 days'
       from ${gifts} g`,
    `select ledger.open_accounts(1, array_agg(kind), array_agg(${poolId('n')}::text), array_agg(${poolId('n')}), 'EUR')
       from generate_series(0, ${POOLS}) n, unnest(array['stripe-pending', 'fund-pending']) kind`,
    `insert into ledger.entries (organisation_id, id, kind, nature, key, effective_at, recorded_at) overriding system value
     select 1, n, 'donation-received', 'fact', key, at, '2027-01-01'::timestamptz + n / 1000 * interval '10 s'
       from ${gifts} g`,
    `create temp table account as select kind, n as pool, id from ledger.accounts
       join generate_series(0, ${POOLS}) n on pool_id = ${poolId('n')} where kind <> 'shortfall'`,
    'analyze account',
    `insert into ledger.postings (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
     select 1, g.n, account.id, p.version, p.amount, p.balance, p.ordinal
       from ${gifts} g
      cross join lateral (values ('stripe-pending', nth, 2471, nth * 2471, 1),
                                 ('fund-pending', nth * 2 - 1, -2500, nth * -2471 - 29, 2),
                                 ('fund-pending', nth * 2, 29, nth * -2471, 3)) p(kind, version, amount, balance, ordinal)
       join account on account.kind = p.kind and account.pool = g.pool order by g.n, p.ordinal`,
    'vacuum analyze ledger.entries',
    'vacuum analyze ledger.postings',
    `update ledger.accounts a
        set balance = p.balance_after, version = p.account_version, last_entry_id = p.entry_id, recorded_at = e.recorded_at
       from (select account_id, max(account_version) as version from ledger.postings group by account_id) last
       join ledger.postings p on p.organisation_id = 1 and p.account_id = last.account_id and p.account_version = last.version
       join ledger.entries e on e.organisation_id = 1 and e.id = p.entry_id
      where a.organisation_id = 1 and a.id = last.account_id`,
    'vacuum analyze',
  ])
    await owner.query(statement)
}
