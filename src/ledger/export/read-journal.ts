/**
 * Reads the whole journal of one organisation, a page at a time, so that ten million entries need no more memory than
 * ten thousand. All pages are of one snapshot: entry ids are not given in the order of commits, so a page read later
 * could otherwise hold an entry whose account was moved by one that was not there yet.
 */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { JournalEntry, JournalPosting, Microseconds, UsedAccount } from './entry.ts'

const PAGE = 2_000

export interface Scope {
  readonly organisationId: number
  /** Entries recorded later are left out; null: none is. */
  readonly until: Microseconds | null
}

/** Entries by ascending id, which is also the order of postings within each account. */
export async function* readEntries(
  trx: Transaction<DB>,
  { organisationId, until }: Scope,
): AsyncGenerator<JournalEntry[]> {
  for (let after: bigint | undefined = 0n; after !== undefined; ) {
    const page = await entriesAfter(trx, organisationId, after)
    const entries = page.filter(each => until === null || each.recordedAt <= until)
    const [first, last] = [entries[0]?.id, entries.at(-1)?.id]
    if (first !== undefined && last !== undefined) {
      const postings = await postingsBetween(trx, organisationId, first, last)
      yield entries.map(each => ({ ...each, postings: postings.get(each.id) ?? [] }))
    }
    after = page.at(-1)?.id
  }
}

/** Accounts with at least one posting, by ascending id. */
export async function* readAccounts(trx: Transaction<DB>, scope: Scope): AsyncGenerator<UsedAccount[]> {
  for (let after: bigint | undefined = 0n; after !== undefined; ) {
    const accounts = await accountsAfter(trx, scope, after)
    yield accounts
    after = accounts.at(-1)?.id
  }
}

export async function readCurrencies(trx: Transaction<DB>, organisationId: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('ledger.accounts')
    .select('currency')
    .distinct()
    .where('organisationId', '=', organisationId)
    .where('version', '>', 0n)
    .orderBy('currency')
    .execute()
  return rows.map(row => row.currency)
}

const microseconds = (moment: RawBuilder<unknown>) => sql`(extract(epoch from ${moment}) * 1000000)::bigint`

async function entriesAfter(trx: Transaction<DB>, organisationId: number, after: bigint) {
  const { rows } = await sql<Omit<JournalEntry, 'postings'>>`
    select organisation_id, id, kind, nature, key, reverses,
           ${microseconds(sql`effective_at`)} as effective_at, ${microseconds(sql`recorded_at`)} as recorded_at
      from ledger.entries
     where organisation_id = ${organisationId} and id > ${after}
     order by id limit ${PAGE}`.execute(trx)
  return rows
}

async function postingsBetween(trx: Transaction<DB>, organisationId: number, first: bigint, last: bigint) {
  type Row = UsedAccount & JournalPosting & { entryId: bigint }
  const { rows } = await sql<Row>`
    select p.entry_id, p.amount, p.account_version, p.balance_after, a.kind, a.side, a.subject, a.pool_id, a.currency
      from ledger.postings p
      join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
     where p.organisation_id = ${organisationId} and p.entry_id between ${first} and ${last}
     order by p.entry_id, p.ordinal`.execute(trx)
  const byEntry = new Map<bigint, JournalPosting[]>()
  for (const {
    entryId,
    amount,
    accountVersion,
    balanceAfter,
    kind,
    side,
    subject,
    poolId,
    currency,
  } of rows) {
    const account = { kind, side, subject, poolId, currency }
    const posting = { account, amount, accountVersion, balanceAfter }
    const known = byEntry.get(entryId)
    if (known) known.push(posting)
    else byEntry.set(entryId, [posting])
  }
  return byEntry
}

/** The version that an account had at `until` is found by halving: recorded time never runs backwards within it. */
async function accountsAfter(trx: Transaction<DB>, { organisationId, until }: Scope, after: bigint) {
  const { rows } = await sql<UsedAccount & { id: bigint }>`
    select a.id, a.kind, a.side, a.subject, a.pool_id, a.currency, last.balance_after as balance,
           ${microseconds(sql`entry.recorded_at`)} as first_recorded_at
      from ledger.accounts a
      cross join lateral (
        with recursive halved (low, high) as (
          select case when ${until}::bigint is null then a.version else 0 end, a.version
          union all
          select case when m.past then h.low else h.middle end, case when m.past then h.middle - 1 else h.high end
            from (select low, high, (low + high + 1) / 2 as middle from halved where low < high) h
            cross join lateral (
              select ${microseconds(sql`e.recorded_at`)} > ${until}::bigint as past
                from ledger.postings p
                join ledger.entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
               where p.organisation_id = a.organisation_id and p.account_id = a.id and p.account_version = h.middle) m
        ) select low as version from halved where low = high) reached
      join ledger.postings last on last.organisation_id = a.organisation_id and last.account_id = a.id
       and last.account_version = reached.version
      join ledger.postings first on first.organisation_id = a.organisation_id and first.account_id = a.id
       and first.account_version = 1
      join ledger.entries entry on entry.organisation_id = a.organisation_id and entry.id = first.entry_id
     where a.organisation_id = ${organisationId} and a.id > ${after}
     order by a.id limit ${PAGE}`.execute(trx)
  return rows
}
