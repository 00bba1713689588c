/** Donations: starting one, its receipt, and the door for the provider's events. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import { anyActorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import {
  type Donation,
  donationByReceipt,
  donationStates,
  epcPayload,
  giftLimits,
  ledgerKeysOf,
  openInbox,
  startDonation,
  transferOfDonation,
} from '../donations/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  dateSchema,
  idempotencyHeaders,
  idSchema,
  instantSchema,
  plainText,
} from '../platform/http/amount.ts'
import { atMostEvery } from '../platform/joined.ts'
import { DomainError } from '../refusals.ts'

const typed = (max: number) =>
  plainText(0, max)
    .transform(text => text || undefined)
    .optional()

/** By transfer; less by checkout, together with the contribution to costs. */
const LARGEST = Number(giftLimits['bank-transfer'].largest)

const newDonation = z
  .strictObject({
    amount: amountSchema.min(Number(giftLimits.checkout.smallest)).max(LARGEST),
    currency: currencySchema,
    costsShare: amountSchema
      .min(0)
      .max(LARGEST)
      .default(0)
      .meta({ description: 'Separate contribution to running costs, in cents.' }),
    nickname: typed(60).meta({ description: 'Shown with the gift; leave it out to give anonymously.' }),
    asOrganisation: z
      .boolean()
      .default(false)
      .meta({ description: 'The nickname is the name of an organisation that gives.' }),
    message: typed(500),
    email: plainText(0, 254)
      .transform(text => text || undefined)
      .optional()
      .meta({ description: 'For thanks and receipt, and to see the gift after signing in by mail.' }),
    locale: z.enum(['nl', 'en']).default('nl'),
    method: z
      .enum(['checkout', 'bank-transfer'])
      .default('checkout')
      .meta({ description: 'The provider’s payment page, or a transfer that the donor makes.' }),
  })
  .meta({ id: 'NewDonation' })

export const receiptSchema = z
  .object({
    donationId: idSchema,
    poolId: idSchema,
    amount: amountSchema,
    costsShare: amountSchema,
    fee: amountSchema.nullable().meta({ description: 'What the provider charged; null until it is known.' }),
    currency: currencySchema,
    state: z.enum(donationStates),
    refunded: amountSchema.meta({ description: 'What went back to the donor.' }),
    refundOwed: amountSchema.meta({ description: 'What was decided to go back, and was not paid back yet.' }),
    disputed: amountSchema.meta({ description: 'What the donor’s bank took, and may give back.' }),
    chargedBack: amountSchema.meta({ description: 'What the donor’s bank took for good.' }),
    startedAt: instantSchema,
    availableOn: instantSchema.nullable(),
    ledgerKeys: z.array(z.string()).meta({ description: 'Keys of its entries in the public ledger.' }),
    transfer: z
      .object({
        iban: z.string(),
        holder: z.string(),
        reference: z.string().meta({ description: 'Structured creditor reference, ISO 11649.' }),
        openUntil: dateSchema.meta({ description: 'The last day on which it may be booked.' }),
        epc: z
          .string()
          .nullable()
          .meta({ description: 'What the QR code holds: EPC069-12, version 002; null once it came.' }),
      })
      .nullable()
      .meta({ description: 'How to transfer; null for a gift that is paid otherwise.' }),
  })
  .meta({ id: 'Receipt' })

const started = z
  .object({ donation: receiptSchema, checkoutUrl: z.url(), receiptToken: z.string() })
  .meta({ id: 'StartedDonation' })

export async function receiptOut({ db, organisationId }: Deps, donation: Donation) {
  const { id, state } = donation
  const byTransfer = donation.provider === 'bank-transfer'
  const transfer = byTransfer ? await transferOfDonation(db, organisationId, id) : null
  return {
    donationId: id,
    poolId: donation.poolId,
    amount: amountOut(donation.amount),
    costsShare: amountOut(donation.costsShare),
    fee: donation.fee === null ? null : amountOut(donation.fee),
    currency: donation.currency,
    state,
    refunded: amountOut(donation.refunded),
    refundOwed: amountOut(donation.refundOwed),
    disputed: amountOut(donation.disputed),
    chargedBack: amountOut(donation.chargedBack),
    startedAt: donation.createdAt.toISOString(),
    availableOn: donation.availableOn?.toISOString() ?? null,
    ledgerKeys: await ledgerKeysOf(db, organisationId, id),
    transfer: transfer && {
      ...{ iban: transfer.iban, holder: transfer.holder, reference: transfer.reference },
      openUntil: transfer.openUntil,
      epc:
        state === 'awaiting-transfer'
          ? epcPayload({
              ...transfer,
              amount: donation.amount + donation.costsShare,
              currency: donation.currency,
            })
          : null,
    },
  }
}

export function registerDonationRoutes(api: App, deps: Deps, options: AppOptions): void {
  const { db, organisationId } = deps
  const tags = ['donations']

  api.post(
    '/pools/:poolId/donations',
    {
      config: { permission: 'donations.give', limit: 'give' },
      schema: {
        tags,
        operationId: 'startDonation',
        summary: 'Start a gift and get its payment page, or how to transfer it',
        params: z.object({ poolId: idSchema }),
        headers: idempotencyHeaders,
        body: newDonation,
        response: { 201: started },
      },
    },
    async (request, reply) => {
      const { amount, costsShare, currency, nickname, asOrganisation, message, email, locale, method } =
        request.body
      const { donation, receiptToken, checkoutUrl } = await startDonation(deps, anyActorOf(request), {
        poolId: request.params.poolId,
        amount: BigInt(amount),
        costsShare: BigInt(costsShare),
        currency,
        nickname,
        asOrganisation,
        message,
        email,
        locale,
        method,
        idempotencyKey: request.headers['idempotency-key'],
      })
      reply.code(201).header('location', `/v1/receipts/${receiptToken}`)
      return { donation: await receiptOut(deps, donation), checkoutUrl, receiptToken }
    },
  )
  api.get(
    '/receipts/:receiptToken',
    {
      config: { permission: 'public.read' },
      schema: {
        tags,
        operationId: 'getReceipt',
        summary: 'What became of a gift',
        params: z.object({ receiptToken: z.string().min(10).max(100) }),
        response: { 200: receiptSchema },
      },
    },
    async request =>
      receiptOut(deps, await donationByReceipt(db, organisationId, request.params.receiptToken)),
  )

  const requestReading = atMostEvery(1_000, () => options.requestJob('read-payments'))
  const receive = openInbox(deps, {
    // What is stored is stored: when this fails, the job that runs every minute finds it.
    onNew: () =>
      requestReading().catch(error => options.logger.error({ err: error }, 'no reading requested')),
  })
  // The signature is over the bytes as they came: this scope alone keeps the body raw.
  api.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post(
      '/provider-events',
      {
        config: { permission: 'provider-events.deliver', limit: 'none' },
        schema: { hide: true },
        logLevel: 'warn', // thousands a second on a busy evening: what is refused is written down, what is stored is in the inbox
      },
      async (request, reply) => {
        const signature = request.headers['stripe-signature']
        if (typeof signature !== 'string' || !Buffer.isBuffer(request.body))
          throw new DomainError('forged-event')
        await receive(request.body, signature)
        return reply.code(200).send({ received: true })
      },
    )
  })
}
