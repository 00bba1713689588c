/** Reading the ledger: what is where now, by pool and for the whole organisation. Amounts stand on their own side. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type AccountKind, type AccountReference, accountKinds } from './chart.ts'

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

/** Per kind of account, the total of the accounts of one pool. `shortfall` is of all the pool's funds together. */
export async function poolTotals(db: Reader, organisationId: number, poolId: string): Promise<Totals> {
  const rows = await totalsQuery(db, organisationId).where('poolId', '=', poolId).execute()
  return asTotals(rows)
}

/** The trial balance: per kind of account its total; debit sides and credit sides add up to the same. */
export async function organisationTotals(db: Reader, organisationId: number): Promise<Totals> {
  return asTotals(await totalsQuery(db, organisationId).execute())
}

function totalsQuery(db: Reader, organisationId: number) {
  return db
    .selectFrom('ledger.accounts')
    .select(({ fn }) => ['kind', 'side', fn.sum<string>('balance').as('total')])
    .where('organisationId', '=', organisationId)
    .groupBy(['kind', 'side'])
}

function asTotals(rows: { kind: AccountKind; side: string; total: string }[]): Totals {
  const known = new Map(
    rows.map(({ kind, side, total }) => [kind, onItsSide({ balance: BigInt(total), side })]),
  )
  return Object.fromEntries(accountKinds.map(kind => [kind, known.get(kind) ?? 0n])) as Record<
    AccountKind,
    bigint
  >
}

function onItsSide({ balance, side }: { balance: bigint; side: string }): bigint {
  return side === 'credit' ? -balance : balance
}
