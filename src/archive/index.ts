/** Bank files and provider events as they came in or went out: sealed, and kept no longer than they must be. */
import type { Generated, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { newId, sha256 } from '../platform/id.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { Vault } from '../platform/vault.ts'

type DocumentKind = 'provider-event' | 'payment-file' | 'bank-statement'

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

export { resealDocuments } from './reseal.ts'

export const contextOf = (organisationId: number, id: string) => `archive.documents/${organisationId}/${id}`

/** Seals `body` and keeps it; answers its id. */
export async function archiveDocument(
  trx: Transaction<DB>,
  vault: Vault,
  input: { organisationId: number; kind: DocumentKind; body: string | Buffer; now: Date },
): Promise<string> {
  const { organisationId, kind, body, now } = input
  const id = newId()
  await trx
    .insertInto('archive.documents')
    .values({
      organisationId,
      id,
      kind,
      sha256: sha256(body),
      bodyEncrypted: vault.encrypt(body, contextOf(organisationId, id)),
      keepUntil: new Date(now.getTime() + KEEP_DAYS[kind] * DAY_MS).toISOString().slice(0, 10),
    })
    .execute()
  return id
}

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
      .executeTakeFirstOrThrow(),
  )
  return vault.decrypt(row.bodyEncrypted, contextOf(organisationId, id))
}
