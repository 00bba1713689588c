/**
 * A code of a mail is typed in where it was asked for: the browser keeps, sealed, which code that was. Without it whoever asks
 * for somebody's mail could guess along at each later code of theirs, or use one that was read over a shoulder.
 */
import type { Vault } from '../../platform/vault.ts'
import { normalEmail } from '../persons.ts'

const textOf = (email: string, code: string) => `sign-in/code/${normalEmail(email)}/${code}`

/** A keyed hash, for a cookie that is sealed as well. */
export const boundCode = (vault: Vault, email: string, code: string): string =>
  vault.fingerprint(textOf(email, code)).toString('hex')

/** `bound`: of the browser that types it in; nothing when it asked for none. */
export const isBoundCode = (vault: Vault, bound: string | undefined, email: string, code: string): boolean =>
  vault.fingerprints(textOf(email, code)).some(each => each.toString('hex') === bound)
