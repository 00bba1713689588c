/** What is where now, or was at a recorded moment: of an account, a pool, the organisation. Amounts stand on their own side. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type AccountKind, type AccountReference, accountKinds } from './chart.ts'
import { isRecordedBy, isUntil, withLastPostings } from './last-postings.ts'

type Reader = Kysely<DB> | Transaction<DB>

/** The balance of one account on its normal side (debit for cash, credit for funds and debts); 0 when not opened. */
export async function balanceOf(
  db: Reader,
  organisationId: number,
  account: AccountReference,
  currency: string,
): Promise<bigint> {
  const row = await db
    .selectFrom('ledger.accounts')
    .select(['balance', 'side'])
    .where('organisationId', '=', organisationId)
    .where('kind', '=', account.kind)
    .where('subject', '=', account.subject)
    .where('currency', '=', currency)
    .executeTakeFirst()
  return row ? onItsSide(row) : 0n
}

export type Totals = Readonly<Record<AccountKind, bigint>>

/**
 * Per kind of account, the total of the accounts of one pool, now or as recorded at a moment (see `isUntil`).
 * `shortfall` is of all the pool's funds together. A pool has one currency: anything else is a fault of ours, and throws.
 */
export async function poolTotals(
  db: Reader,
  organisationId: number,
  poolId: string,
  recordedAt?: Date,
): Promise<Totals> {
  const rows = await totalsOf(db, organisationId, { poolId, recordedAt })
  if (new Set(rows.map(row => row.currency)).size > 1) throw new Error(`pool ${poolId} has two currencies`)
  return asTotals(rows)
}

/** What a pool's funds hold, what of it is promised to recipients, and what it lacks. */
export const inTotal = (totals: Totals) => ({
  funds: totals['fund-pending'] + totals['fund-available'] + totals['fund-disputed'],
  promised: totals['enrolment-reserved'] + totals['recipient-payable'] + totals['payout-sent'],
  shortfall: totals.shortfall,
})

export interface TrialBalance {
  readonly currency: string
  readonly totals: Totals
  /** Debit positive, by kind of account; those that hold nothing are left out. */
  readonly lines: readonly { readonly kind: AccountKind; readonly total: bigint }[]
  /** What stands on each side, added up over kinds of account: the same amount, or the ledger is broken. */
  readonly debit: bigint
  readonly credit: bigint
}

/** Every state of money in total, for each currency that has accounts; now, or as recorded at a moment. */
export async function trialBalances(
  db: Reader,
  organisationId: number,
  recordedAt?: Date,
): Promise<TrialBalance[]> {
  const rows = await totalsOf(db, organisationId, { recordedAt })
  return [...Map.groupBy(rows, row => row.currency)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, own]) => ({
      currency,
      totals: asTotals(own),
      lines: accountKinds.flatMap(kind => own.filter(row => row.kind === kind && row.total !== 0n)),
      debit: sumOf(own.filter(row => row.total > 0n)),
      credit: -sumOf(own.filter(row => row.total < 0n)),
    }))
}

interface Total {
  readonly kind: AccountKind
  readonly side: string
  readonly currency: string
  /** Debit positive. */
  readonly total: bigint
}

/** Accounts that did not move since the moment still stand as they stood then, and are not searched. */
async function totalsOf(
  db: Reader,
  organisationId: number,
  { poolId, recordedAt }: { poolId?: string; recordedAt?: Date | undefined },
): Promise<Total[]> {
  const own = sql`a.organisation_id = ${organisationId}
    and ${poolId === undefined ? sql`true` : sql`a.pool_id = ${poolId}`}`
  const sums = (balance: ReturnType<typeof sql>) =>
    sql`select a.kind, a.side, a.currency, sum(${balance})::bigint as total`
  const { rows } = await (recordedAt === undefined
    ? sql<Total>`${sums(sql`a.balance`)} from ledger.accounts a where ${own} group by 1, 2, 3`
    : sql<Total>`${withLastPostings(
        organisationId,
        sql`select a.id, a.version from ledger.accounts a where ${own} and not ${isUntil(sql`a.recorded_at`, recordedAt)}`,
        isRecordedBy(recordedAt),
      )}
      ${sums(sql`coalesce(l.balance, a.balance)`)}
        from ledger.accounts a left join last_postings l on l.account_id = a.id where ${own} group by 1, 2, 3`
  ).execute(db)
  return rows
}

function asTotals(rows: readonly Total[]): Totals {
  const known = new Map(rows.map(({ kind, side, total }) => [kind, onItsSide({ balance: total, side })]))
  return Object.fromEntries(accountKinds.map(kind => [kind, known.get(kind) ?? 0n])) as Record<
    AccountKind,
    bigint
  >
}

const sumOf = (rows: readonly Total[]) => rows.reduce((sum, row) => sum + row.total, 0n)

/** Debit-normal accounts, and those of either side, as they are; credit-normal ones turned round. */
export function onItsSide({ balance, side }: { balance: bigint; side: string }): bigint {
  return side === 'credit' ? -balance : balance
}
