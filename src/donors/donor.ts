/**
 * A donor is an address, known since somebody typed it in with a gift or proved that it is theirs. It is sealed, and found by a
 * keyed hash of its own: no other table can be joined to it.
 */
import type { Transaction } from 'kysely'
import { addressOfPerson, normalEmail } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { requirePlainAddress } from '../mail/index.ts'
import type { Locale } from '../money/index.ts'
import { newId } from '../platform/id.ts'
import { withPersonalData } from '../platform/personal.ts'

type Parts = Pick<Deps, 'organisationId' | 'vault' | 'clock'>

export const emailContext = (organisationId: number, id: string) =>
  `donors.donors/${organisationId}/${id}/email`

export const addressText = (email: string) => `donor/${normalEmail(email)}`

export interface Donor {
  readonly id: string
  readonly email: string
  /** Of their letters. */
  readonly locale: Locale
  readonly knownSince: Date
}

/**
 * The donor of this address, made when there is none; answers the id. Whether there was one shows nowhere. Refuses with
 * `invalid-request` (field `email`) what is not one plain address.
 */
export async function donorOfAddress(
  trx: Transaction<DB>,
  parts: Parts,
  { email, locale }: { readonly email: string; readonly locale: Locale },
): Promise<string> {
  const { organisationId, vault, clock } = parts
  const address = normalEmail(requirePlainAddress(email.trim()))
  const known = await idOfAddress(trx, parts, address)
  if (known) return known
  const id = newId()
  const donor = {
    ...{ organisationId, id, locale },
    emailSealed: vault.encrypt(address, emailContext(organisationId, id)),
    emailFingerprint: vault.fingerprint(addressText(address)),
    knownSince: clock.now(),
    erasedAt: null,
  }
  const made = await withPersonalData(trx, () =>
    trx
      .insertInto('donors.donors')
      .values(donor)
      .onConflict(conflict => conflict.doNothing()) // somebody else made it meanwhile
      .returning('id')
      .executeTakeFirst(),
  )
  const there = made?.id ?? (await idOfAddress(trx, parts, address))
  if (!there) throw new Error('a donor was neither made nor found')
  return there
}

/** Of the address that this person proved when they signed in: it leads to its gifts, and nothing else does. */
export async function donorIdOfPerson(
  trx: Transaction<DB>,
  parts: Parts,
  personId: string,
): Promise<string | null> {
  const address = await addressOfPerson(trx, parts, personId)
  return address && idOfAddress(trx, parts, address)
}

/** The same, made when there is none; null for a person without an address. */
export async function ownDonor(
  trx: Transaction<DB>,
  parts: Parts,
  { personId, locale }: { readonly personId: string; readonly locale: Locale },
): Promise<string | null> {
  const email = await addressOfPerson(trx, parts, personId)
  return email && donorOfAddress(trx, parts, { email, locale })
}

async function idOfAddress(
  trx: Transaction<DB>,
  { organisationId, vault }: Parts,
  address: string,
): Promise<string | null> {
  const row = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.donors')
      .select('id')
      .where('organisationId', '=', organisationId)
      .where('emailFingerprint', 'in', [...vault.fingerprints(addressText(address))])
      .executeTakeFirst(),
  )
  return row?.id ?? null
}

/** In clear; null once erased. Nobody erases them until the transaction ends. */
export async function donorById(
  trx: Transaction<DB>,
  { organisationId, vault }: Pick<Deps, 'organisationId' | 'vault'>,
  id: string,
): Promise<Donor | null> {
  const row = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.donors')
      .select(['id', 'emailSealed', 'locale', 'knownSince'])
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .forShare()
      .executeTakeFirst(),
  )
  if (!row?.emailSealed) return null
  const { emailSealed, ...rest } = row
  return { ...rest, email: vault.decrypt(emailSealed, emailContext(organisationId, id)).toString() }
}
