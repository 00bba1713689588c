/**
 * A goal is reached when a pool can pay one more income than ever before: those that began, and those that could begin now. What
 * goes down and up again tells nobody anything new. Whoever gave to the pool before that moment is told, in portions that resume.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { donationIdsOf } from '../donations/index.ts'
import { donorsOfGifts, tellDonor } from '../donors/index.ts'
import { enrolmentsOf, poolStanding } from '../enrolments/index.ts'
import { letters } from '../mail/index.ts'
import { money } from '../money/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Pool, poolById, pools } from '../pools/index.ts'

/** Where counting begins in a pool nobody is told: it was so before anybody looked. Answers how many were reached now. */
export async function noteGoals(deps: Deps): Promise<number> {
  const { db, organisationId } = deps
  let reached = 0
  for (const pool of await pools(db, organisationId)) {
    if (pool.state === 'closed') continue
    if (await inTransaction(db, trx => noteGoal(trx, deps, pool))) reached += 1
  }
  return reached
}

async function noteGoal(trx: Transaction<DB>, { organisationId, clock }: Deps, pool: Pool): Promise<boolean> {
  const now = clock.now()
  const { sustainability } = await poolStanding(trx, organisationId, pool, now)
  const begun = (await enrolmentsOf(trx, organisationId, pool.id)).length
  const number = begun + sustainability.newIncomes
  const last = await trx
    .selectFrom('giving.goals')
    .select('number')
    .where('organisationId', '=', organisationId)
    .where('poolId', '=', pool.id)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  if (last && last.number >= number) return false
  const made = await trx
    .insertInto('giving.goals')
    .values({
      ...{ organisationId, poolId: pool.id, number, reachedAt: now },
      ...{ toldUntil: null, toldAt: last ? null : now },
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('number')
    .executeTakeFirst()
  return made !== undefined && last !== undefined
}

const PORTION = 200

/** Answers how many letters were queued. */
export async function tellGoals(deps: Deps): Promise<number> {
  let queued = 0
  for (;;) {
    const done = await inTransaction(deps.db, trx => tellPortion(trx, deps))
    if (done === null) return queued
    queued += done
  }
}

/** Null: nothing is left to tell. Two at once wait for each other, and each goes on where the other stopped. */
async function tellPortion(trx: Transaction<DB>, deps: Deps): Promise<number | null> {
  const { organisationId, clock } = deps
  const goal = await trx
    .selectFrom('giving.goals')
    .select(['poolId', 'number', 'reachedAt', 'toldUntil'])
    .where('organisationId', '=', organisationId)
    .where('toldAt', 'is', null)
    .orderBy('reachedAt')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  if (!goal) return null
  const ids = await donationIdsOf(trx, organisationId, goal.poolId, { after: goal.toldUntil, limit: PORTION })
  const pool = await poolById(trx, organisationId, goal.poolId)
  let queued = 0
  for (const donorId of await donorsOfGifts(trx, organisationId, ids, goal.reachedAt))
    if (await tellDonor(trx, deps, donorId, 'goal-reached', letterOf(pool, goal.number))) queued += 1
  await trx
    .updateTable('giving.goals')
    .set(ids.length < PORTION ? { toldAt: clock.now() } : { toldUntil: ids.at(-1) ?? null })
    .where('organisationId', '=', organisationId)
    .where('poolId', '=', goal.poolId)
    .where('number', '=', goal.number)
    .execute()
  return queued
}

const letterOf = (pool: Pool, number: number): Parameters<typeof tellDonor>[4] => ({
  about: `${pool.id}/${number}`,
  write: ({ locale, organisation, base }) =>
    letters.goalReached({
      ...{ locale, organisation, number, pool: pool.name, months: pool.termMonths },
      url: `${base}/pools/${pool.slug}`,
      monthly: money(pool.monthlyAmount, pool.currency),
    }),
})
