// The small organisation of a test: one bank account, three pools in euros, and somebody in every role.

import type { Kysely, Transaction } from 'kysely'
import { addPerson, grantRole, type Role } from '../../src/auth/index.ts'
import type { DB } from '../../src/database.ts'
import { addBankAccount, createOrganisation } from '../../src/organisations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { createVault, type Vault } from '../../src/platform/vault.ts'
import { closePool, createPool, type Pool } from '../../src/pools/index.ts'
import { openAccount } from '../../src/simulation/bank/index.ts'

/** Somebody with one role, for the whole organisation or for one pool; answers who. */
export async function addMember(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  name: string,
  role: Role,
  poolId: string | null = null,
): Promise<string> {
  const personId = await addPerson(trx, vault, organisationId, { name, email: `${name}@meent.example` })
  await grantRole(trx, organisationId, { personId, role, poolId, grantedBy: null })
  return personId
}

export const testVault = createVault(['a secret of the tests, of no value at all'])

export const OWN_IBAN = 'NL60MEEN0123456789'

const staff = {
  operator: 'operator',
  approver: 'approver',
  secondApprover: 'approver',
  treasurer: 'treasurer',
  auditor: 'auditor',
  administrator: 'administrator',
  privacyOfficer: 'privacy-officer',
  campaigner: 'campaigner',
  donor: 'donor',
  recipient: 'recipient',
} as const satisfies Record<string, Role>
export type StaffName = keyof typeof staff
export const roleOf = (name: StaffName): Role => staff[name]

export interface Seeded {
  readonly organisationId: number
  readonly bankAccountId: string
  /** `open` and `other` take gifts and recipients, `closed` does not. € 100 a month for 12 months, payday 25. */
  readonly pools: Readonly<Record<'open' | 'other' | 'closed', Pool>>
  /** Their ids. */
  readonly persons: Readonly<Record<StaffName, string>>
}

export type PoolTerms = Partial<Pick<Pool, 'monthlyAmount' | 'termMonths' | 'paydayOfMonth' | 'feeBearer'>>

const usualTerms = {
  kind: 'community',
  area: 'Testdorp',
  currency: 'EUR',
  monthlyAmount: 10_000n,
  termMonths: 12,
  paydayOfMonth: 25,
  feeBearer: 'pool',
} as const

export async function seedOrganisation(db: Kysely<DB>, vault: Vault, terms: PoolTerms): Promise<Seeded> {
  return inTransaction(db, async trx => {
    const holder = 'Stichting Proef'
    const organisationId = await createOrganisation(trx, {
      slug: 'proef',
      legalName: holder,
      contact: 'proef@meent.example',
    })
    const iban = OWN_IBAN
    const bankAccountId = await addBankAccount(trx, { organisationId, iban, holder, currency: 'EUR' })
    await openAccount(trx, { iban, holder, opening: 0n, openedOn: '2027-01-04' })
    const persons = {} as Record<StaffName, string>
    for (const [name, role] of Object.entries(staff) as [StaffName, Role][])
      persons[name] = await addMember(trx, vault, organisationId, name, role)
    const actor = { kind: 'person', id: persons.administrator } as const
    const at = new Date('2027-01-04T09:00:00Z')
    const pool = (slug: string) =>
      createPool(trx, organisationId, actor, at, {
        ...usualTerms,
        ...terms,
        slug,
        name: `Pot ${slug}`,
        bankAccountId,
      })
    const pools = { open: await pool('open'), other: await pool('ander'), closed: await pool('dicht') }
    await closePool(trx, organisationId, actor, at, { poolId: pools.closed.id, reason: 'Vol' })
    return { organisationId, bankAccountId, pools, persons }
  })
}
