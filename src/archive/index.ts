/** Bank files and provider events as they came in or went out: sealed, and kept no longer than they must be. */
import type { Generated, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { newId, sha256 } from '../platform/id.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { Vault } from '../platform/vault.ts'
import { DomainError } from '../refusals.ts'

export type DocumentKind = 'provider-event' | 'payment-file' | 'bank-statement'

export interface ArchiveTables {
  'archive.documents': {
    organisationId: number
    id: string
    kind: DocumentKind
    sha256: Buffer
    bodyEncrypted: Buffer
    keepUntil: string
    createdAt: Generated<Date>
  }
}

/** Bookkeeping is kept seven years after its year (art. 2:10 BW, art. 52 AWR); an event only until it cannot be disputed any more. */
const KEEP_DAYS: Readonly<Record<DocumentKind, number>> = {
  'provider-event': 400,
  'payment-file': 8 * 366,
  'bank-statement': 8 * 366,
}

const DAY_MS = 86_400_000

export { removeExpired } from './remove-expired.ts'
export { resealDocuments } from './reseal.ts'

export const contextOf = (organisationId: number, id: string) => `archive.documents/${organisationId}/${id}`

interface Archiving {
  readonly organisationId: number
  readonly kind: DocumentKind
  readonly now: Date
}

/** Seals `body` and keeps it; answers its id. */
export async function archiveDocument(
  trx: Transaction<DB>,
  vault: Vault,
  { body, organisationId, kind, now }: Archiving & { readonly body: string | Buffer },
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('archive.documents')
    .values({
      organisationId,
      id,
      kind,
      sha256: sha256(body),
      bodyEncrypted: vault.encrypt(body, contextOf(organisationId, id)),
      keepUntil: keepUntil(kind, now),
    })
    .execute()
  return id
}

/**
 * Many, sealed and laid end to end: as one value of bytes, with where each starts and how long it is. An array of bytes would
 * travel as text, twice as long.
 */
export function sealTogether(
  vault: Vault,
  { organisationId, kind, now }: Archiving,
  documents: readonly { readonly id: string; readonly body: string | Buffer }[],
) {
  const sealed = documents.map(({ id, body }) => vault.encrypt(body, contextOf(organisationId, id)))
  const sizes = sealed.map(({ length }) => length)
  const starts = [1]
  for (const size of sizes.slice(0, -1)) starts.push((starts.at(-1) ?? 1) + size)
  return {
    ...{ starts, sizes, sealed: Buffer.concat(sealed) },
    hashes: Buffer.concat(documents.map(({ body }) => sha256(body))),
    keepUntil: keepUntil(kind, now),
  }
}

const keepUntil = (kind: DocumentKind, now: Date): string =>
  new Date(now.getTime() + KEEP_DAYS[kind] * DAY_MS).toISOString().slice(0, 10)

/** Throws `not-found` when its time has passed. */
export async function readDocument(
  trx: Transaction<DB>,
  vault: Vault,
  { organisationId, id }: { organisationId: number; id: string },
): Promise<Buffer> {
  const row = await withPersonalData(trx, () =>
    trx
      .selectFrom('archive.documents')
      .select('bodyEncrypted')
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .executeTakeFirst(),
  )
  if (!row) throw new DomainError('not-found')
  return vault.decrypt(row.bodyEncrypted, contextOf(organisationId, id))
}
