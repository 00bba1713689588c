/**
 * A donor starts a gift: it is written down first, with all that the provider will be asked, then the provider
 * opens its payment page. A crash in between leaves a donation without a page; the same Idempotency-Key goes on
 * where it stopped, under the same key at the provider.
 */
import type { Transaction } from 'kysely'
import { type Actor, recordAct } from '../acts/index.ts'
import { mailboxOf } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { donorOfAddress, keepGift } from '../donors/index.ts'
import { requirePlainAddress } from '../mail/index.ts'
import type { Locale } from '../money/index.ts'
import { isPaymentPage } from '../platform/http/payment-page.ts'
import { newId, sha256 } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Pool, poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { bankTransfer } from './bank-transfer/open-transfer.ts'
import { type Donation, donationById } from './donation.ts'
import { refuseOutOfLimits, type WayToPay } from './limits.ts'
import { ProviderRejected, ProviderUnknown } from './provider.ts'

export interface DonationInput {
  readonly poolId: string
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: string
  readonly nickname: string | undefined
  readonly message: string | undefined
  /** The nickname is an organisation's name. */
  readonly asOrganisation?: boolean
  /** For thanks and receipt, and to see the gift after signing in; nobody proved it. */
  readonly email?: string | undefined
  readonly locale: Locale
  /** The provider's payment page, unless the donor transfers the money. */
  readonly method?: WayToPay
  readonly idempotencyKey: string
}

export interface StartedDonation {
  readonly donation: Donation
  readonly receiptToken: string
  readonly checkoutUrl: string
}

export async function startDonation(
  deps: Deps,
  actor: Actor,
  input: DonationInput,
): Promise<StartedDonation> {
  const email = input.email === undefined ? undefined : requirePlainAddress(input.email.trim())
  if (email !== undefined) {
    const mailbox = deps.vault.fingerprint(`mailbox/${mailboxOf(email)}`).toString('hex')
    await deps.limits.count('give', 'address', mailbox)
  }
  await deps.limits.count('give', 'pool', input.poolId)
  await deps.limits.count('give', 'total', 'all')
  // Other keys at the provider say nothing about our own account at the bank.
  const byTransfer = input.method === 'bank-transfer'
  if (!byTransfer && !(await deps.providerKeys.areAccepted())) throw new DomainError('payments-on-hold')
  const { donationId, pool } = await inTransaction(deps.db, trx => writeDown(trx, deps, actor, input))
  const known = await donationById(deps.db, deps.organisationId, donationId)
  const receiptToken = await receiptTokenStored(deps, donationId)
  if (known.checkoutUrl) {
    const checkoutUrl = paymentPage(known.checkoutUrl, deps)
    return { donation: known, receiptToken, checkoutUrl }
  }
  const checkout = await openCheckout(deps, pool, known, receiptToken, input.locale)
  const checkoutUrl = byTransfer ? checkout.url : paymentPage(checkout.url, deps)
  await deps.db
    .updateTable('donations.donations')
    .set({
      providerCheckoutId: checkout.providerCheckoutId,
      checkoutUrl: byTransfer ? null : checkoutUrl, // the receipt's address is the donor's alone
      checkoutExpiresAt: checkout.expiresAt,
    })
    .where('organisationId', '=', deps.organisationId)
    .where('id', '=', donationId)
    .execute()
  return { donation: known, receiptToken, checkoutUrl }
}

/** Whatever answered in the provider's name, a donor is sent to the provider's own site or nowhere. */
function paymentPage(url: string, { mode, publicUrl }: Deps): string {
  if (isPaymentPage(url, mode, publicUrl())) return url
  throw new DomainError('provider-rejected', {
    reason: {
      nl: 'Het adres van de betaalpagina klopt niet',
      en: 'The address of the payment page is not valid',
    },
  })
}

/** Derived, so that a repeated request shows the same receipt; only its hash is stored. */
const receiptTokenFrom = (fingerprint: Buffer): string => fingerprint.subarray(0, 18).toString('base64url')
const receiptSeed = (donationId: string): string => `receipt/${donationId}`

/** The one whose hash was stored, also when the secret was rotated since. */
async function receiptTokenStored({ db, vault, organisationId }: Deps, donationId: string): Promise<string> {
  const { receiptTokenSha256 } = await db
    .selectFrom('donations.donations')
    .select('receiptTokenSha256')
    .where('organisationId', '=', organisationId)
    .where('id', '=', donationId)
    .executeTakeFirstOrThrow()
  const tokens = vault.fingerprints(receiptSeed(donationId)).map(receiptTokenFrom)
  const found = tokens.find(token => sha256(token).equals(receiptTokenSha256))
  if (!found) throw new DomainError('checkout-closed') // the secret of that time is gone
  return found
}

async function writeDown(
  trx: Transaction<DB>,
  deps: Deps,
  actor: Actor,
  input: DonationInput,
): Promise<{ donationId: string; pool: Pool }> {
  const { organisationId, vault } = deps
  const { poolId, amount, costsShare, currency, nickname, message, email, locale, idempotencyKey } = input
  const asOrganisation = input.asOrganisation === true
  const byTransfer = input.method === 'bank-transfer'
  const pool = await poolById(trx, organisationId, poolId)
  const claim = await claimKey(trx, vault, {
    organisationId,
    operation: 'start-donation',
    key: idempotencyKey,
    request: {
      ...{ poolId, amount, costsShare, currency, nickname, message, email: email?.trim(), locale },
      // As before there was a choice.
      method: byTransfer ? 'bank-transfer' : undefined,
      asOrganisation: asOrganisation || undefined,
    },
    resourceId: newId(),
  })
  const donationId = claim.resourceId
  if (!claim.first) return { donationId, pool }
  refuse(pool, input)
  const now = deps.clock.now()
  await trx
    .insertInto('donations.donations')
    .values({
      organisationId,
      id: donationId,
      poolId,
      amount,
      costsShare,
      currency: pool.currency,
      receiptTokenSha256: sha256(receiptTokenFrom(vault.fingerprint(receiptSeed(donationId)))),
      locale,
      provider: byTransfer ? 'bank-transfer' : deps.providerName,
      poolName: pool.name,
      returnBase: deps.publicUrl(),
      providerCheckoutId: null,
      checkoutUrl: null,
      checkoutExpiresAt: null,
      createdAt: now,
    })
    .execute()
  await keepGift(trx, organisationId, {
    donationId,
    donorId: email === undefined ? null : await donorOfAddress(trx, deps, { email, locale }),
    nickname: nickname ?? null,
    message: message ?? null,
    asOrganisation,
  })
  await recordAct(trx, organisationId, actor, {
    at: now,
    action: 'donation.start',
    subject: { kind: 'donation', id: donationId },
    detail: { amount: amount.toString(), costsShare: costsShare.toString(), poolId },
  })
  return { donationId, pool }
}

function refuse(pool: Pool, input: DonationInput): void {
  if (pool.state === 'closed') throw new DomainError('pool-closed', { field: 'poolId' })
  if (input.currency !== pool.currency) {
    throw new DomainError('wrong-currency', {
      field: 'currency',
      reason: `${input.currency} ≠ ${pool.currency}`,
    })
  }
  refuseOutOfLimits(input)
  if (input.asOrganisation && !input.nickname) {
    throw new DomainError('invalid-request', {
      field: 'nickname',
      reason: { nl: 'Vul de naam van de organisatie in', en: 'Fill in the name of the organisation' },
    })
  }
}

/** A provider forgets an idempotency key after a day: repeating the call later could open a second checkout. */
const KEY_REMEMBERED_MS = 23 * 3_600_000

async function openCheckout(
  deps: Deps,
  pool: Pool,
  donation: Donation,
  receiptToken: string,
  locale: Locale,
) {
  const byTransfer = donation.provider === 'bank-transfer'
  if (!byTransfer && deps.clock.now().getTime() - donation.createdAt.getTime() > KEY_REMEMBERED_MS) {
    throw new DomainError('checkout-closed')
  }
  const asked = await deps.db
    .selectFrom('donations.donations')
    .select(['poolName', 'returnBase'])
    .where('organisationId', '=', deps.organisationId)
    .where('id', '=', donation.id)
    .executeTakeFirstOrThrow()
  const base = `${asked.returnBase}${locale === 'en' ? '/en' : ''}`
  try {
    return await (byTransfer ? bankTransfer(deps) : deps.provider).createCheckout({
      donationId: donation.id,
      poolName: asked.poolName,
      amount: donation.amount,
      costsShare: donation.costsShare,
      currency: donation.currency,
      successUrl: `${base}/receipts/${receiptToken}`,
      cancelUrl: `${base}/pools/${pool.slug}`,
      locale,
      idempotencyKey: donation.id,
      metadata: { donationId: donation.id, organisationId: String(deps.organisationId), poolId: pool.id },
    })
  } catch (error) {
    if (error instanceof ProviderRejected)
      throw new DomainError('provider-rejected', { reason: error.reason })
    if (error instanceof ProviderUnknown) throw new DomainError('provider-unknown')
    throw error
  }
}
