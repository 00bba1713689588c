// What stands in for somebody's mail: the newest letter to an address, with its link and its code.

import { type WaitingLetter, waitingLetters } from '../../src/mail/index.ts'
import type { TestApp } from '../support/app.ts'

export interface SignInMail {
  /** The path of the link. */
  readonly link: string
  readonly code: string
}

export async function lettersTo({ deps }: Pick<TestApp, 'deps'>, email: string): Promise<WaitingLetter[]> {
  return (await waitingLetters(deps)).filter(({ to }) => to === email)
}

export async function signInMail(api: Pick<TestApp, 'deps'>, email: string): Promise<SignInMail> {
  const [newest] = await lettersTo(api, email)
  const { code, action } = newest?.letter ?? {}
  if (!code || !action) throw new Error(`no sign-in mail to ${email}`)
  return { code, link: new URL(action.url).pathname }
}
