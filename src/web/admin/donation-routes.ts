/** The pages on which staff looks up donations and gives them back. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf, personNames } from '../../auth/index.ts'
import {
  approveRefund,
  decideRefund,
  donationById,
  donationsOf,
  leftOf,
  refundById,
  refundsOf,
  refundsToDo,
  withdrawRefund,
} from '../../donations/index.ts'
import { parseAmount } from '../../money/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { poolById, poolBySlug } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import type { Notice } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { reasonOf } from './asked.ts'
import { donationsView, donationView } from './donations.ts'
import { viewerOf } from './routes.ts'

const SHOWN = 50
const bySlug = z.object({ slug: z.string().max(80) })
const byDonation = z.object({ donationId: idSchema })
const byRefund = z.object({ refundId: idSchema })
const typed = z
  .record(z.string().max(60), z.string().max(600))
  .and(z.object({ idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/) }))
const searched = z.object({
  reference: z.string().max(300).optional(),
  amount: z.string().max(30).optional(),
})

export function registerAdminDonationRoutes(pages: App, scope: PageScope): void {
  const { deps, locale, options } = scope
  const { db, organisationId } = deps

  /** Throws `invalid-request` at this field. */
  const amountIn = (words: string): bigint => {
    const amount = parseAmount(words, locale)
    if (amount.ok) return amount.minor
    const { refusals } = text(locale).amounts
    throw new DomainError('invalid-request', { field: 'amount', reason: refusals[amount.reason] })
  }

  pages.get(
    '/admin/pools/:slug/donations',
    {
      config: { permission: 'donations.read' },
      schema: { hide: true, params: bySlug, querystring: searched },
    },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      const { reference = '', amount = '' } = request.query
      const form = { ...emptyForm(), values: { reference, amount } }
      const todo = await refundsToDo(db, organisationId, pool.id)
      try {
        // Of an address only its last part is looked for.
        const last = reference.trim().split('/').at(-1) ?? ''
        const donations = await donationsOf(db, organisationId, pool.id, {
          reference: last === '' ? undefined : last,
          amount: amount.trim() === '' ? undefined : amountIn(amount),
          limit: SHOWN,
        })
        return send(reply, donationsView(await contextOf(scope, request), { pool, donations, todo, form }))
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: ['amount'], fallback: 'reference' })
        const model = { pool, donations: [], todo, form: { ...form, errors: refused.form.errors } }
        return send(reply, donationsView(await contextOf(scope, request), model), refused.status)
      }
    },
  )

  const page = async (request: FastifyRequest, donationId: string, form: FormState) => {
    const donation = await donationById(db, organisationId, donationId)
    const refunds = await refundsOf(db, organisationId, [donationId])
    return donationView(await contextOf(scope, request), {
      pool: await poolById(db, organisationId, donation.poolId),
      donation,
      refunds,
      names: await personNames(db, organisationId),
      left: await leftOf(db, organisationId, donationId),
      viewerId: viewerOf(request).id,
      form,
    })
  }
  pages.get(
    '/admin/donations/:donationId',
    { config: { permission: 'donations.read' }, schema: { hide: true, params: byDonation } },
    async (request, reply) => send(reply, await page(request, request.params.donationId, emptyForm())),
  )

  /** Does it and leads back to the donation, or shows it again with what was wrong. */
  const act = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { donationId, done, fields }: { donationId: string; done: Notice; fields: readonly string[] },
    work: () => Promise<unknown>,
  ) => {
    try {
      await work()
      return seeOther(reply, scope, paths.adminDonation(donationId), done)
    } catch (error) {
      const { form, status } = refusedForm(error, {
        locale,
        request,
        fields,
        fallback: fields[0] ?? 'amount',
      })
      return send(reply, await page(request, donationId, form), status)
    }
  }
  pages.post(
    '/admin/donations/:donationId/refunds',
    { config: { permission: 'refunds.decide' }, schema: { hide: true, params: byDonation, body: typed } },
    (request, reply) => {
      const { donationId } = request.params
      const { amount = '', idempotencyKey } = request.body
      return act(request, reply, { donationId, done: 'refund-decided', fields: ['amount', 'reason'] }, () => {
        const asked = { donationId, amount: amountIn(amount), reason: reasonOf(request.body, 'reason') }
        return decideRefund(deps, actorOf(request), { ...asked, idempotencyKey })
      })
    },
  )
  pages.post(
    '/admin/refunds/:refundId/approvals',
    { config: { permission: 'refunds.approve' }, schema: { hide: true, params: byRefund, body: typed } },
    async (request, reply) => {
      const { refundId } = request.params
      const { donationId } = await refundById(db, organisationId, refundId)
      const { idempotencyKey } = request.body
      return act(request, reply, { donationId, done: 'refund-approved', fields: ['refunds'] }, async () => {
        await approveRefund(deps, actorOf(request), { refundId, idempotencyKey })
        await options.requestJob('ask-refunds')
      })
    },
  )
  pages.post(
    '/admin/refunds/:refundId/withdrawals',
    { config: { permission: 'refunds.withdraw' }, schema: { hide: true, params: byRefund, body: typed } },
    async (request, reply) => {
      const { refundId } = request.params
      const { donationId } = await refundById(db, organisationId, refundId)
      const { idempotencyKey } = request.body
      const why = `reason-${refundId}`
      return act(request, reply, { donationId, done: 'refund-withdrawn', fields: [why] }, () =>
        withdrawRefund(deps, actorOf(request), {
          ...{ refundId, reason: reasonOf(request.body, why), idempotencyKey },
        }),
      )
    },
  )
}
