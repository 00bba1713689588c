/** Which pool and month a cycle or a payment file is about: what people call it by, for lists that know only its id. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import { type Month, monthOf } from '../platform/calendar/index.ts'
import { isUuid } from '../platform/id.ts'

export interface CycleBehind {
  readonly cycleId: string
  readonly poolId: string
  readonly month: Month
}

/** By the id of a cycle or of a batch, whichever was asked; unknown ones are left out. */
export async function cyclesBehind(
  db: Kysely<DB>,
  organisationId: number,
  ids: readonly string[],
): Promise<Map<string, CycleBehind>> {
  const asked = ids.filter(isUuid)
  if (asked.length === 0) return new Map()
  const rows = await db
    .selectFrom('disbursements.cycles as c')
    .leftJoin('disbursements.batches as b', join =>
      join.onRef('b.organisationId', '=', 'c.organisationId').onRef('b.cycleId', '=', 'c.id'),
    )
    .select(['c.id as cycleId', 'c.poolId', 'c.month', 'b.id as batchId'])
    .where('c.organisationId', '=', organisationId)
    .where(({ eb, or }) => or([eb('c.id', 'in', asked), eb('b.id', 'in', asked)]))
    .execute()
  return new Map(
    rows.flatMap(({ cycleId, batchId, poolId, month }) => {
      const behind = { cycleId, poolId, month: monthOf(month) }
      return [[cycleId, behind], ...(batchId ? [[batchId, behind]] : [])] as [string, CycleBehind][]
    }),
  )
}
