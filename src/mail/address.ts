/** What counts as one e-mail address: the plain form that every mail server takes, and nothing that hides a second one. */
import { DomainError } from '../refusals.ts'

const MAX_LENGTH = 254
const MAX_LOCAL_LENGTH = 64
const atoms = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const plain = new RegExp(`^${atoms}(?:\\.${atoms})*@(?:${label}\\.)+${label}$`)

export const isPlainAddress = (text: string): boolean =>
  text.length <= MAX_LENGTH && text.indexOf('@') <= MAX_LOCAL_LENGTH && plain.test(text)

/** Refuses with `invalid-request` on field `email`; the address itself stands nowhere in the refusal. */
export function requirePlainAddress(text: string): string {
  if (isPlainAddress(text)) return text
  throw new DomainError('invalid-request', {
    field: 'email',
    reason: { nl: 'Dit is geen e-mailadres', en: 'This is not an e-mail address' },
  })
}
