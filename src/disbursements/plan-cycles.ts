/**
 * Plans the cycles that are due: for each pool every month in which somebody is due an income, up to five weeks
 * ahead of its payday. After downtime the months that were missed are planned as well; running it again, or on
 * two machines at once, plans nothing twice.
 */
import { type Actor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { enrolmentsDue, firstMonthOf } from '../enrolments/index.ts'
import { addDays, addMonths, localDate, type Month, monthOf, monthsFrom } from '../platform/calendar/index.ts'
import { newId } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Pool, pools } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { paydayOf } from './payday.ts'

/** More than the longest time between two paydays, so that there is always a next one to see. */
const AHEAD_DAYS = 35

/** Answers the ids of the cycles planned now. */
export async function planCycles(deps: Deps): Promise<string[]> {
  const planned: string[] = []
  for (const pool of await pools(deps.db, deps.organisationId)) {
    for (const month of await dueMonths(deps, pool)) {
      const id = await insertCycle(deps, { kind: 'system' }, pool, month)
      if (id) planned.push(id)
    }
  }
  return planned
}

/** Plans one month by hand, ahead of the scheduler. Throws `cycle-exists` or `cycle-empty`. */
export async function planCycle(deps: Deps, actor: Actor, pool: Pool, month: Month): Promise<string> {
  const due = await enrolmentsDue(deps.db, deps.organisationId, pool.id, month)
  if (due.length === 0) throw new DomainError('cycle-empty', { field: 'month' })
  const id = await insertCycle(deps, actor, pool, month)
  if (!id) throw new DomainError('cycle-exists', { field: 'month' })
  return id
}

async function dueMonths({ db, organisationId, clock }: Deps, pool: Pool): Promise<Month[]> {
  const first = await firstMonthOf(db, organisationId, pool.id)
  if (!first) return []
  const horizon = addDays(localDate(clock.now()), AHEAD_DAYS)
  // A payday early in a month can fall in the month before it.
  const last = addMonths(monthOf(horizon), 1)
  if (first > last) return []
  const due: Month[] = []
  for (const month of monthsFrom(first, last)) {
    if (paydayOf(month, pool.paydayOfMonth) > horizon) continue
    const enrolled = await enrolmentsDue(db, organisationId, pool.id, month)
    if (enrolled.length > 0) due.push(month)
  }
  return due
}

async function insertCycle(deps: Deps, actor: Actor, pool: Pool, month: Month): Promise<string | null> {
  const { db, organisationId, clock } = deps
  const now = clock.now()
  const id = newId()
  return inTransaction(db, async trx => {
    const row = await trx
      .insertInto('disbursements.cycles')
      .values({
        organisationId,
        id,
        poolId: pool.id,
        month: `${month}-01`,
        payday: paydayOf(month, pool.paydayOfMonth),
        plannedAt: now,
        proposedBy: null,
        proposedAt: null,
        approvedBy: null,
        approvedAt: null,
      })
      .onConflict(conflict => conflict.columns(['organisationId', 'poolId', 'month']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) return null
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'cycle.plan',
      subject: { kind: 'cycle', id },
      detail: { poolId: pool.id, month },
    })
    return id
  })
}
