/** What somebody can show as a second factor. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'

export interface SecondFactors {
  readonly authenticator: boolean
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly createdAt: Date }[]
}

export async function secondFactorsOf(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  personId: string,
): Promise<SecondFactors> {
  const working = await db
    .selectFrom('auth.authenticators')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .where('verified', '=', true)
    .executeTakeFirst()
  const passkeys = await db
    .selectFrom('auth.passkeys')
    .select(['id', 'name', 'createdAt'])
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .execute()
  return { authenticator: working !== undefined, passkeys }
}
