/** The last part of a receipt's address: derived, so that a repeated request and a letter show the same; only its hash is stored. */
import type { Deps } from '../deps.ts'
import { sha256 } from '../platform/id.ts'
import type { Vault } from '../platform/vault.ts'
import type { Reader } from './donation.ts'

const tokenFrom = (fingerprint: Buffer): string => fingerprint.subarray(0, 18).toString('base64url')
const seedOf = (donationId: string): string => `receipt/${donationId}`

export const newReceiptToken = (vault: Vault, donationId: string): string =>
  tokenFrom(vault.fingerprint(seedOf(donationId)))

/** The one whose hash was stored, also when the secret was rotated since; null when the secret of that time is gone. */
export async function receiptTokenOf(
  db: Reader,
  { vault, organisationId }: Pick<Deps, 'vault' | 'organisationId'>,
  donationId: string,
): Promise<string | null> {
  const { receiptTokenSha256 } = await db
    .selectFrom('donations.donations')
    .select('receiptTokenSha256')
    .where('organisationId', '=', organisationId)
    .where('id', '=', donationId)
    .executeTakeFirstOrThrow()
  const tokens = vault.fingerprints(seedOf(donationId)).map(tokenFrom)
  return tokens.find(token => sha256(token).equals(receiptTokenSha256)) ?? null
}
