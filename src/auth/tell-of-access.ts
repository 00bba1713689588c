/** A letter to whoever was given a way in: where it is, and what the first time asks. It holds no secret. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { letters, queueLetter } from '../mail/index.ts'
import { organisationById } from '../organisations/index.ts'
import { poolById } from '../pools/index.ts'
import type { RoleToGive } from './give-role.ts'
import { roleWords } from './role-words.ts'

interface Address {
  readonly email: string
  readonly locale: 'nl' | 'en'
}

/** Names the roles that were given with the invitation; one that waits for a second person is not said. */
export async function tellColleague(
  trx: Transaction<DB>,
  deps: Deps,
  { email, locale, roles }: Address & { readonly roles: readonly RoleToGive[] },
): Promise<void> {
  const named: string[] = []
  for (const { role, poolId } of roles) {
    const words = roleWords[locale][role]
    named.push(poolId ? `${words} (${(await poolById(trx, deps.organisationId, poolId)).name})` : words)
  }
  await queueLetter(trx, deps, {
    to: email,
    locale,
    kind: 'invitation',
    letter: letters.invitation({ ...(await commonOf(trx, deps, locale)), roles: named }),
  })
}

export async function tellRecipient(
  trx: Transaction<DB>,
  deps: Deps,
  { email, locale }: Address,
): Promise<void> {
  await queueLetter(trx, deps, {
    to: email,
    locale,
    kind: 'invitation',
    letter: letters.recipientAccess(await commonOf(trx, deps, locale)),
  })
}

async function commonOf(trx: Transaction<DB>, deps: Deps, locale: 'nl' | 'en') {
  const { legalName } = await organisationById(trx, deps.organisationId)
  return {
    locale,
    organisation: legalName,
    url: `${deps.publicUrl()}${locale === 'en' ? '/en' : ''}/sign-in`,
  }
}
