/** The secret of whoever wrote a wish: derived, so that a repeated request shows the same one; only its hash is stored. */
import { sha256 } from '../platform/id.ts'
import type { Vault } from '../platform/vault.ts'
import { DomainError } from '../refusals.ts'

const seed = (wishId: string): string => `wish/withdrawal/${wishId}`
const tokenFrom = (fingerprint: Buffer): string => fingerprint.subarray(0, 18).toString('base64url')

export const withdrawalToken = (vault: Vault, wishId: string): string =>
  tokenFrom(vault.fingerprint(seed(wishId)))

/** The one whose hash was stored, also when the secret was rotated since. */
export function storedToken(vault: Vault, wishId: string, stored: Buffer): string {
  const found = vault
    .fingerprints(seed(wishId))
    .map(tokenFrom)
    .find(token => sha256(token).equals(stored))
  if (!found) throw new DomainError('not-found', { field: 'withdrawalToken' }) // the secret of that time is gone
  return found
}
