/**
 * The journal against itself, each posting looked at once: entries are taken some thousands at a time in the order of
 * their ids, with all their postings, so that memory stays the same however long the journal is. Because entry ids
 * ascend within an account, a portion holds a run of each account's versions; only the first of a run is looked up
 * behind, by the primary key. So portions depend on nothing but the snapshot, and two connections can share them.
 */
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { type Broken, DETAILS } from '../../platform/checks.ts'

/** Entries from one id to another, both included, and whatever postings point there. */
export interface Portion {
  readonly from: bigint
  readonly to: bigint
}

export interface Walked {
  readonly entries: number
  readonly postings: number
  readonly broken: readonly Broken[]
}

/** Sorted in memory: about 15 MB at two or three postings an entry. */
const PORTION = 20_000
const FIRST = -(2n ** 63n)
const LAST = 2n ** 63n - 1n

/** What a portion is asked, by the name of its column in the query. */
export const journalLaws = {
  unwhole: 'every entry has two or more postings that sum to zero in one currency',
  stray: 'every posting belongs to an entry and an account',
  gap: 'running balances and versions follow without a gap',
  backwards: 'entry ids and recorded time never run backwards within an account',
  wrongSide: 'no fund, debt or shortfall ever stood on its wrong side',
  overreach: 'a decision never moved cash or made a shortfall',
  oddKey: 'every key and kind is well formed',
} as const
type Column = keyof typeof journalLaws

/** The whole journal of an organisation, or its newest entries. */
export async function portionsOf(
  trx: QueryExecutorProvider,
  organisationId: number,
  newest?: number,
): Promise<Portion[]> {
  const { rows } = await sql<{ id: bigint }>`
    with recursive start as (
      select id from ledger.entries where organisation_id = ${organisationId}
       order by id desc offset ${Math.max((newest ?? 1) - 1, 0)}::bigint limit ${newest === undefined ? 0 : 1}
    ), step as (
      select coalesce((select id from start), ${FIRST}::bigint) as id
      union all
      select (select e.id from ledger.entries e where e.organisation_id = ${organisationId} and e.id > step.id
               order by e.id offset ${PORTION} limit 1) from step where step.id is not null
    ) select id from step where id is not null`.execute(trx)
  return rows.map(({ id }, index) => {
    const next = rows[index + 1]
    return { from: id, to: next ? next.id - 1n : LAST }
  })
}

/**
 * A portion is sorted in memory, and joined to the accounts by their key where there are many: whatever the tables'
 * statistics say, no portion reads a table whole.
 */
export const walkSettings = {
  work_mem: '32MB',
  jit: 'off',
  enable_seqscan: 'off',
  max_parallel_workers_per_gather: '0',
}

export async function walkPortion(
  trx: QueryExecutorProvider,
  organisationId: number,
  portion: Portion,
): Promise<Walked> {
  const { rows } = await lookedAt(organisationId, portion).execute(trx)
  const [found] = rows
  if (!found) throw new Error('a count is always answered')
  const broken = (Object.keys(journalLaws) as Column[]).flatMap(column => {
    const count = Number(found[column])
    const details = (found[`${column}Places`] ?? []).map(place => `entry ${organisationId}/${place}`)
    return count === 0 ? [] : [{ check: journalLaws[column], count, details }]
  })
  return { entries: Number(found.entries), postings: Number(found.postings), broken }
}

type Found = { entries: bigint; postings: string } & Record<Column, bigint> &
  Record<`${Column}Places`, string[] | null>

function lookedAt(organisationId: number, { from, to }: Portion): RawBuilder<Found> {
  const ours = sql`organisation_id = ${organisationId}`
  const counted = (Object.keys(journalLaws) as Column[]).map(column => {
    const flag = sql.ref(column)
    return sql`count(*) filter (where ${flag}) as ${flag},
      (array_agg(place) filter (where ${flag}))[1:${sql.lit(DETAILS)}] as ${sql.ref(`${column}Places`)}`
  })
  return sql<Found>`
    with followed as (
      select coalesce(e.id, p.entry_id) as entry_id, e.id as known_entry, a.id as known_account, p.account_id, p.amount,
             p.ordinal, a.currency collate "C" as currency,
             e.odd_key,
             case when lag(p.account_version) over account = p.account_version - 1
                  then lag(p.balance_after) over account + p.amount = p.balance_after
                  when p.account_version = 1 then p.balance_after = p.amount
                  else coalesce((select b.balance_after + p.amount = p.balance_after from ledger.postings b
                                  where b.${ours} and b.account_id = p.account_id
                                    and b.account_version = p.account_version - 1), false) end as follows,
             case when lag(p.account_version) over account = p.account_version - 1
                  then lag(p.entry_id) over account <= p.entry_id and lag(e.recorded_at) over account <= e.recorded_at
                  when p.account_version > 1
                  then (select b.entry_id <= p.entry_id and c.recorded_at <= e.recorded_at from ledger.postings b
                          join ledger.entries c on c.${ours} and c.id = b.entry_id
                         where b.${ours} and b.account_id = p.account_id
                           and b.account_version = p.account_version - 1) end as ascends,
             a.floor <> 'none' and case a.side when 'debit' then p.balance_after < 0 else p.balance_after > 0 end
               as wrong_side,
             e.decided and (a.kind in ('stripe-pending', 'stripe-available', 'in-transit', 'bank')
                           or a.kind = 'shortfall' and p.amount > 0) as overreach
        from (select id, recorded_at, nature = 'decision' as decided,
                     length(key) not between 3 and 200 or length(kind) < 3 or nature not in ('decision', 'fact') as odd_key
                from ledger.entries where ${ours} and id between ${from} and ${to}) e
        full join (select * from ledger.postings where ${ours} and entry_id between ${from} and ${to}) p
          on p.entry_id = e.id
        left join ledger.accounts a on a.${ours} and a.id = p.account_id
      window account as (partition by p.account_id order by p.account_version)
    ), entry as (
      select entry_id, count(known_entry) > 0 as known, count(amount) as postings,
             (sum(amount) = 0 and count(amount) > 1 and min(ordinal) = 1 and max(ordinal) = count(amount)
               and min(currency) = max(currency)) is not true as unwhole,
             count(known_entry) < count(*) or count(known_account) < count(amount) as stray,
             bool_or(not follows) is true as gap, bool_or(not ascends) is true as backwards,
             bool_or(wrong_side) is true as wrong_side, bool_or(overreach) is true as overreach,
             bool_or(odd_key) is true as odd_key,
             min(account_id) filter (where not follows or not ascends or wrong_side or overreach) as account_id
        from followed group by entry_id
    )
    select count(*) filter (where known) as entries, coalesce(sum(postings), 0) as postings, ${sql.join(counted)}
      from (select entry.*, concat_ws(' at account ', entry_id, account_id) as place from entry) entry`
}
