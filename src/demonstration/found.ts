/** Lays the ground of a demonstration: an organisation, its bank account at the simulated bank, and its staff. */
import type { Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import { addPerson, grantRole } from '../auth/index.ts'
import type { DB } from '../database.ts'
import {
  addBankAccount,
  createOrganisation,
  defaultOrganisation,
  writeProfile,
} from '../organisations/index.ts'
import type { Vault } from '../platform/vault.ts'
import { openAccount } from '../simulation/bank/index.ts'
import { organisation, profile, staff } from './story.ts'

const OPENED_ON = '2026-01-02'

export async function foundDemonstration(
  trx: Transaction<DB>,
  vault: Vault,
): Promise<{ organisationId: number }> {
  // Two first starts at once: the second waits here and finds what the first one made.
  await trx.selectFrom('platform.installation').select('mode').forUpdate().execute()
  const known = await defaultOrganisation(trx)
  if (known) return known
  const { slug, legalName, rsin, contact, iban } = organisation
  const organisationId = await createOrganisation(trx, { slug, legalName, rsin, contact })
  await addBankAccount(trx, { organisationId, iban, holder: legalName, currency: 'EUR' })
  await openAccount(trx, { iban, holder: legalName, opening: 0n, openedOn: OPENED_ON })
  const byItself = (action: string, subject: { kind: string; id: string }, detail = {}) =>
    recordAct(trx, organisationId, { kind: 'system' }, { at: new Date(), action, subject, detail })
  await byItself('organisation.create', { kind: 'organisation', id: String(organisationId) })
  await writeProfile(trx, organisationId, { kind: 'system' }, new Date(), profile)
  for (const { name, email, role } of staff) {
    const personId = await addPerson(trx, vault, organisationId, { name, email })
    const grantId = await grantRole(trx, organisationId, { personId, role, grantedBy: null })
    await byItself('role.give', { kind: 'person', id: personId }, { role, grantId })
  }
  return { organisationId }
}
