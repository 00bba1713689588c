/** A year after their latest gift, somebody is asked once whether they give another year. Nobody is asked twice for one gift. */
import type { Deps } from '../deps.ts'
import { donationsByIds } from '../donations/index.ts'
import { lastGaveBetween, tellDonor } from '../donors/index.ts'
import { letters } from '../mail/index.ts'
import { money, toDecimal } from '../money/index.ts'
import { addDays, instantOf, localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'

/** From two weeks before the year is over, for as long: a service that was away for a while misses nobody. */
const FROM_DAYS = 351
const TO_DAYS = 379
const kind = 'give-again'

/** Answers how many letters were queued. Safe to repeat. */
export async function remindToRenew(deps: Deps): Promise<number> {
  const { db, organisationId } = deps
  const today = localDate(deps.clock.now())
  const ago = (days: number) => instantOf(addDays(today, -days), '00:00')
  const asked = await inTransaction(db, trx =>
    lastGaveBetween(trx, organisationId, ago(TO_DAYS), ago(FROM_DAYS)),
  )
  let told = 0
  for (const { donorId, donationId } of asked) {
    await inTransaction(db, async trx => {
      const [gift] = await donationsByIds(trx, organisationId, [donationId])
      if (gift?.state !== 'available') return
      const pool = await poolById(trx, organisationId, gift.poolId)
      if (pool.state === 'closed') return
      const write = ({
        locale,
        organisation,
        base,
      }: {
        locale: 'nl' | 'en'
        organisation: string
        base: string
      }) =>
        letters.giveAgain({
          ...{
            locale,
            organisation,
            pool: pool.name,
            gift: money(gift.amount, gift.currency),
            at: gift.createdAt,
          },
          url: `${base}/pools/${pool.slug}?ownAmount=${toDecimal(money(gift.amount, gift.currency))}#give`,
        })
      if (await tellDonor(trx, deps, donorId, kind, { about: donationId, write })) told += 1
    })
  }
  return told
}
