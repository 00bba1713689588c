/**
 * better-auth, set up as the part that proves who somebody is: links and codes by mail, authenticators, passkeys. Its own
 * routes, sessions, rate limits and telemetry are not used; each call of it goes through `prove`.
 */

import { createHmac } from 'node:crypto'
import { passkey } from '@better-auth/passkey'
import { APIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { emailOTP, magicLink, twoFactor } from 'better-auth/plugins'
import { newId } from '../../platform/id.ts'
import { hashRecoveryCodes, newRecoveryCodes } from '../second-factor/recovery-codes.ts'
import { adapter } from './adapter.ts'
import { proving } from './proving.ts'

export const MAIL_MINUTES = 15
export const CODE_GUESSES = 3

export interface EngineOptions {
  /** Where people reach us; passkeys are bound to its host. */
  readonly baseUrl: string
  /** The current one first: it signs, older ones still decrypt. */
  readonly secrets: readonly string[]
  readonly name: string
}

const mustBePresent = (verified: boolean) => {
  if (!verified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'not verified' })
}

/** Each secret by a number of its own, so that what was encrypted says under which. */
export const versioned = (secrets: readonly string[]) =>
  secrets.map(value => ({ version: Number.parseInt(keyed(value, 'version').slice(0, 7), 16), value }))

const keyed = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')

/** Over https `__Host-`, as our own cookies: better-auth by itself says `__Secure-`, which a subdomain could plant. */
export function cookiesAt(baseUrl: string) {
  const secure = baseUrl.startsWith('https://')
  return {
    cookiePrefix: secure ? '__Host-meent' : 'meent',
    useSecureCookies: false, // no second prefix before ours
    defaultCookieAttributes: { secure },
  }
}

export function createEngine({ baseUrl, secrets, name }: EngineOptions) {
  const [current = ''] = secrets
  const { hostname, origin } = new URL(baseUrl)
  return betterAuth({
    appName: name,
    baseURL: baseUrl,
    secrets: versioned(secrets),
    database: adapter,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    session: { disableSessionRefresh: true, freshAge: 0 },
    advanced: {
      ...cookiesAt(baseUrl),
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      // The letter is ours: the link's token and the code are asked for and put into one mail.
      magicLink({
        expiresIn: MAIL_MINUTES * 60,
        storeToken: 'hashed',
        sendMagicLink: ({ token }) => {
          proving().proof.mailToken = token
        },
      }),
      emailOTP({
        otpLength: 6,
        expiresIn: MAIL_MINUTES * 60,
        allowedAttempts: CODE_GUESSES,
        storeOTP: { hash: async code => keyed(current, `code/${code}`) },
        sendVerificationOTP: async () => {},
      }),
      twoFactor({
        issuer: name,
        allowPasswordless: true,
        totpOptions: { digits: 6, period: 30 },
        accountLockout: { enabled: false }, // the door is ours
        backupCodeOptions: {
          customBackupCodesGenerate: newRecoveryCodes,
          // Only hashes are stored: what is looked for among them is a hash too.
          storeBackupCodes: {
            encrypt: async json => hashRecoveryCodes(json),
            decrypt: async hashes => hashes,
          },
        },
      }),
      passkey({
        rpID: hostname,
        rpName: name,
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification }) =>
            mustBePresent(verification.registrationInfo?.userVerified ?? false),
        },
        authentication: {
          afterVerification: async ({ verification }) =>
            mustBePresent(verification.authenticationInfo.userVerified),
        },
      }),
    ],
  })
}

export type Engine = ReturnType<typeof createEngine>
