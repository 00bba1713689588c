/** Any history of a small ledger, with times of our choosing, and what a reader of it should see, worked out the slow way. */
import fc from 'fast-check'
import type pg from 'pg'
import { type AccountKind, accountKinds } from '../../src/ledger/chart.ts'

export const poolId = '00000000-0000-7000-8000-000000000001'
const ofPool = { subject: poolId, poolId }
/** None has a floor, so that any history will do. */
export const accounts: readonly { kind: AccountKind; subject: string; poolId: string | null }[] = [
  { kind: 'stripe-pending', ...ofPool },
  { kind: 'dispute-receivable', ...ofPool },
  { kind: 'bank', subject: 'b', poolId: null },
  { kind: 'suspense', subject: '', poolId: null },
]
const START = Date.parse('2027-03-01T12:00:00Z')

export interface Told {
  readonly id: bigint
  readonly kind: string
  readonly key: string
  /** Microseconds after `START`, as Postgres keeps them. */
  readonly recorded: number
  readonly effective: number
  /** By place in `accounts`; debit positive. */
  readonly legs: readonly (readonly [account: number, amount: bigint])[]
}

const anyLeg = fc.tuple(fc.nat(accounts.length - 1), fc.constantFrom(1n, 100n, -7n, -2_500n))

/** Most at the same moment as the one before, or within the same millisecond; some take effect late, a few ahead. */
export const anyHistory = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 0, 1, 300, 999, 1_000, 5_000),
      lag: fc.constantFrom(0, 0, 1, 500, 1_000, 12_345, -2_000),
      kind: fc.constantFrom('money-came', 'money-went', 'money-lost'),
      prefix: fc.constantFrom('a', 'A', 'a%', 'a_b', 'ab', 'é', 'x\\'),
      legs: fc.oneof(
        fc.array(anyLeg, { minLength: 1, maxLength: 1 }),
        fc.array(anyLeg, { minLength: 2, maxLength: 9 }),
      ),
      last: fc.nat(accounts.length - 1),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  )
  .map(steps => {
    let recorded = 0
    return steps.map(({ gap, lag, prefix, legs, last, kind }, index) => {
      recorded += gap
      const total = legs.reduce((sum, [, amount]) => sum + amount, 0n)
      const whole =
        total === 0n
          ? [...legs, [last, 5n] as const, [last, -5n] as const]
          : [...legs, [last, -total] as const]
      return { kind, key: `${prefix}${index}-key`, recorded, effective: recorded - lag, legs: whole }
    })
  })

/** Written by the owner, entry by entry, past the posting function but under all of the ledger's laws. */
export async function write(
  owner: pg.Client,
  organisationId: number,
  history: readonly Omit<Told, 'id'>[],
): Promise<Told[]> {
  const { rows } = await owner.query<{ ids: string[] }>(
    `select ledger.open_accounts($1, $2, $3, $4, 'EUR')::text[] as ids`,
    [organisationId, accounts.map(a => a.kind), accounts.map(a => a.subject), accounts.map(a => a.poolId)],
  )
  const ids = rows[0]?.ids ?? []
  const state = accounts.map(() => ({ version: 0, balance: 0n }))
  const told: Told[] = []
  for (const entry of history) {
    const lines = entry.legs.map(([account, amount]) => {
      const now = state[account] ?? { version: 0, balance: 0n }
      now.version += 1
      now.balance += amount
      return { account: ids[account], amount, version: now.version, balance: now.balance }
    })
    const { rows } = await owner.query<{ id: string }>(
      `with entry as (
         insert into ledger.entries (organisation_id, kind, nature, key, effective_at, recorded_at)
         values ($1, $2, 'fact', $3, $4::timestamptz + $5 * interval '1 us', $4::timestamptz + $6 * interval '1 us')
         returning id
       ), written as (
         insert into ledger.postings
           (organisation_id, entry_id, account_id, amount, account_version, balance_after, ordinal)
         select $1, entry.id, p.* from entry,
                unnest($7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[]) with ordinality p
       ) select id::text from entry`,
      [
        ...[organisationId, entry.kind, entry.key, new Date(START), entry.effective, entry.recorded],
        ...[lines.map(l => l.account), lines.map(l => l.amount)],
        ...[lines.map(l => l.version), lines.map(l => l.balance)],
      ],
    )
    told.push({ ...entry, id: BigInt(rows[0]?.id ?? 0) })
  }
  return told
}

/** The millisecond that holds this microsecond. */
export const momentOf = (microseconds: number) => new Date(START + Math.floor(microseconds / 1000))

/** Debit positive, by place in `accounts`. */
export function balancesOf(told: readonly Told[], counts: (entry: Told) => boolean): bigint[] {
  const balances = accounts.map(() => 0n)
  for (const { legs } of told.filter(counts))
    for (const [account, amount] of legs) balances[account] = (balances[account] ?? 0n) + amount
  return balances
}

/** By kind of account, as `Totals` have them. */
export const totalsOf = (balances: readonly bigint[], isIn = (_: number) => true) =>
  Object.fromEntries(
    accountKinds.map(kind => {
      const place = accounts.findIndex(account => account.kind === kind)
      return [kind, place >= 0 && isIn(place) ? (balances[place] ?? 0n) : 0n]
    }),
  )
