/**
 * A municipality's own sign-in, by OpenID Connect. It proves an address that somebody here already has; it never makes an
 * account, and staff still show a second factor here.
 */
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth } from 'better-auth/plugins'
import { newId } from '../../platform/id.ts'
import { adapter } from './adapter.ts'
import { cookiesAt, versioned } from './engine.ts'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button says: "Gemeente Groningen". */
  readonly name: string
}

export const OIDC_CALLBACK = '/sign-in/municipality/callback'
export const OIDC_PROVIDER = 'municipality'

function createOidcEngine(
  baseUrl: string,
  { secrets, name, oidc }: { secrets: readonly string[]; name: string; oidc: OidcSettings },
) {
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
            discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
            clientId: oidc.clientId,
            clientSecret: oidc.clientSecret,
            scopes: ['openid', 'email'],
            redirectURI: `${baseUrl}${OIDC_CALLBACK}`,
            pkce: true,
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

export function createMunicipality(options: {
  secrets: readonly string[]
  name: string
  oidc: OidcSettings
}): Municipality {
  const made = new Map<string, OidcEngine>()
  return {
    name: options.oidc.name,
    issuer: options.oidc.issuer,
    async engine(baseUrl) {
      const known = made.get(baseUrl)
      if (known) return known
      // The issuer is read once, here: an engine without it would stay without until a restart.
      const engine = createOidcEngine(baseUrl, options)
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
 * Without an ID token better-auth would ask who it is by the access token, which is bound to no question of ours; and it
 * would believe an answer about somebody else than the token is about.
 */
function believeItsTokenAlone(provider: Provider): void {
  const ask = provider.getUserInfo.bind(provider)
  provider.getUserInfo = async tokens => {
    if (!tokens.idToken) return null
    const answer = await ask(tokens) // checks its signature, and whose and which question's it is
    const subject = answer && subjectOf(tokens.idToken)
    return subject && (answer.data as { sub?: unknown }).sub === subject ? answer : null
  }
}

const subjectOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub
