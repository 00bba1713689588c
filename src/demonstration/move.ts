/** Moves the demonstration clock and lets everything happen that would have happened meanwhile, day by day. */
import { type Actor, recordAct } from '../acts/index.ts'
import { carryOut, watchCampaigns } from '../campaigns/index.ts'
import type { Deps } from '../deps.ts'
import { cyclesOf, planCycles } from '../disbursements/index.ts'
import { addDays, instantOf, isLocalDate, localDate } from '../platform/calendar/index.ts'
import { moveClock } from '../platform/clock.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'

const LONGEST_MOVE_DAYS = 400

/** Answers the new time. `to` a day that has passed is refused. */
export async function moveDemonstration(
  deps: Deps,
  actor: Actor,
  to: string,
  liveOn: (() => Promise<void>) | undefined,
): Promise<Date> {
  if (deps.mode !== 'demonstration' || !liveOn) throw new DomainError('not-in-demonstration')
  await deps.clock.refresh()
  const today = localDate(deps.clock.now())
  const target = await targetDay(deps, to, today)
  if (!isLocalDate(target) || target <= today || target > addDays(today, LONGEST_MOVE_DAYS)) {
    throw new DomainError('invalid-request', {
      field: 'to',
      reason: { nl: 'Kies een dag in het komende jaar', en: 'Choose a day in the coming year' },
    })
  }
  for (let day = addDays(today, 1); day <= target; day = addDays(day, 1)) {
    await inTransaction(deps.db, async trx => {
      await moveClock(trx, instantOf(day, '12:00'))
      if (day === target) {
        await recordAct(trx, deps.organisationId, actor, {
          at: instantOf(day, '12:00'),
          action: 'clock.move',
          subject: { kind: 'installation', id: '1' },
          detail: { from: today, to: target },
        })
      }
    })
    await deps.clock.refresh()
    await liveOn()
    await planCycles(deps)
    await watchCampaigns(deps)
    await carryOut(deps)
  }
  return deps.clock.now()
}

async function targetDay(deps: Deps, to: string, today: string): Promise<string> {
  if (to === 'next-day') return addDays(today, 1)
  if (to !== 'next-payday') return to
  const paydays = (await cyclesOf(deps.db, deps.organisationId))
    .map(cycle => cycle.payday)
    .filter(day => day > today)
  return paydays.sort()[0] ?? addDays(today, 28)
}
