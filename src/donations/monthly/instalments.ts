/**
 * From a charge to its monthly gift. A charge says nothing of its invoice, so the provider is asked what its payment was for, once
 * for each charge that is new; what cannot be told for sure is no instalment, and is parked. The donation of an instalment is made in
 * the transaction that posts it, once for each charge: a debit that was taken back and tried again is two.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { donorsOfMonthlyGifts, keepGift, type OfMonthlyGift } from '../../donors/index.ts'
import { isUuid, newId, sha256 } from '../../platform/id.ts'
import type { ProviderTransaction } from '../provider.ts'
import { newReceiptToken } from '../receipt-token.ts'
import type { ProviderInstalment } from './provider.ts'

export interface MaybeInstalment extends ProviderTransaction {
  /** null: it was asked, and is no instalment. */
  readonly instalment?: ProviderInstalment | null
}

const isGift = ({ kind }: ProviderTransaction) => kind === 'gift' || kind === 'gift-failed'

/** About 25 reads a second are allowed, and others read too. */
const READS_AT_ONCE = 15
const wait = () => new Promise(resolve => setTimeout(resolve, 1_000).unref())

/** What is of an instalment that was posted before says so; of others the provider says what they were for. */
export async function withInstalments(
  { db, organisationId, provider }: Deps,
  transactions: readonly ProviderTransaction[],
): Promise<MaybeInstalment[]> {
  const silent = transactions.filter(each => each.chargeId && !each.checkoutMetadata?.donationId)
  const known = await donationsOfCharges(db, organisationId, silent)
  const asked = new Map<string, ProviderInstalment | null>()
  for (const { chargeId = '', paymentId, kind } of silent) {
    if (known.has(chargeId) || !paymentId || asked.has(paymentId) || !isGift({ kind } as ProviderTransaction))
      continue
    if (asked.size > 0 && asked.size % READS_AT_ONCE === 0) await wait()
    asked.set(paymentId, await provider.getInstalment(paymentId))
  }
  return transactions.map(each => {
    const donationId = known.get(each.chargeId ?? '')
    if (donationId) return { ...each, checkoutMetadata: { ...each.checkoutMetadata, donationId } }
    const instalment = asked.get(each.paymentId ?? '')
    return instalment === undefined || !silent.includes(each) ? each : { ...each, instalment }
  })
}

async function donationsOfCharges(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
): Promise<Map<string, string>> {
  const charges = transactions.flatMap(({ chargeId }) => chargeId ?? [])
  if (charges.length === 0) return new Map()
  const rows = await db
    .selectFrom('donations.donations')
    .select(['providerChargeId', 'id'])
    .where('organisationId', '=', organisationId)
    .where('providerChargeId', 'in', charges)
    .execute()
  return new Map(
    rows.flatMap(({ providerChargeId, id }) => (providerChargeId ? [[providerChargeId, id]] : [])),
  )
}

/** Makes the donations of those that are plainly instalments, and answers all with the donation that each is of. */
export async function makeInstalments(
  trx: Transaction<DB>,
  deps: Deps,
  transactions: readonly MaybeInstalment[],
): Promise<MaybeInstalment[]> {
  const fresh = transactions.filter(each => each.instalment?.monthlyGiftId && each.chargeId)
  if (fresh.length === 0) return [...transactions]
  const { organisationId } = deps
  const gifts = await monthlyGiftsOf(trx, organisationId, fresh)
  const donors = await donorsOfMonthlyGifts(trx, organisationId, [...gifts.keys()])
  const made = await donationsOfCharges(trx, organisationId, fresh)
  for (const each of fresh) {
    const gift = gifts.get(each.instalment?.monthlyGiftId ?? '')
    if (!gift || made.has(each.chargeId ?? '') || !fits(each, gift, organisationId)) continue
    made.set(each.chargeId ?? '', await makeOne(trx, deps, each, gift, donors.get(gift.id)))
  }
  return transactions.map(each => {
    const donationId = each.instalment ? made.get(each.chargeId ?? '') : undefined
    return donationId ? { ...each, checkoutMetadata: { ...each.checkoutMetadata, donationId } } : each
  })
}

type Gift = Awaited<ReturnType<typeof monthlyGiftsOf>> extends Map<string, infer T> ? T : never

async function monthlyGiftsOf(
  trx: Transaction<DB>,
  organisationId: number,
  transactions: readonly MaybeInstalment[],
) {
  const ids = transactions.flatMap(({ instalment }) => instalment?.monthlyGiftId ?? []).filter(isUuid)
  if (ids.length === 0) return new Map<string, never>()
  const rows = await trx
    .selectFrom('donations.monthlyGifts')
    .selectAll()
    .where('organisationId', '=', organisationId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}

/** In the gift's currency and of its one subscription; as much as its parts are, or, of what was taken back, no more. */
function fits(each: MaybeInstalment, gift: Gift, organisationId: number): boolean {
  const { amounts, subscriptionId, organisationId: theirs } = each.instalment ?? {}
  if (!amounts || theirs !== String(organisationId)) return false
  if (gift.subscriptionId !== null && gift.subscriptionId !== subscriptionId) return false
  const total = amounts.amount + amounts.costsShare
  return (
    each.currency === gift.currency && (each.kind === 'gift' ? each.amount === total : -each.amount <= total)
  )
}

async function makeOne(
  trx: Transaction<DB>,
  { organisationId, vault }: Deps,
  { instalment, chargeId, createdAt, mandate, kind }: MaybeInstalment,
  gift: Gift,
  whose: OfMonthlyGift | undefined,
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('donations.donations')
    .values({
      ...{ organisationId, id, poolId: gift.poolId, currency: gift.currency, locale: gift.locale },
      ...{ amount: instalment?.amounts?.amount ?? 0n, costsShare: instalment?.amounts?.costsShare ?? 0n },
      receiptTokenSha256: sha256(newReceiptToken(vault, id)),
      ...{ provider: gift.provider, poolName: gift.poolName, returnBase: gift.returnBase, createdAt },
      ...{ providerCheckoutId: null, checkoutUrl: null, checkoutExpiresAt: null },
      ...{ monthlyGiftId: gift.id, providerChargeId: chargeId ?? null },
      providerInvoiceId: instalment?.invoiceId ?? null,
    })
    .execute()
  await keepGift(trx, organisationId, {
    ...{ donationId: id, donorId: whose?.donorId ?? null },
    ...{ nickname: whose?.nickname ?? null, message: whose?.message ?? null },
    asOrganisation: whose?.asOrganisation ?? false,
  })
  if (mandate && kind === 'gift') {
    await trx
      .updateTable('donations.monthlyGifts')
      .set({ mandateId: mandate.id, mandateMethodId: mandate.methodId })
      .where('organisationId', '=', organisationId)
      .where('id', '=', gift.id)
      .execute()
  }
  return id
}
