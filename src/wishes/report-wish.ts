/** Anybody says that a wish should not stand there. Three from different networks hide it until staff looked. */
import type { Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { oneParagraph, refusedLength } from '../platform/plain-words.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockShown } from './lock-wish.ts'
import { placeOn } from './place.ts'
import { LONGEST_NOTE } from './plain-words.ts'
import { promisedBy } from './promise.ts'
import type { WishReason } from './tables.ts'

export const REPORTS_THAT_HIDE = 3

export interface Report {
  readonly wishId: string
  readonly reason: WishReason
  readonly words?: string | undefined
}

/** A second report from the same network changes nothing, and is answered the same: it tells nobody who reported. */
export async function reportWish(deps: Deps, place: string, report: Report): Promise<void> {
  const { db, organisationId, vault, clock, limits } = deps
  const { wishId, reason } = report
  const words = oneParagraph(report.words ?? '') || null
  const long = words && refusedLength(words, 1, LONGEST_NOTE)
  if (long) throw new DomainError('invalid-request', { field: 'words', reason: long })
  await limits.count('report', 'total', 'all')
  const [here, ...before] = placeOn(vault, 'report', wishId, place)
  if (!here) throw new DomainError('temporarily-unavailable')
  await inTransaction(db, async trx => {
    const { lookBy } = await lockShown(trx, organisationId, wishId)
    const mine = await trx
      .selectFrom('wishes.reports')
      .select('place')
      .where('organisationId', '=', organisationId)
      .where('wishId', '=', wishId)
      .where('place', 'in', [here, ...before])
      .executeTakeFirst()
    if (mine) return
    const now = clock.now()
    const row = { organisationId, wishId, place: here, reason, words, reportedAt: now, lookedAt: null }
    await trx.insertInto('wishes.reports').values(row).execute()
    const isHidden = (await openReports(trx, organisationId, wishId)) >= REPORTS_THAT_HIDE
    await trx
      .updateTable('wishes.wishes')
      .set({
        lookBy: lookBy ?? promisedBy(now),
        ...(isHidden ? { state: 'hidden', because: 'reported' } : {}),
      })
      .where('organisationId', '=', organisationId)
      .where('id', '=', wishId)
      .execute()
    if (!isHidden) return
    const act = { at: now, action: 'wish.hide', subject: { kind: 'wish', id: wishId } }
    await recordAct(trx, organisationId, { kind: 'system' }, { ...act, detail: { because: 'reported' } })
  })
}

async function openReports(trx: Transaction<DB>, organisationId: number, wishId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('wishes.reports')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('organisationId', '=', organisationId)
    .where('wishId', '=', wishId)
    .where('lookedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
