// Somebody with an authenticator app: signs in by mail, sets it up, and knows its codes.

import { createOTP } from '@better-auth/utils/otp'
import type { TestApp } from '../support/app.ts'
import { type Visitor, visitor } from '../support/visitor.ts'
import { signInMail } from './mailbox.ts'

/** Signed in by mail, as far as mail gets one. */
export async function byMail(api: TestApp, email: string, who: Visitor = visitor(api)): Promise<Visitor> {
  await who.post('/sign-in', { email })
  await who.post('/sign-in/code', { code: (await signInMail(api, email)).code })
  return who
}

export const keyOf = (page: string) =>
  (/<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? '').replaceAll(' ', '')
export const codesOf = (page: string) =>
  [...page.matchAll(/<li><code>([\w-]+)<\/code><\/li>/g)].map(([, code]) => code ?? '')

/** The code of a time step: 0 is now, 1 the next half minute. */
export function codeOf(base32: string, step: number): Promise<string> {
  const bits = [...base32].map(letter =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const secret = Buffer.from(bytes.map(each => Number.parseInt(each, 2))).toString()
  return createOTP(secret).hotp(Math.floor(Date.now() / 30_000) + step)
}

/** Somebody with an authenticator, signed in and shown it. */
export async function withAuthenticator(api: TestApp, email: string) {
  const who = await byMail(api, email)
  await who.post('/account/authenticator')
  const key = keyOf((await who.get('/account/authenticator')).text)
  const done = await who.post('/account/authenticator/codes', { code: await codeOf(key, -1) })
  return { who, key, recoveryCodes: codesOf(done.text), status: done.status }
}

/** A passkey in a drawer: staff keep one second factor at least, so whoever removes one has another. */
export const sparePasskey = (api: TestApp, personId: string) =>
  api.owner.query(
    `insert into auth.passkeys (organisation_id, id, person_id, name, credential_id, public_key, device_type, backed_up)
     select organisation_id, gen_random_uuid(), id, 'Spare', id::text, 'none', 'singleDevice', false
     from auth.persons where id = $1`,
    [personId],
  )
