/** All that is held of whoever is signed in as a donor: to take along, and to have erased. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import { forgetDonor } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { anyRuns, type MonthlyGift, ownMonthlyGifts } from '../donations/index.ts'
import {
  type DonorData,
  donorData,
  donorIdOfPerson,
  eraseDonor,
  monthlyGiftsOfDonor,
} from '../donors/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { followedByDonor } from '../retention/index.ts'
import { keptOverviews, type Overview } from './overview.ts'
import { type OwnGifts, ownGiftsOf } from './own-gifts.ts'

export interface OwnData extends Omit<OwnGifts, 'years'>, Omit<DonorData, 'letters'> {
  readonly told: DonorData['letters']
  readonly overviews: readonly Overview[]
  readonly monthlyGifts: readonly MonthlyGift[]
  /** Ids of pools; null: the newsletter. */
  readonly follows: readonly (string | null)[]
}

/** Null: nothing is known under their address. */
export async function ownData(deps: Deps, personId: string): Promise<OwnData | null> {
  const monthlyGifts = await ownMonthlyGifts(deps, personId)
  return inTransaction(deps.db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, personId)
    const own = donorId && (await ownGiftsOf(trx, deps, donorId))
    if (!donorId || !own) return null
    const { letters: told, stops } = await donorData(trx, deps.organisationId, donorId)
    const { donor, gifts, letters } = own
    const overviews = await keptOverviews(trx, deps.organisationId, donorId)
    const follows = await followedByDonor(trx, deps.organisationId, donorId)
    return { donor, gifts, letters, told, stops, overviews, follows, monthlyGifts }
  })
}

/**
 * Who they are goes; donations, ledger and overviews stay, of nobody. Whoever only gave is signed out, and their address is
 * forgotten as a way in too. Refuses with `not-found`, and `monthly-gift-runs`. Answers whether they are signed out.
 */
export async function eraseOwnData(deps: Deps, actor: PersonActor): Promise<{ signedOut: boolean }> {
  const { organisationId, clock } = deps
  return inTransaction(deps.db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, actor.id)
    if (!donorId) throw new DomainError('not-found', { field: 'donor' })
    // Nobody could announce the next debit any more.
    const monthly = await monthlyGiftsOfDonor(trx, organisationId, donorId)
    if (await anyRuns(trx, organisationId, monthly, clock.now())) throw new DomainError('monthly-gift-runs')
    await eraseDonor(trx, deps, donorId)
    const signedOut = await forgetDonor(trx, organisationId, actor.id)
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'donor.erase',
      subject: { kind: 'donor', id: donorId },
    })
    return { signedOut }
  })
}
