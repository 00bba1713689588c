/** A letter to whoever was given a way in: where it is, and what the first time asks. It holds no secret. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { letters, queueLetter } from '../mail/index.ts'
import { organisationById } from '../organisations/index.ts'

export interface Access {
  readonly email: string
  readonly locale: 'nl' | 'en'
  /** Staff set one up the first time. */
  readonly secondFactor: boolean
}

export async function tellOfAccess(
  trx: Transaction<DB>,
  deps: Deps,
  { email, locale, secondFactor }: Access,
): Promise<void> {
  const { legalName } = await organisationById(trx, deps.organisationId)
  const url = `${deps.publicUrl()}${locale === 'en' ? '/en' : ''}/sign-in`
  await queueLetter(trx, deps, {
    to: email,
    locale,
    kind: 'invitation',
    letter: letters.invitation({ locale, organisation: legalName, url, secondFactor }),
  })
}
