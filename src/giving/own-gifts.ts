/** What whoever is signed in gave, by the address that they proved and by nothing else. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { type Donation, donationsByIds, receiptTokenOf } from '../donations/index.ts'
import {
  type Donor,
  donorById,
  donorIdOfPerson,
  giftsOfDonor,
  type LetterChoices,
  letterChoices,
  type Shown,
  shownWith,
} from '../donors/index.ts'
import type { Currency } from '../money/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { pools } from '../pools/index.ts'
import { type OverviewYear, overviewYears } from './overview.ts'

export interface OwnGift extends Shown {
  readonly donation: Donation
  readonly pool: { readonly slug: string; readonly name: string }
  /** Null when the secret of that time is gone. */
  readonly receiptToken: string | null
}

export interface OwnGifts {
  readonly donor: Donor
  readonly letters: LetterChoices
  /** The newest first. */
  readonly gifts: readonly OwnGift[]
  /** Years that are over, the latest first. */
  readonly years: readonly OverviewYear[]
}

/** Null: nothing is known under their address, or they have none. */
export async function ownGifts(deps: Deps, personId: string): Promise<OwnGifts | null> {
  return inTransaction(deps.db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, personId)
    return donorId ? ownGiftsOf(trx, deps, donorId) : null
  })
}

/** The same of a donor who is known already. */
export async function ownGiftsOf(
  trx: Transaction<DB>,
  deps: Deps,
  donorId: string,
): Promise<OwnGifts | null> {
  const { organisationId } = deps
  const donor = await donorById(trx, deps, donorId)
  if (!donor) return null
  const ids = await giftsOfDonor(trx, organisationId, donorId)
  const shown = await shownWith(trx, organisationId, ids)
  const byId = new Map((await pools(trx, organisationId)).map(pool => [pool.id, pool]))
  const gifts: OwnGift[] = []
  for (const donation of await donationsByIds(trx, organisationId, ids)) {
    const pool = byId.get(donation.poolId)
    if (!pool) throw new Error('a gift to a pool that is not there')
    const receiptToken = await receiptTokenOf(trx, deps, donation.id)
    const { nickname = null, message = null, asOrganisation = false } = shown.get(donation.id) ?? {}
    gifts.push({
      donation,
      receiptToken,
      nickname,
      message,
      asOrganisation,
      pool: { slug: pool.slug, name: pool.name },
    })
  }
  return {
    ...{ donor, gifts },
    letters: await letterChoices(trx, organisationId, donorId),
    years: await overviewYears(trx, deps, donorId),
  }
}

/** What of a gift came and is still given, with its share for costs. */
export function kept({ amount, costsShare, state, refunded, disputed, chargedBack }: Donation): bigint {
  if (['awaiting-payment', 'awaiting-transfer', 'failed'].includes(state)) return 0n
  return amount + costsShare - refunded - disputed - chargedBack
}

/** By currency. */
export function keptInAll(gifts: readonly OwnGift[]): Map<Currency, bigint> {
  const sums = new Map<Currency, bigint>()
  for (const { donation } of gifts)
    sums.set(donation.currency, (sums.get(donation.currency) ?? 0n) + kept(donation))
  return sums
}
