/** A letter to whoever's way in changed or was used from elsewhere: if it was not they, they must know. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { letters, queueLetter, type SignInChange } from '../../mail/index.ts'
import { organisationById } from '../../organisations/index.ts'
import { addressOf } from '../address-of.ts'

export async function tellOfChange(
  trx: Transaction<DB>,
  deps: Deps,
  personId: string,
  what: SignInChange,
): Promise<void> {
  const { organisationId } = deps
  const person = await addressOf(trx, deps, personId)
  if (!person) return
  await queueLetter(trx, deps, {
    to: person.email,
    locale: person.locale,
    kind: what === 'new-place' || what === 'address-replaced' ? 'sign-in-elsewhere' : 'second-factor',
    letter: letters.signInElsewhere({
      locale: person.locale,
      organisation: (await organisationById(trx, organisationId)).legalName,
      url: `${deps.publicUrl()}${person.locale === 'en' ? '/en' : ''}/account`,
      what,
      at: deps.clock.now(),
    }),
  })
}
