/** Stores what the provider said of a monthly gift, when, and tells the donor what they must know of it. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { donorsOfMonthlyGifts, tellDonor } from '../../donors/index.ts'
import { letters } from '../../mail/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { isUuid } from '../../platform/id.ts'
import type { ProviderMonthlyGift } from './provider.ts'

type Row = Awaited<ReturnType<typeof rowOf>> & object

/**
 * Answers whether it is one of ours and was not said before. What was read earlier never replaces what was read later, and what
 * stopped stays so. `at`: before the provider was asked.
 */
export async function storeSaid(
  trx: Transaction<DB>,
  deps: Deps,
  said: ProviderMonthlyGift,
  at: Date,
): Promise<boolean> {
  const { organisationId } = deps
  const row = await rowOf(trx, organisationId, said)
  if (!row || (row.subscriptionId !== null && row.subscriptionId !== said.subscriptionId)) return false
  if ((row.saidAt !== null && row.saidAt > at) || row.state === 'stopped') return false
  // Paid is paid: an older word of the provider's does not undo it.
  if (row.state !== 'awaiting-payment' && said.state === 'awaiting-payment') return false
  const { state, nextAt, method, methodId, giftItemId, costsItemId, subscriptionId, customerId } = said
  await trx
    .updateTable('donations.monthlyGifts')
    .set({
      ...{ state, nextAt, method, methodId, giftItemId, costsItemId, subscriptionId, customerId },
      ...{ saidAt: at, ...(said.amounts ?? {}) },
    })
    .where('organisationId', '=', organisationId)
    .where('id', '=', row.id)
    .execute()
  await tell(trx, deps, row, said, at)
  return state !== row.state
}

async function rowOf(trx: Transaction<DB>, organisationId: number, said: ProviderMonthlyGift) {
  const { monthlyGiftId } = said
  if (said.organisationId !== String(organisationId) || !monthlyGiftId || !isUuid(monthlyGiftId))
    return undefined
  return trx
    .selectFrom('donations.monthlyGifts')
    .select(['id', 'state', 'saidAt', 'subscriptionId', 'amount', 'costsShare', 'currency', 'poolName'])
    .where('organisationId', '=', organisationId)
    .where('id', '=', monthlyGiftId)
    .forUpdate()
    .executeTakeFirst()
}

/** That it began, once; that an instalment was not collected, once for each time that it goes wrong. */
async function tell(trx: Transaction<DB>, deps: Deps, row: Row, said: ProviderMonthlyGift, at: Date) {
  const began = row.state === 'awaiting-payment' && said.state === 'active'
  const failing = row.state !== 'payment-failing' && said.state === 'payment-failing'
  if (!began && !failing) return
  const donor = (await donorsOfMonthlyGifts(trx, deps.organisationId, [row.id])).get(row.id)
  if (!donor) return
  const { amount, costsShare } = said.amounts ?? row
  const about = { pool: row.poolName, currency: row.currency, paid: amount + costsShare }
  await tellDonor(trx, deps, donor.donorId, began ? 'monthly-gift-confirmed' : 'debit-failed', {
    about: began ? row.id : `${row.id}/${localDate(at)}`,
    write: ({ locale, organisation, base }) => {
      const common = { ...about, locale, organisation, url: `${base}/my-monthly-gifts` }
      if (!began) return letters.debitFailed(common)
      const nextOn = said.nextAt === null ? null : localDate(said.nextAt)
      return letters.monthlyGiftConfirmed({ ...common, nextOn, debit: said.method === 'sepa_debit' })
    },
  })
}
