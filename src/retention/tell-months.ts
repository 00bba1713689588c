/** Once a month: what somebody's gifts did in the month before. One letter for all pools, once; who gave nothing that worked gets none. */
import type { Deps } from '../deps.ts'
import { paidByCycle } from '../disbursements/index.ts'
import { donationsByIds } from '../donations/index.ts'
import { giversToTell, nothingToTell, tellDonor } from '../donors/index.ts'
import { letters } from '../mail/index.ts'
import { money } from '../money/index.ts'
import { addMonths, instantOf, localDate, monthOf } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Pool, pools } from '../pools/index.ts'
import { giftAtWork, type PaidMonth } from '../sustainability/index.ts'
import { inThePool, monthsOfPool } from './months-of-gift.ts'

/** A payment that came back is seen by then, and everybody's statement is in. */
const FROM_DAY = 5
const PAGE = 100
const kind = 'month-of-gifts'

/** Answers how many letters were queued. Safe to repeat, and to break off. */
export async function tellMonths(deps: Deps): Promise<number> {
  const today = localDate(deps.clock.now())
  if (Number(today.slice(8)) < FROM_DAY) return 0
  const month = addMonths(monthOf(today), -1)
  const paid = await poolsThatPaid(deps, month)
  if (paid.size === 0) return 0
  const before = instantOf(`${addMonths(month, 1)}-01`, '00:00')
  let told = 0
  for (let page = PAGE; page === PAGE; ) {
    page = await inTransaction(deps.db, async trx => {
      const givers = await giversToTell(trx, deps.organisationId, { kind, about: month, before, limit: PAGE })
      for (const { donorId, donationIds } of givers) {
        const parts = partsOf(await donationsByIds(trx, deps.organisationId, donationIds), paid, month)
        if (parts.length === 0) {
          await nothingToTell(trx, deps.organisationId, donorId, { kind, about: month, at: deps.clock.now() })
          continue
        }
        const write = ({
          locale,
          organisation,
          base,
        }: {
          locale: 'nl' | 'en'
          organisation: string
          base: string
        }) => letters.monthOfGifts({ locale, organisation, month, parts, url: `${base}/my-gifts` })
        if (await tellDonor(trx, deps, donorId, kind, { about: month, write })) told += 1
      }
      return givers.length
    })
  }
  return told
}

interface PaidPool {
  readonly pool: Pool
  readonly incomes: number
  readonly months: readonly PaidMonth[]
}

async function poolsThatPaid(deps: Deps, month: string): Promise<Map<string, PaidPool>> {
  const found = new Map<string, PaidPool>()
  for (const pool of await pools(deps.db, deps.organisationId)) {
    const cycle = (await paidByCycle(deps.db, deps.organisationId, pool.id)).find(
      each => each.month === month,
    )
    if (!cycle) continue
    const months = await monthsOfPool(deps, pool.id, new Date(0))
    found.set(pool.id, { pool, incomes: cycle.incomes, months })
  }
  return found
}

function partsOf(
  donations: Awaited<ReturnType<typeof donationsByIds>>,
  paid: ReadonlyMap<string, PaidPool>,
  month: string,
) {
  return [...paid.values()].flatMap(({ pool, incomes, months }) => {
    const part = donations
      .filter(({ poolId }) => poolId === pool.id)
      .map(donation => inThePool(donation))
      .filter(gift => gift !== null)
      .map(gift => giftAtWork(gift, months).months.find(each => each.month === month)?.part ?? 0n)
      .reduce((sum, each) => sum + each, 0n)
    return part > 0n ? [{ pool: pool.name, incomes, part: money(part, pool.currency) }] : []
  })
}
