/**
 * The recipient as a person: name and account, sealed from the first row. Nothing else is kept; identity, age and
 * residence are looked at once, and only who looked, when and how is stored.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { newId } from '../platform/id.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { Vault } from '../platform/vault.ts'

export interface Payee {
  readonly name: string
  readonly iban: string
}

export const contextOf = (organisationId: number, id: string, column: string) =>
  `recipients.persons/${organisationId}/${id}/${column}`

export async function addPerson(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  input: Payee & { checkedBy: string; checkedAt: Date; checkedHow: string },
): Promise<string> {
  const id = newId()
  const { name, iban, ...check } = input
  const row = {
    organisationId,
    id,
    nameEncrypted: vault.encrypt(name, contextOf(organisationId, id, 'name')),
    ibanEncrypted: vault.encrypt(iban, contextOf(organisationId, id, 'iban')),
    ibanEnding: iban.slice(-4),
    ...check,
  }
  await withPersonalData(trx, () => trx.insertInto('recipients.persons').values(row).execute())
  return id
}

/** Names and accounts in clear, for a payment file: the caller records that it read them. */
export async function payees(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  personIds: readonly string[],
): Promise<Map<string, Payee>> {
  if (personIds.length === 0) return new Map()
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('recipients.persons')
      .select(['id', 'nameEncrypted', 'ibanEncrypted'])
      .where('organisationId', '=', organisationId)
      .where('id', 'in', personIds)
      .execute(),
  )
  const open = (sealed: Buffer, id: string, column: string) =>
    vault.decrypt(sealed, contextOf(organisationId, id, column)).toString()
  return new Map(
    rows.map(row => [
      row.id,
      { name: open(row.nameEncrypted, row.id, 'name'), iban: open(row.ibanEncrypted, row.id, 'iban') },
    ]),
  )
}

/** The last four characters of each person's account: enough to recognise, not to pay. */
export async function ibanEndings(
  trx: Transaction<DB>,
  organisationId: number,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('recipients.persons')
      .select(['id', 'ibanEnding'])
      .where('organisationId', '=', organisationId)
      .where('id', 'in', personIds)
      .execute(),
  )
  return new Map(rows.map(row => [row.id, row.ibanEnding]))
}
