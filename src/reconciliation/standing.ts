/** Ledger against bank: the balance of each bank account here and on its last statement, and what is in suspense. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import { accounts, balanceOf } from '../ledger/index.ts'
import type { Currency } from '../money/index.ts'
import { bankAccounts } from '../organisations/index.ts'
import { DomainError } from '../refusals.ts'
import { entryOfKey, keyOfEntry } from './entry-key.ts'
import type { SuspenseReason } from './tables.ts'

export interface BankStanding {
  readonly bankAccountId: string
  readonly iban: string
  readonly currency: Currency
  readonly ledger: bigint
  /** Null before the first statement. */
  readonly lastStatement: {
    readonly id: string
    readonly closing: bigint
    readonly closingDate: string
  } | null
}

export async function bankStandings(db: Kysely<DB>, organisationId: number): Promise<BankStanding[]> {
  const found: BankStanding[] = []
  for (const account of await bankAccounts(db, organisationId)) {
    const last = await db
      .selectFrom('reconciliation.statements')
      .select(['statementId as id', 'closing', 'closingDate'])
      .where('organisationId', '=', organisationId)
      .where('bankAccountId', '=', account.id)
      .orderBy('position', 'desc')
      .executeTakeFirst()
    found.push({
      bankAccountId: account.id,
      iban: account.iban,
      currency: account.currency,
      ledger: await balanceOf(db, organisationId, accounts.bank(account.id), account.currency),
      lastStatement: last ?? null,
    })
  }
  return found
}

export interface StatementSummary {
  readonly id: string
  readonly statementId: string
  readonly opening: bigint
  readonly closing: bigint
  readonly closingDate: string
  readonly importedAt: Date
}

/** The latest statements, newest first. */
export async function statements(
  db: Kysely<DB>,
  organisationId: number,
  limit: number,
): Promise<StatementSummary[]> {
  return db
    .selectFrom('reconciliation.statements')
    .select(['id', 'statementId', 'opening', 'closing', 'closingDate', 'importedAt'])
    .where('organisationId', '=', organisationId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** The bank's number of each of these statements, by id. */
export async function statementNumbers(
  db: Kysely<DB>,
  organisationId: number,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('reconciliation.statements')
    .select(['id', 'statementId'])
    .where('organisationId', '=', organisationId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, statementId }) => [id, statementId]))
}

/** An entry of the bank that nobody recognised, and nobody said yet what it was. */
export interface SuspenseEntry {
  /** Key of its entry in the ledger. */
  readonly entryKey: string
  readonly reference: string
  readonly amount: bigint
  readonly currency: Currency
  readonly bookedOn: string
  /** Null: nothing in it is known. */
  readonly reason: SuspenseReason | null
}

const inSuspense = (db: Kysely<DB>, organisationId: number) =>
  db
    .selectFrom('reconciliation.bankEntries as e')
    .innerJoin('organisations.bankAccounts as a', join =>
      join.onRef('a.organisationId', '=', 'e.organisationId').onRef('a.id', '=', 'e.bankAccountId'),
    )
    .leftJoin('reconciliation.suspenseResolutions as r', join =>
      join
        .onRef('r.organisationId', '=', 'e.organisationId')
        .onRef('r.bankAccountId', '=', 'e.bankAccountId')
        .onRef('r.reference', '=', 'e.reference'),
    )
    .select(['e.bankAccountId', 'e.reference', 'e.amount', 'e.bookedOn', 'e.suspenseReason as reason'])
    .select('a.currency')
    .where('e.organisationId', '=', organisationId)
    .where('e.matchedTo', '=', 'suspense')
    .where('e.amount', '<>', 0n)
    .where('r.id', 'is', null)

/** Newest first. */
export async function suspenseEntries(
  db: Kysely<DB>,
  organisationId: number,
  limit: number,
): Promise<SuspenseEntry[]> {
  const rows = await inSuspense(db, organisationId)
    .orderBy('e.bookedOn', 'desc')
    .orderBy('e.reference')
    .limit(limit)
    .execute()
  return rows.map(withKey)
}

/** Throws `not-found`, also when it is in suspense no more. */
export async function suspenseEntry(
  db: Kysely<DB>,
  organisationId: number,
  entryKey: string,
): Promise<SuspenseEntry> {
  const { bankAccountId, reference } = entryOfKey(entryKey)
  const row = await inSuspense(db, organisationId)
    .where('e.bankAccountId', '=', bankAccountId)
    .where('e.reference', '=', reference)
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'entryKey' })
  return withKey(row)
}

const withKey = ({
  bankAccountId,
  ...entry
}: Omit<SuspenseEntry, 'entryKey'> & { bankAccountId: string }): SuspenseEntry => ({
  ...entry,
  entryKey: keyOfEntry(bankAccountId, entry.reference),
})
