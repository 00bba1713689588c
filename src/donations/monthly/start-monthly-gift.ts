/**
 * A donor starts a monthly gift: written down first, with all that the provider will be asked, then the provider opens its page for
 * the first instalment. As with a single gift, the same Idempotency-Key goes on where it stopped. No donation is made here: each
 * instalment becomes one when the provider's transaction is posted.
 */
import type { Transaction } from 'kysely'
import { type Actor, recordAct } from '../../acts/index.ts'
import { mailboxOf } from '../../auth/index.ts'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { donorOfAddress, keepMonthlyGift } from '../../donors/index.ts'
import { requirePlainAddress } from '../../mail/index.ts'
import type { Locale } from '../../money/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { newId, sha256 } from '../../platform/id.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { poolById } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import { ProviderRejected, ProviderUnknown } from '../provider.ts'
import { tokenFrom } from '../receipt-token.ts'
import { KEY_REMEMBERED_MS, paymentPage, refuseGift } from '../start-donation.ts'
import { type MonthlyGift, monthlyGiftById } from './monthly-gift.ts'

export interface MonthlyGiftInput {
  readonly poolId: string
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: string
  readonly nickname: string | undefined
  readonly message: string | undefined
  /** The nickname is an organisation's name. */
  readonly asOrganisation?: boolean
  /** Asked for: each debit is announced by mail, and it is how the donor changes or stops it. */
  readonly email: string | undefined
  readonly locale: Locale
  readonly idempotencyKey: string
}

export interface StartedMonthlyGift {
  readonly monthlyGift: MonthlyGift
  readonly token: string
  readonly checkoutUrl: string
}

export async function startMonthlyGift(
  deps: Deps,
  actor: Actor,
  input: MonthlyGiftInput,
): Promise<StartedMonthlyGift> {
  await deps.limits.count('give', 'pool', input.poolId)
  await deps.limits.count('give', 'total', 'all')
  const email = requireAddress(input.email)
  const mailbox = deps.vault.fingerprint(`mailbox/${mailboxOf(email)}`).toString('hex')
  await deps.limits.count('give', 'address', mailbox)
  if (!(await deps.providerKeys.areAccepted())) throw new DomainError('payments-on-hold')
  const { db, organisationId } = deps
  const id = await inTransaction(db, trx => writeDown(trx, deps, actor, { ...input, email }))
  const row = await db
    .selectFrom('donations.monthlyGifts')
    .selectAll()
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const token = tokenStored(deps, id, row.tokenSha256)
  if (row.checkoutUrl) {
    const checkoutUrl = paymentPage(row.checkoutUrl, deps)
    return { monthlyGift: await monthlyGiftById(db, organisationId, id), token, checkoutUrl }
  }
  if (deps.clock.now().getTime() - row.startedAt.getTime() > KEY_REMEMBERED_MS) {
    throw new DomainError('checkout-closed')
  }
  const pool = await poolById(db, organisationId, row.poolId)
  const base = `${row.returnBase}${row.locale === 'en' ? '/en' : ''}`
  const checkout = await refusing(
    deps.provider.createMonthlyCheckout({
      ...{ monthlyGiftId: id, organisationId: String(organisationId), poolId: row.poolId },
      ...{ poolName: row.poolName, amount: row.amount, costsShare: row.costsShare, currency: row.currency },
      successUrl: `${base}/monthly-gifts/started/${token}`,
      cancelUrl: `${base}/pools/${pool.slug}`,
      ...{ locale: row.locale, idempotencyKey: id },
    }),
  )
  const checkoutUrl = paymentPage(checkout.url, deps)
  await db
    .updateTable('donations.monthlyGifts')
    .set({
      ...{ providerCheckoutId: checkout.providerCheckoutId, checkoutUrl },
      checkoutExpiresAt: checkout.expiresAt,
    })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .execute()
  return { monthlyGift: await monthlyGiftById(db, organisationId, id), token, checkoutUrl }
}

function requireAddress(email: string | undefined): string {
  if (email?.trim()) return requirePlainAddress(email.trim())
  throw new DomainError('monthly-needs-email', { field: 'email' })
}

const tokenSeed = (id: string): string => `monthly-gift/${id}`

function tokenStored({ vault }: Deps, id: string, hash: Buffer): string {
  const found = vault
    .fingerprints(tokenSeed(id))
    .map(tokenFrom)
    .find(token => sha256(token).equals(hash))
  if (!found) throw new DomainError('checkout-closed') // the secret of that time is gone
  return found
}

async function writeDown(
  trx: Transaction<DB>,
  deps: Deps,
  actor: Actor,
  input: MonthlyGiftInput & { readonly email: string },
): Promise<string> {
  const { organisationId, vault } = deps
  const {
    poolId,
    amount,
    costsShare,
    currency,
    nickname,
    message,
    email,
    locale,
    asOrganisation = false,
  } = input
  const pool = await poolById(trx, organisationId, poolId)
  const { resourceId: id, first } = await claimKey(trx, vault, {
    ...{ organisationId, operation: 'start-monthly-gift', key: input.idempotencyKey, resourceId: newId() },
    request: { poolId, amount, costsShare, currency, nickname, message, email, locale, asOrganisation },
  })
  if (!first) return id
  const now = deps.clock.now()
  refuseGift(pool, input, localDate(now))
  // It ends on a day, and what it raised may have to go back: nothing that goes on for years begins there.
  if (pool.giftsUntil !== null) throw new DomainError('campaign-is-once', { field: 'every' })
  await trx
    .insertInto('donations.monthlyGifts')
    .values({
      ...{ organisationId, id, poolId, amount, costsShare, currency: pool.currency, locale },
      ...{ provider: deps.providerName, tokenSha256: sha256(tokenFrom(vault.fingerprint(tokenSeed(id)))) },
      ...{ poolName: pool.name, returnBase: deps.publicUrl(), startedAt: now },
    })
    .execute()
  await keepMonthlyGift(trx, organisationId, {
    ...{ monthlyGiftId: id, donorId: await donorOfAddress(trx, deps, { email, locale }) },
    ...{ nickname: nickname ?? null, message: message ?? null, asOrganisation },
  })
  await recordAct(trx, organisationId, actor, {
    ...{ at: now, action: 'monthly-gift.start', subject: { kind: 'monthly-gift', id } },
    detail: { amount: amount.toString(), costsShare: costsShare.toString(), poolId },
  })
  return id
}

/** What a provider does not do, as a donor is told. */
export async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ProviderRejected)
      throw new DomainError('provider-rejected', { reason: error.reason })
    if (error instanceof ProviderUnknown) throw new DomainError('provider-unknown')
    throw error
  }
}
