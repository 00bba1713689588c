/** Passkeys: made and shown in the browser, checked here. One is a second factor of whoever is signed in by mail. */
import { recordAct } from '../../acts/index.ts'
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import type { Engine } from '../proof/engine.ts'
import { sessionHeaders } from '../proof/engines.ts'
import { prove } from '../proof/proving.ts'
import { endSessions } from '../sessions.ts'
import { type Own, recordChange } from './authenticator.ts'
import { openDoor } from './door.ts'
import { refuseUnlessFresh } from './fresh.ts'
import { removeButNotTheLast } from './last-factor.ts'
import { secondFactorShown } from './shown.ts'

/** What a browser sends along: our session, its cookies, and the address that it was reached at. */
export interface Browser extends Own {
  readonly cookies: string
  readonly baseUrl: string
}

/** What the browser is told to make or to show, and the cookie that binds its answer to this. */
export interface Options {
  readonly options: unknown
  readonly cookies: readonly string[]
}

/** What the browser answers when a passkey is shown, as the web's standard has it. */
export type PasskeyShown = NonNullable<
  Parameters<Engine['api']['verifyPasskeyAuthentication']>[0]
>['body']['response']

const headersOf = ({ token, cookies, baseUrl }: Browser, engine: Engine) =>
  sessionHeaders(engine, token, cookies).then(headers => {
    headers.set('origin', baseUrl)
    return headers
  })

export async function passkeyToMake(deps: Deps, browser: Browser): Promise<Options> {
  const engine = deps.engines.at(browser.baseUrl)
  const headers = await headersOf(browser, engine)
  const { answer } = await inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, browser.session)
    return prove(trx, deps, () =>
      engine.api.generatePasskeyRegistrationOptions({ headers, query: {}, returnHeaders: true }),
    )
  })
  if (!answer) throw new DomainError('passkey-refused')
  return { options: answer.response, cookies: answer.headers.getSetCookie() }
}

/** A new one; all other sessions of this person end. Answers this one's new token. */
export async function addPasskey(
  deps: Deps,
  browser: Browser,
  { name, response }: { name: string; response: Record<string, unknown> },
): Promise<string> {
  const engine = deps.engines.at(browser.baseUrl)
  const headers = await headersOf(browser, engine)
  const token = await inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, browser.session)
    const { answer } = await prove(trx, deps, () =>
      engine.api.verifyPasskeyRegistration({ headers, body: { name, response } }),
    )
    if (!answer) return null
    const risen = await secondFactorShown(trx, deps.organisationId, browser.session.id)
    await endSessions(trx, deps.organisationId, browser.session.person.id, browser.session.id)
    await recordChange(trx, deps, browser, 'passkey.add', 'second-factor-added')
    return risen
  })
  if (!token) throw new DomainError('passkey-refused')
  return token
}

export async function passkeyToShow(deps: Deps, browser: Browser): Promise<Options> {
  const engine = deps.engines.at(browser.baseUrl)
  const headers = await headersOf(browser, engine)
  const { answer } = await inTransaction(deps.db, trx =>
    prove(trx, deps, () => engine.api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true })),
  )
  if (!answer) throw new DomainError('passkey-refused')
  // The library only prefers that the person is seen; here it is asked.
  const options = { ...answer.response, userVerification: 'required' }
  return { options, cookies: answer.headers.getSetCookie() }
}

/**
 * Shown by whoever is signed in, and by nobody else: a passkey of another person is refused. Answers the session's new token.
 */
export async function showPasskey(deps: Deps, browser: Browser, response: PasskeyShown): Promise<string> {
  const engine = deps.engines.at(browser.baseUrl)
  const headers = await headersOf(browser, engine)
  const { id: personId } = browser.session.person
  const token = await inTransaction(deps.db, async trx => {
    const proven = await prove(trx, deps, () =>
      engine.api.verifyPasskeyAuthentication({ headers, body: { response } }),
    )
    const isTheirs = !proven.refused && proven.personId === personId
    const risen = isTheirs ? await secondFactorShown(trx, deps.organisationId, browser.session.id) : null
    if (isTheirs) await openDoor(trx, deps, personId)
    await recordAct(trx, deps.organisationId, browser.actor, {
      at: deps.clock.now(),
      action: isTheirs ? 'second-factor.show' : 'second-factor.refuse',
      subject: { kind: 'person', id: personId },
      detail: { by: 'passkey' },
    })
    return risen
  })
  if (!token) throw new DomainError('passkey-refused')
  return token
}

/** Never the last second factor of staff; all other sessions of this person end. */
export async function removePasskey(deps: Deps, own: Own, passkeyId: string): Promise<void> {
  const { organisationId } = deps
  const personId = own.session.person.id
  await inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, own.session)
    await removeButNotTheLast(trx, deps, own.session, async () => {
      const removed = await trx
        .deleteFrom('auth.passkeys')
        .where('organisationId', '=', organisationId)
        .where('personId', '=', personId)
        .where('id', '=', passkeyId)
        .executeTakeFirst()
      if (removed.numDeletedRows === 0n) throw new DomainError('not-found', { field: 'passkeyId' })
    })
    await endSessions(trx, organisationId, personId, own.session.id)
    await recordChange(trx, deps, own, 'passkey.remove', 'second-factor-removed')
  })
}
