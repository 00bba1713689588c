/** The key under which an entry of the bank stands in the ledger: its account and its reference there. */
import { isUuid } from '../platform/id.ts'
import { DomainError } from '../refusals.ts'

export const keyOfEntry = (bankAccountId: string, reference: string): string =>
  `${bankAccountId}/${reference}`

/** Throws `not-found` for what is no such key. */
export function entryOfKey(key: string): { bankAccountId: string; reference: string } {
  const slash = key.indexOf('/')
  const bankAccountId = key.slice(0, slash)
  if (slash < 0 || !isUuid(bankAccountId)) throw new DomainError('not-found', { field: 'entryKey' })
  return { bankAccountId, reference: key.slice(slash + 1) }
}
