/** The words of thank-yous: the one place where they are read. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'

/** Empty ones for what was erased. */
export const wordsOf = (trx: Transaction<DB>, organisationId: number, ids: readonly string[]) =>
  withPersonalData(trx, () =>
    trx
      .selectFrom('thanks.thanks')
      .select(['id', 'text', 'nickname'])
      .where('organisationId', '=', organisationId)
      .where('id', 'in', ids)
      .execute(),
  )

/** Together with what was written; one that was taken away in between is left out. */
export async function withWords<Row extends { readonly id: string }>(
  db: Kysely<DB>,
  organisationId: number,
  rows: readonly Row[],
): Promise<(Row & { text: string; nickname: string | null })[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const read = await db.transaction().execute(trx => wordsOf(trx, organisationId, ids))
  const words = new Map(read.map(row => [row.id, row]))
  return rows.flatMap(row => {
    const { text, nickname = null } = words.get(row.id) ?? {}
    return text ? [{ ...row, text, nickname }] : []
  })
}
