/** What was done to one subject, read for the person whom it is about. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'

export interface ActAbout {
  readonly at: Date
  readonly reason: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** Newest first, at most `limit`. */
export async function actsAbout(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  subject: { readonly kind: string; readonly id: string },
  action: string,
  limit: number,
): Promise<ActAbout[]> {
  return db
    .selectFrom('acts.acts')
    .select(['at', 'reason', 'detail'])
    .where('organisationId', '=', organisationId)
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .where('action', '=', action)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
