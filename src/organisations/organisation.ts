/** The legal entity that holds the money, and its bank accounts. */
import { type Generated, type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { newId } from '../platform/id.ts'
import type { ProfilesTable } from './profile.ts'
import type { ProviderKeysTable } from './provider-keys.ts'

export interface OrganisationTables {
  'organisations.organisations': {
    organisationId: Generated<number>
    slug: string
    legalName: string
    rsin: string | null
    contact: string
    createdAt: Generated<Date>
  }
  'organisations.bankAccounts': {
    organisationId: number
    id: string
    iban: string
    holder: string
    currency: Currency
    /** Null: the account that the organisation was founded with. */
    changeId: string | null
    createdAt: Generated<Date>
  }
  'organisations.profiles': ProfilesTable
  'organisations.providerKeys': ProviderKeysTable
}

export interface Organisation {
  readonly organisationId: number
  readonly slug: string
  readonly legalName: string
  readonly rsin: string | null
  readonly contact: string
}
export interface BankAccount {
  readonly id: string
  readonly iban: string
  readonly holder: string
  readonly currency: Currency
}

/** The organisation with this slug, or the first one; undefined when there is none. */
export async function defaultOrganisation(
  db: Kysely<DB> | Transaction<DB>,
  slug?: string,
): Promise<Organisation | undefined> {
  return db
    .selectFrom('organisations.organisations')
    .select(organisationColumns)
    .$if(slug !== undefined, query => query.where('slug', '=', slug as string))
    .orderBy('organisationId')
    .executeTakeFirst()
}

export async function organisationById(db: Kysely<DB>, organisationId: number): Promise<Organisation> {
  return db
    .selectFrom('organisations.organisations')
    .select(organisationColumns)
    .where('organisationId', '=', organisationId)
    .executeTakeFirstOrThrow()
}

const organisationColumns = ['organisationId', 'slug', 'legalName', 'rsin', 'contact'] as const

export async function createOrganisation(
  trx: Transaction<DB>,
  input: { slug: string; legalName: string; rsin?: string; contact: string },
): Promise<number> {
  const row = await trx
    .insertInto('organisations.organisations')
    .values({ ...input, rsin: input.rsin ?? null })
    .returning('organisationId')
    .executeTakeFirstOrThrow()
  return row.organisationId
}

/** `iban` is already validated and normalised. */
export async function addBankAccount(
  trx: Transaction<DB>,
  input: {
    organisationId: number
    iban: string
    holder: string
    currency: Currency
    /** Of every account but the first: the change that two people made. */
    changeId?: string
  },
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('organisations.bankAccounts')
    .values({ id, changeId: null, ...input })
    .execute()
  return id
}

export async function bankAccounts(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
): Promise<BankAccount[]> {
  return db
    .selectFrom('organisations.bankAccounts')
    .select(['id', 'iban', 'holder', 'currency'])
    .where('organisationId', '=', organisationId)
    .orderBy('id')
    .execute()
}

/**
 * The one that was last agreed on, which may be an old one again, or the founding one: what new pools are paid from, and
 * where the provider should pay out to.
 */
export async function currentBankAccount(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
): Promise<BankAccount | undefined> {
  const agreed = await db
    .selectFrom('changes.changes')
    .select(sql<string>`content->'to'->>'iban'`.as('iban'))
    .where('organisationId', '=', organisationId)
    .where('kind', '=', 'own-iban')
    .where('decision', '=', 'approved')
    .orderBy('decidedAt', 'desc')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  const all = await bankAccounts(db, organisationId)
  return all.find(({ iban }) => iban === agreed?.iban) ?? all.at(0)
}
