/** Coming in by the municipality's own sign-in: out to its pages, and back with what it says. */
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import { OIDC_PROVIDER, type OidcEngine } from '../proof/municipality.ts'
import { prove } from '../proof/proving.ts'
import type { Origin } from '../sessions.ts'
import { type Entered, enter } from './enter.ts'

/** Where the browser goes, and the cookies that it brings back. */
export async function leaveForMunicipality(deps: Deps): Promise<{ url: string; cookies: readonly string[] }> {
  const { api } = await engineOf(deps)
  const { answer } = await inTransaction(deps.db, trx =>
    prove(trx, deps, () =>
      api.signInSocial({
        body: { provider: OIDC_PROVIDER, disableRedirect: true },
        headers: new Headers(),
        returnHeaders: true,
      }),
    ),
  )
  const url = answer?.response.url
  if (!url) throw new DomainError('municipality-unreachable')
  return { url, cookies: answer.headers.getSetCookie() }
}

export async function returnFromMunicipality(
  deps: Deps,
  query: Readonly<Record<string, string>>,
  cookies: string,
  origin: Origin,
): Promise<Entered> {
  const { api } = await engineOf(deps)
  return enter(deps, { method: 'oidc', origin, refusal: 'municipality-refused' }, trx =>
    prove(trx, deps, () =>
      api.callbackOAuth({
        params: { id: OIDC_PROVIDER },
        query,
        method: 'GET',
        headers: new Headers({ cookie: cookies }),
        asResponse: true,
      }),
    ),
  )
}

async function engineOf({ engines, publicUrl }: Deps): Promise<OidcEngine> {
  if (!engines.municipality) throw new DomainError('not-found')
  const engine = await engines.municipality.engine(publicUrl())
  if (!engine) throw new DomainError('municipality-unreachable')
  return engine
}
