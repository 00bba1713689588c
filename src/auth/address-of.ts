/** Where a letter to somebody goes. What it says is the caller's; that it is sent stands in the outbox. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { emailContext } from './persons.ts'

/** Null: this person has no address. */
export async function addressOf(
  trx: Transaction<DB>,
  { organisationId, vault }: Pick<Deps, 'organisationId' | 'vault'>,
  personId: string,
): Promise<{ readonly email: string; readonly locale: 'nl' | 'en' } | null> {
  const { emailSealed, locale } = await trx
    .selectFrom('auth.persons')
    .select(['emailSealed', 'locale'])
    .where('organisationId', '=', organisationId)
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  if (!emailSealed) return null
  return { email: vault.decrypt(emailSealed, emailContext(organisationId, personId)).toString(), locale }
}
