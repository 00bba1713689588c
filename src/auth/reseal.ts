/** Seals addresses anew and hashes them anew, and encrypts authenticators' secrets anew, under the current secret. */
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { PORTION } from '../platform/reseal.ts'
import { emailContext } from './persons.ts'
import { addressText } from './proof/shapes.ts'
import { hashOldRecoveryCodes } from './second-factor/recovery-codes.ts'

type Portion = { resealed: number; last: string | null }

export async function resealAddresses(
  trx: Transaction<DB>,
  { vault, organisationId }: Pick<Deps, 'vault' | 'organisationId'>,
  after: string,
): Promise<Portion> {
  const rows = await trx
    .selectFrom('auth.persons')
    .select(['id', 'emailSealed'])
    .where('organisationId', '=', organisationId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PORTION)
    .forUpdate()
    .execute()
  const old = rows.flatMap(({ id, emailSealed }) =>
    emailSealed && !vault.isCurrent(emailSealed) ? [{ id, emailSealed }] : [],
  )
  for (const { id, emailSealed } of old) {
    const context = emailContext(organisationId, id)
    const address = vault.decrypt(emailSealed, context).toString()
    await trx
      .updateTable('auth.persons')
      .set({
        emailSealed: vault.encrypt(address, context),
        emailFingerprint: vault.fingerprint(addressText(address)),
      })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .execute()
  }
  return { resealed: old.length, last: rows.at(-1)?.id ?? null }
}

/** better-auth encrypts these itself, and says in front of each under which secret. */
export async function resealAuthenticators(
  trx: Transaction<DB>,
  { engines, organisationId, publicUrl }: Deps,
  after: string,
): Promise<Portion> {
  const { secretConfig: key } = await engines.at(publicUrl()).$context
  const rows = await trx
    .selectFrom('auth.authenticators')
    .select(['id', 'secret', 'recoveryCodes'])
    .where('organisationId', '=', organisationId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PORTION)
    .forUpdate()
    .execute()
  const current = versionOf(await symmetricEncrypt({ key, data: 'x' }))
  const decrypt = (data: string) => symmetricDecrypt({ key, data })
  for (const row of rows) await hashOldRecoveryCodes(trx, organisationId, row, decrypt)
  const old = rows.filter(({ secret }) => versionOf(secret) !== current)
  for (const { id, secret } of old) {
    const data = await decrypt(secret)
    await trx
      .updateTable('auth.authenticators')
      .set({ secret: await symmetricEncrypt({ key, data }) })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .execute()
  }
  return { resealed: old.length, last: rows.at(-1)?.id ?? null }
}

const versionOf = (encrypted: string) => /^\$ba\$(\d+)\$/.exec(encrypted)?.[1]
