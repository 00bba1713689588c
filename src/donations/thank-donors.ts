/**
 * Thanks whoever left an address, with the receipt, for each gift for which money came: once, each with its letter in one
 * transaction. The gift was marked when the money was posted, so that a burst is not slowed by letters.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { type Came, claimThanks, giftsToThankFor, tellDonor } from '../donors/index.ts'
import { letters } from '../mail/index.ts'
import { money } from '../money/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'
import { donationById } from './donation.ts'
import { receiptTokenOf } from './receipt-token.ts'

const BATCH = 200

/** Answers how many letters were queued. One gift that fails holds up no other. */
export async function thankDonors(deps: Deps): Promise<number> {
  const { db, organisationId } = deps
  let queued = 0
  let failure: unknown
  let after: string | null = null
  for (;;) {
    const since: string | null = after
    const due: Came[] = await inTransaction(db, trx =>
      giftsToThankFor(trx, organisationId, { after: since, limit: BATCH }),
    )
    for (const came of due) {
      try {
        if (await inTransaction(db, trx => thank(trx, deps, came))) queued += 1
      } catch (error) {
        failure ??= error
      }
    }
    after = due.at(-1)?.donationId ?? null
    if (due.length < BATCH) break
  }
  if (failure) throw failure
  return queued
}

async function thank(trx: Transaction<DB>, deps: Deps, { donationId, at }: Came): Promise<boolean> {
  const { organisationId, clock } = deps
  const donorId = await claimThanks(trx, organisationId, donationId, clock.now())
  if (!donorId) return false
  const donation = await donationById(trx, organisationId, donationId)
  if (donation.state === 'failed') return false // it was taken back before we could say thanks
  const { amount, costsShare, currency } = donation
  const pool = await poolById(trx, organisationId, donation.poolId)
  const token = await receiptTokenOf(trx, deps, donationId)
  return tellDonor(trx, deps, donorId, 'gift-received', {
    about: donationId,
    write: ({ locale, organisation, rsin, base }) =>
      letters.giftReceived({
        ...{ locale, organisation, rsin, at, pool: pool.name, number: donationId },
        url: token ? `${base}/receipts/${token}` : `${base}/my-gifts`,
        paid: money(amount + costsShare, currency),
        gift: money(amount, currency),
        costs: costsShare > 0n ? money(costsShare, currency) : null,
      }),
  })
}
