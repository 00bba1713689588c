/** Which of these donors were not told of something yet. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { DonorLetterKind } from './letter-kinds.ts'

export interface Untold {
  readonly donorIds: readonly string[]
  readonly kind: DonorLetterKind
  readonly about: string
  readonly limit: number
}

export async function untoldOf(
  trx: Transaction<DB>,
  organisationId: number,
  { donorIds, kind, about, limit }: Untold,
): Promise<string[]> {
  if (donorIds.length === 0) return []
  const { rows } = await withPersonalData(trx, () =>
    sql<{ id: string }>`
      select id from unnest(${[...donorIds]}::uuid[]) as id
       where not exists (select from donors.letters l where l.organisation_id = ${organisationId} and l.donor_id = id
                            and l.kind = ${kind} and l.about = ${about})
       order by id limit ${limit}`.execute(trx),
  )
  return rows.map(({ id }) => id)
}
