/**
 * What an issuer is asked beside better-auth: where its person's claims are, and those claims. Only addresses out of the settings
 * and of the issuer that they name; where an answer leads on is not followed.
 */
import { z } from 'zod'

/** How long ago somebody may have signed in there. */
export const MOST_HOURS = 1
/** Clocks differ. */
const LEEWAY_SECONDS = 60
const TIMEOUT_MS = 10_000

const discovery = z.looseObject({ userinfo_endpoint: z.url().optional() })
export const claims = z.looseObject({
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  auth_time: z.number().optional(),
})
export type Claims = z.infer<typeof claims>

export const discoveryOf = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/** Of a token whose signature was checked; null when it is none. */
export function claimsOf(token: string): Claims | null {
  const [, body = ''] = token.split('.')
  try {
    return claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  } catch {
    return null
  }
}

/** Whether they signed in there lately: it was asked for, so a token that does not say when is refused. */
export function isLately({ auth_time: at }: Claims, now: Date): boolean {
  if (at === undefined) return false
  const age = now.getTime() / 1000 - at
  return age >= -LEEWAY_SECONDS && age <= MOST_HOURS * 3600 + LEEWAY_SECONDS
}

/** Undefined: it has none. Null: it cannot be reached, or leads elsewhere. */
export async function claimsEndpoint(issuer: string): Promise<string | undefined | null> {
  const found = await read(discoveryOf(issuer), {}, discovery)
  return found === null ? null : found.userinfo_endpoint
}

export const readClaims = (endpoint: string, accessToken: string): Promise<Claims | null> =>
  read(endpoint, { authorization: `Bearer ${accessToken}` }, claims)

async function read<T>(url: string, headers: Record<string, string>, shape: z.ZodType<T>): Promise<T | null> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await fetch(url, { headers, redirect: 'error', signal })
    return answer.ok ? shape.parse(await answer.json()) : null
  } catch {
    return null // away, leading elsewhere, or not of this shape
  }
}
