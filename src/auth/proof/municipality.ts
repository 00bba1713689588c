/**
 * A municipality's own sign-in, by OpenID Connect. It proves an address that somebody here already has; it never makes an
 * account, and staff still show a second factor here.
 */
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth } from 'better-auth/plugins'
import { newId } from '../../platform/id.ts'
import { adapter } from './adapter.ts'
import { cookiesAt, versioned } from './engine.ts'
import { claimsEndpoint, claimsOf, discoveryOf, isLately, MOST_HOURS, readClaims } from './issuer.ts'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button says: "Gemeente Groningen". */
  readonly name: string
}

export const OIDC_CALLBACK = '/sign-in/municipality/callback'
export const OIDC_PROVIDER = 'municipality'

interface Options {
  readonly secrets: readonly string[]
  readonly name: string
  readonly oidc: OidcSettings
}

function createOidcEngine(baseUrl: string, { secrets, name, oidc }: Options, claimsAt: string | undefined) {
  return betterAuth({
    appName: name,
    baseURL: baseUrl,
    secrets: versioned(secrets),
    database: adapter,
    trustedOrigins: [new URL(baseUrl).origin],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    session: { disableSessionRefresh: true },
    account: { accountLinking: { enabled: true, trustedProviders: [] } },
    advanced: {
      ...cookiesAt(baseUrl),
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: OIDC_PROVIDER,
            discoveryUrl: discoveryOf(oidc.issuer),
            clientId: oidc.clientId,
            clientSecret: oidc.clientSecret,
            scopes: ['openid', 'email'],
            redirectURI: `${baseUrl}${OIDC_CALLBACK}`,
            pkce: true,
            authorizationUrlParams: { max_age: String(MOST_HOURS * 3600) },
            getUserInfo: tokens => personOf(tokens, claimsAt),
            requireIdTokenVerification: true,
            disableImplicitSignUp: true,
            disableSignUp: true,
            overrideUserInfo: false,
          },
        ],
      }),
    ],
  })
}

export type OidcEngine = ReturnType<typeof createOidcEngine>

type Provider = Awaited<OidcEngine['$context']>['socialProviders'][number]

export interface Municipality {
  readonly name: string
  readonly issuer: string
  /** Null while the issuer cannot be reached; asked again the next time. */
  engine(baseUrl: string): Promise<OidcEngine | null>
}

export function createMunicipality(options: Options): Municipality {
  const made = new Map<string, OidcEngine>()
  return {
    name: options.oidc.name,
    issuer: options.oidc.issuer,
    async engine(baseUrl) {
      const known = made.get(baseUrl)
      if (known) return known
      // The issuer is read once, here: an engine without it would stay without until a restart.
      const claimsAt = await claimsEndpoint(options.oidc.issuer)
      if (claimsAt === null) return null
      const engine = createOidcEngine(baseUrl, options, claimsAt)
      const { socialProviders } = await engine.$context
      const provider = socialProviders.find(({ id }) => id === OIDC_PROVIDER)
      if (!provider || !isIssuer(provider.issuer, options.oidc.issuer)) return null
      believeItsTokenAlone(provider)
      made.set(baseUrl, engine)
      return engine
    },
  }
}

/** What calls itself by another name than the settings do is somebody else, wherever it was found. */
const isIssuer = (said: unknown, named: string) =>
  typeof said === 'string' && said.replace(/\/$/, '') === named.replace(/\/$/, '')

/**
 * Without an ID token better-auth would ask who it is by the access token, which is bound to no question of ours. With one it
 * checks the signature, and whose and which question's it is, and asks for the person: `personOf`.
 */
function believeItsTokenAlone(provider: Provider): void {
  const ask = provider.getUserInfo.bind(provider)
  provider.getUserInfo = async tokens => (tokens.idToken ? ask(tokens) : null)
}

interface Tokens {
  readonly idToken?: string | undefined
  readonly accessToken?: string | undefined
}

/** Who signed in there, and lately; an address that stands beside the token must be of the same person. */
async function personOf({ idToken = '', accessToken = '' }: Tokens, claimsAt: string | undefined) {
  const told = claimsOf(idToken)
  if (!told || !isLately(told, new Date())) return null
  const beside = !told.email && claimsAt ? await readClaims(claimsAt, accessToken) : null
  const { sub, email, email_verified } = told.email ? told : (beside ?? told)
  return sub === told.sub ? { id: sub, sub, email, emailVerified: email_verified === true } : null
}
