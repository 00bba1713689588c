/** A gift's months, read: what the pool had and paid each time, from ledger, enrolments and the bank's outcomes. */
import type { Deps } from '../deps.ts'
import { type PaidCycle, paidByCycle } from '../disbursements/index.ts'
import type { Donation } from '../donations/index.ts'
import { promisedInPool } from '../enrolments/index.ts'
import { balanceEffectiveAt, fundOf } from '../ledger/index.ts'
import { instantOf } from '../platform/calendar/index.ts'
import { type GiftAtWork, giftAtWork, type PaidMonth } from '../sustainability/index.ts'

/** Null while the pool has nothing of it: not arrived, failed, or gone back. */
export async function monthsOfGift(
  deps: Pick<Deps, 'db' | 'organisationId'>,
  donation: Donation,
): Promise<GiftAtWork | null> {
  const gift = inThePool(donation)
  return gift && giftAtWork(gift, await monthsOfPool(deps, donation.poolId, gift.since))
}

export function inThePool({
  state,
  amount,
  fee,
  feeBearer,
  refunded,
  refundOwed,
  chargedBack,
  madeAvailableAt,
  createdAt,
}: Donation): { amount: bigint; since: Date } | null {
  if (state !== 'available' && state !== 'partly-refunded') return null
  const net = amount - (feeBearer === 'pool' ? (fee ?? 0n) : 0n) - refunded - refundOwed - chargedBack
  return net > 0n ? { amount: net, since: madeAvailableAt ?? createdAt } : null
}

/** Before each payday since then: what is free, and what is promised and was not paid yet. */
export async function monthsOfPool(
  { db, organisationId }: Pick<Deps, 'db' | 'organisationId'>,
  poolId: string,
  since: Date,
): Promise<PaidMonth[]> {
  const cycles = await paidByCycle(db, organisationId, poolId)
  const fund = cycles.length === 0 ? undefined : await fundOf(db, organisationId, poolId)
  if (!fund) return []
  const promised = await promisedInPool(db, organisationId, poolId)
  const months: PaidMonth[] = []
  let paidBefore = 0n
  for (const cycle of cycles) {
    const at = startOf(cycle)
    if (at >= since) {
      const free = await balanceEffectiveAt(db, organisationId, fund, at)
      const sum = promised.reduce((all, { at: from, total }) => (from <= at ? all + total : all), 0n)
      months.push({ month: cycle.month, at, pot: free + sum - paidBefore, paid: cycle.paid })
    }
    paidBefore += cycle.paid
  }
  return months
}

const startOf = ({ payday }: PaidCycle): Date => instantOf(payday, '00:00')
