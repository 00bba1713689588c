/** An export of the trail begins with its own act: what was taken out, by whom and in which form. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import { inTransaction } from '../platform/transaction.ts'
import type { TrailRequest } from './export-acts.ts'
import { type Actor, recordAct } from './record-act.ts'

/** Answers what `exportActs` needs: the request, up to this very act. */
export async function startExport(
  db: Kysely<DB>,
  organisationId: number,
  actor: Actor,
  now: Date,
  request: Omit<TrailRequest, 'upTo'>,
): Promise<TrailRequest> {
  const upTo = await inTransaction(db, trx =>
    recordAct(trx, organisationId, actor, {
      at: now,
      action: 'trail.export',
      subject: { kind: 'organisation', id: String(organisationId) },
      detail: { format: request.format, ...narrowed(request) },
    }),
  )
  return { ...request, upTo }
}

/** What was asked for: ids, actions and moments, so nothing personal; of words that anybody may type, only that there were. */
const narrowed = ({ filter }: Pick<TrailRequest, 'filter'>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, name === 'reason' ? '…' : textOf(value)]],
    ),
  )

const textOf = (value: Date | string): string => (value instanceof Date ? value.toISOString() : value)
