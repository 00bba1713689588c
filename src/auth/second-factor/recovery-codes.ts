/** Recovery codes: so long that nobody guesses one, and that a plain hash of one can be stored. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { newWord, sha256 } from '../../platform/id.ts'

/** No letter that looks like another: 118 bits in six groups of four. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 6
const AMOUNT = 10
const HASHED = 'sha256:'

export const newRecoveryCodes = (): string[] =>
  Array.from({ length: AMOUNT }, () => Array.from({ length: GROUPS }, () => newWord(LETTERS, 4)).join('-'))

/** However it is typed: hyphens, spaces and capitals do not matter. A stored hash that is typed is no code. */
export const hashOfRecoveryCode = (code: string): string =>
  HASHED + sha256(`recovery-code/${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`).toString('base64url')

/** What is stored of a list of codes, or of the hashes that are left of one; both as JSON. */
export const hashRecoveryCodes = (json: string): string =>
  JSON.stringify(
    (JSON.parse(json) as string[]).map(each => (each.startsWith(HASHED) ? each : hashOfRecoveryCode(each))),
  )

/** Those of before codes were hashed stand encrypted: hashes of them take their place when they are first needed. */
export async function hashOldRecoveryCodes(
  trx: Transaction<DB>,
  organisationId: number,
  { id, recoveryCodes }: { id: string; recoveryCodes: string },
  decrypt: (data: string) => Promise<string>,
): Promise<void> {
  if (recoveryCodes.startsWith('[')) return
  await trx
    .updateTable('auth.authenticators')
    .set({ recoveryCodes: hashRecoveryCodes(await decrypt(recoveryCodes)) })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .execute()
}
