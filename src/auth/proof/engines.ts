/** better-auth for each address that we are reached at: passkeys and links are bound to it. Made when first asked for. */
import { serializeSignedCookie } from 'better-call'
import { createEngine, type Engine } from './engine.ts'
import { createMunicipality, type Municipality, type OidcSettings } from './municipality.ts'

export interface Engines {
  at(baseUrl: string): Engine
  /** The sign-in of a municipality, where the settings name one. */
  readonly municipality: Municipality | undefined
}

export interface EnginesOptions {
  /** Derived from SECRETS for this purpose alone, the current one first. */
  readonly secrets: readonly string[]
  readonly name: string
  readonly oidc: OidcSettings | undefined
}

/** A demonstration is reached by few names, a real service by one. */
const MOST = 8

export function createEngines({ secrets, name, oidc }: EnginesOptions): Engines {
  const made = new Map<string, Engine>()
  return {
    at(baseUrl) {
      const known = made.get(baseUrl)
      if (known) return known
      if (made.size >= MOST) made.clear()
      const engine = createEngine({ baseUrl, secrets, name })
      made.set(baseUrl, engine)
      return engine
    },
    municipality: oidc && createMunicipality({ secrets, name, oidc }),
  }
}

/** Headers by which better-auth recognises our session. */
export async function sessionHeaders(engine: Engine, token: string, cookies = ''): Promise<Headers> {
  const { authCookies, secret } = await engine.$context
  const own = await signedCookie(authCookies.sessionToken.name, token, secret)
  return new Headers({ cookie: cookies ? `${cookies}; ${own}` : own })
}

export async function signedCookie(name: string, value: string, secret: string): Promise<string> {
  const [cookie = ''] = (await serializeSignedCookie(name, value, secret)).split(';')
  return cookie
}
