/**
 * Somebody asks to sign in: a mail with a link and a code goes to the address, whether anybody here has it or not, so
 * that asking tells nothing. Whoever has no account gets one by using it.
 */

import type { Deps } from '../../deps.ts'
import { letters, queueLetter } from '../../mail/index.ts'
import type { Locale } from '../../money/index.ts'
import { organisationById } from '../../organisations/index.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { normalEmail } from '../persons.ts'
import { MAIL_MINUTES } from '../proof/engine.ts'
import { prove } from '../proof/proving.ts'
import { boundCode } from './bound-code.ts'
import { countAsking } from './count-asking.ts'

export interface AskInput {
  readonly email: string
  readonly locale: Locale
  /** The address of the page where the link leads, with the token at its end. */
  readonly linkTo: (token: string) => string
  /** Where it is asked from. */
  readonly place?: string | undefined
}

/**
 * Throws `too-many-requests`; the letter waits in the outbox when this returns. Answers what binds the code to the browser
 * that asked: it keeps it sealed; nothing when this mail has no code.
 */
export async function askToSignIn(deps: Deps, { email, locale, linkTo, place }: AskInput): Promise<string> {
  const { organisationId, publicUrl, engines, vault } = deps
  const address = normalEmail(email)
  // Whoever fills somebody's mailbox is stopped; what was sent still works, so nobody is locked out by it.
  const allowed = await countAsking(deps, address, place)
  const { api } = engines.at(publicUrl())
  return inTransaction(deps.db, async trx => {
    const organisation = await organisationById(trx, organisationId)
    const { mailToken: token } = await prove(trx, deps, () =>
      api.signInMagicLink({ body: { email: address }, headers: new Headers() }),
    )
    const { answer: made } = await prove(trx, deps, async () =>
      allowed.code ? api.createVerificationOTP({ body: { email: address, type: 'sign-in' } }) : null,
    )
    const code = made ?? null
    if (!token || (allowed.code && !code)) throw new Error('no link or no code was made')
    const bound = code === null ? '' : boundCode(vault, address, code)
    if (!allowed.letter) return bound
    await queueLetter(trx, deps, {
      to: address,
      locale,
      kind: 'sign-in',
      letter: letters.signIn({
        locale,
        organisation: organisation.legalName,
        url: linkTo(token),
        code,
        minutes: MAIL_MINUTES,
      }),
    })
    return bound
  })
}
