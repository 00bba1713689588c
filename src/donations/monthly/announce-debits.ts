/**
 * Announces each debit some days before: amount, day, and the mandate's reference where the provider tells it (SEPA Core Rulebook: 14 days,
 * or as agreed; here two days or more). Once for each day on which one falls due.
 */

import { sql } from 'kysely'
import type { Deps } from '../../deps.ts'
import { donorsOfMonthlyGifts, tellDonor } from '../../donors/index.ts'
import { letters } from '../../mail/index.ts'
import { addDays, instantOf, localDate } from '../../platform/calendar/index.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { ProviderRejected } from '../provider.ts'

/** Five days before; who was missed that day is told later, as long as it is still two days. */
export const ANNOUNCED_DAYS = { earliest: 5, latest: 2 } as const
const AT_ONCE = 500

/** Answers how many letters were queued. */
export async function announceDebits(deps: Deps): Promise<number> {
  let told = 0
  for (;;) {
    const due = await giftsDue(deps)
    for (const gift of due) if (await announce(deps, gift)) told += 1
    if (due.length < AT_ONCE) return told
  }
}

async function announce(deps: Deps, gift: Due): Promise<boolean> {
  const { db, organisationId } = deps
  const mandate = await mandateOf(deps, gift)
  const { id, nextAt } = gift
  const on = localDate(nextAt)
  return inTransaction(db, async trx => {
    await trx
      .updateTable('donations.monthlyGifts')
      .set({ announcedAt: nextAt })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .execute()
    const donor = (await donorsOfMonthlyGifts(trx, organisationId, [id])).get(id)
    if (!donor) return false
    return tellDonor(trx, deps, donor.donorId, 'debit-coming', {
      about: `${id}/${on}`,
      write: ({ locale, organisation, base }) =>
        letters.debitComing({
          ...{ locale, organisation, url: `${base}/my-monthly-gifts`, pool: gift.poolName, on, mandate },
          ...{ paid: gift.amount + gift.costsShare, currency: gift.currency },
        }),
    })
  })
}

/** Whole days of Amsterdam: whoever is debited on the seventh hears it from the second to the fifth. */
async function giftsDue({ db, organisationId, clock }: Deps) {
  const today = localDate(clock.now())
  const from = instantOf(addDays(today, ANNOUNCED_DAYS.latest), '00:00')
  const until = instantOf(addDays(today, ANNOUNCED_DAYS.earliest + 1), '00:00')
  return db
    .selectFrom('donations.monthlyGifts')
    .select([
      'id',
      'poolName',
      'amount',
      'costsShare',
      'currency',
      'mandateId',
      'mandateMethodId',
      'methodId',
    ])
    .select(sql<Date>`next_at`.as('nextAt'))
    .where('organisationId', '=', organisationId)
    .where('state', 'in', ['active', 'payment-failing'])
    .where('method', '=', 'sepa_debit')
    .where('nextAt', '>=', from)
    .where('nextAt', '<', until)
    .where(sql<boolean>`announced_at is distinct from next_at`)
    .orderBy('nextAt')
    .limit(AT_ONCE)
    .execute()
}

type Due = Awaited<ReturnType<typeof giftsDue>>[number]

/** Of another account than the last debit's nothing is known: better no reference than a wrong one. */
async function mandateOf(
  { provider }: Deps,
  { mandateId, mandateMethodId, methodId }: Due,
): Promise<string | null> {
  if (!mandateId || mandateMethodId !== methodId) return null
  try {
    return (await provider.getMandate(mandateId)).reference
  } catch (error) {
    if (error instanceof ProviderRejected) return null
    throw error
  }
}
