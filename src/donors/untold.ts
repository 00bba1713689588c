/** Which of these donors were not told of something yet. Whoever was erased meanwhile is told nothing, and is none of them. */
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
      select each.id from unnest(${[...donorIds]}::uuid[]) as each(id)
       where not exists (select from donors.letters l where l.organisation_id = ${organisationId} and l.donor_id = each.id
                            and l.kind = ${kind} and l.about = ${about})
         and exists (select from donors.donors d where d.organisation_id = ${organisationId} and d.id = each.id
                        and d.erased_at is null)
       order by each.id limit ${limit}`.execute(trx),
  )
  return rows.map(({ id }) => id)
}
