/** Ledger against bank: the balance of each bank account here and on its last statement, and what is in suspense. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import { accounts, balanceOf } from '../ledger/index.ts'
import type { Currency } from '../money/index.ts'
import { bankAccounts } from '../organisations/index.ts'

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

/** Booked entries that were not recognised, newest first. */
export async function suspenseEntries(db: Kysely<DB>, organisationId: number, limit: number) {
  return db
    .selectFrom('reconciliation.bankEntries')
    .select(['reference', 'amount', 'bookedOn'])
    .where('organisationId', '=', organisationId)
    .where('matchedTo', '=', 'suspense')
    .orderBy('bookedOn', 'desc')
    .limit(limit)
    .execute()
}
