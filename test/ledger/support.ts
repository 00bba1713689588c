/**
 * A ledger for one test file, and the ways to attack it: as the application, as the owner, and through the posting
 * function. Accounts are named 'kind subject', amounts are debit positive.
 */
import type { Kysely } from 'kysely'
import pg from 'pg'
import type { Test } from 'tap'
import type { DB } from '../../src/database.ts'
import { connect } from '../../src/platform/db.ts'
import { testDatabase } from '../support/database.ts'

export interface TestLedger {
  readonly owner: pg.Client
  readonly app: pg.Client
  readonly appUrl: string
  readonly db: Kysely<DB>
}

/** By account; as pairs when one account occurs twice. */
export type Lines = Readonly<Record<string, number>> | readonly (readonly [account: string, amount: number])[]

export interface RawEntry {
  readonly key: string
  readonly lines: Lines
  readonly nature?: 'fact' | 'decision'
  readonly kind?: string
  readonly at?: string
  readonly reverses?: string
  readonly organisationId?: number
}

export const someDay = '2027-03-01T12:00:00Z'

export async function testLedger(t: Test, maxConnections = 10): Promise<TestLedger> {
  const { url, appUrl } = await testDatabase(t)
  const db = connect<DB>({ url, maxConnections, onError: () => undefined })
  t.teardown(() => db.destroy())
  return { owner: await client(t, url), app: await client(t, appUrl), appUrl, db }
}

export async function client(t: Test, url: string): Promise<pg.Client> {
  const opened = new pg.Client(url)
  opened.on('error', () => {})
  await opened.connect()
  t.teardown(() => opened.end())
  return opened
}

export async function accountIds(
  at: pg.Client,
  names: readonly string[],
  { organisationId = 1, currency = 'EUR' } = {},
): Promise<string[]> {
  const parts = names.map(name => name.split(' '))
  // A shortfall comes with its fund.
  const named = parts.map(([kind, subject]) =>
    kind === 'shortfall' ? (subject?.split(':') ?? []) : [kind, subject],
  )
  await at.query('select ledger.open_accounts($1, $2, $3, $4, $5)', [
    organisationId,
    named.map(([kind]) => kind),
    named.map(([, subject]) => subject ?? ''),
    named.map(() => null),
    currency,
  ])
  const { rows } = await at.query(
    `select a.id::text from unnest($2::text[], $3::text[]) with ordinality w(kind, subject, place)
       join ledger.accounts a on a.organisation_id = $1 and a.kind = w.kind and a.subject = w.subject and a.currency = $4
      order by w.place`,
    [organisationId, parts.map(([kind]) => kind), parts.map(([, subject]) => subject ?? ''), currency],
  )
  return rows.map(row => row.id)
}

/** Posts one entry with `ledger.post_movements`, as anybody with a connection of the application could. */
export async function book(at: pg.Client, entry: RawEntry): Promise<{ id: string; outcome: string }> {
  const { organisationId = 1, nature = 'fact', kind = 'raw-entry', key, reverses = null } = entry
  const lines: (readonly [string, number])[] = Array.isArray(entry.lines)
    ? entry.lines
    : Object.entries(entry.lines)
  const names = [...new Set(lines.map(([account]) => account))]
  const { rows } = await at.query(
    `select entry_ids[1]::text as id, case when already is null then 'posted' else 'already' end as outcome
       from ledger.post_movements($1, $2, 'EUR', array[$3], array[$4], array[$5]::timestamptz[], array[$6]::bigint[],
              $7, $8, array_fill(null::uuid, array[cardinality($7::text[])]),
              array_fill(1, array[cardinality($9::int[])]), $9, $10)`,
    [
      ...[organisationId, nature, key, kind, entry.at ?? someDay, reverses],
      names.map(name => name.split(' ')[0]),
      names.map(name => name.split(' ')[1] ?? ''),
      lines.map(([account]) => names.indexOf(account) + 1),
      lines.map(([, amount]) => amount),
    ],
  )
  return rows[0]
}

/** Every account that holds something, by its name. */
export async function balances(at: pg.Client, organisationId = 1): Promise<Record<string, number>> {
  const { rows } = await at.query<{ name: string; balance: number }>(
    `select trim(kind || ' ' || subject) as name, balance::float8 as balance from ledger.accounts
      where organisation_id = $1 and balance <> 0 order by 1`,
    [organisationId],
  )
  return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]))
}

export async function countOf(at: pg.Client, table: 'entries' | 'postings' | 'accounts'): Promise<number> {
  const { rows } = await at.query(`select count(*)::int as n from ledger.${table}`)
  return rows[0].n
}

/** What is refused leaves nothing: not a row, not a cent. */
export async function refused(
  t: Test,
  at: pg.Client,
  attack: () => Promise<unknown>,
  expected: Error | { code: string | RegExp; message?: RegExp; detail?: string },
  what: string,
): Promise<void> {
  const state = async () => [await countOf(at, 'entries'), await countOf(at, 'postings'), await balances(at)]
  const before = await state()
  await t.rejects(attack(), expected, what)
  t.strictSame(await state(), before, `${what}: nothing was written`)
}
