/** The pages of monthly gifts. Whose they are follows from who is signed in, never from the address. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import {
  changeMonthlyGift,
  type MonthlyChangeInput,
  monthlyGiftByToken,
  openAccountPage,
  ownMonthlyGifts,
} from '../../donations/index.ts'
import { type Locale, parseAmount } from '../../money/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { isAccountPage } from '../../platform/http/payment-page.ts'
import { poolById } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import { localPath } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { ownMonthlyGiftsView } from './monthly.ts'
import { monthlyStartedView } from './monthly-started.ts'

const params = z.object({ monthlyGiftId: idSchema })
const idempotencyKey = z.string().regex(/^[\x21-\x7e]{8,200}$/)
const changed = z.record(z.string().max(60), z.string().max(60)).and(
  z.object({
    what: z.enum(['change-amount', 'pause', 'resume']),
    idempotencyKey,
  }),
)

export function registerMonthlyRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId } = deps
  const own = { permission: 'own-monthly-gifts.manage' } as const

  const listed = async (request: FastifyRequest, form: FormState) => {
    const gifts = await ownMonthlyGifts(deps, actorOf(request).id)
    const withPools = await Promise.all(
      gifts.map(async gift => ({ ...gift, pool: await poolById(db, organisationId, gift.poolId) })),
    )
    return ownMonthlyGiftsView(await contextOf(scope, request), { gifts: withPools, form })
  }
  pages.get('/my-monthly-gifts', { config: own, schema: { hide: true } }, async (request, reply) =>
    send(reply, await listed(request, emptyForm())),
  )
  const change = async (request: FastifyRequest, reply: FastifyReply, asked: () => MonthlyChangeInput) => {
    const field = `amount-${(request.params as { monthlyGiftId: string }).monthlyGiftId}`
    try {
      const { what, ...rest } = asked()
      const gift = await changeMonthlyGift(deps, actorOf(request), { what, ...rest })
      const notice = gift.openChange ? 'monthly-unknown' : (`monthly-${what}` as const)
      return seeOther(reply, scope, paths.myMonthlyGifts, notice)
    } catch (error) {
      const { form, status } = refusedForm(error, { locale, request, fields: [field], fallback: field })
      return send(reply, await listed(request, { ...form, formKey: emptyForm().formKey }), status)
    }
  }
  pages.post(
    '/my-monthly-gifts/:monthlyGiftId/changes',
    { config: own, schema: { hide: true, params, body: changed } },
    async (request, reply) =>
      change(request, reply, () => {
        const { monthlyGiftId } = request.params
        const { what, idempotencyKey, ...typed } = request.body
        const field = `amount-${monthlyGiftId}`
        const amount = what === 'change-amount' ? amountIn(typed[field] ?? '', field, locale) : undefined
        return { monthlyGiftId, what, amount, idempotencyKey }
      }),
  )
  pages.post(
    '/my-monthly-gifts/:monthlyGiftId/endings',
    { config: own, schema: { hide: true, params, body: z.object({ idempotencyKey }) } },
    async (request, reply) =>
      change(request, reply, () => ({
        ...{ monthlyGiftId: request.params.monthlyGiftId, what: 'stop' as const },
        idempotencyKey: request.body.idempotencyKey,
      })),
  )
  pages.post(
    '/my-monthly-gifts/:monthlyGiftId/account-pages',
    { config: own, schema: { hide: true, params } },
    async (request, reply) => {
      const returnUrl = `${deps.publicUrl()}${localPath(scope, paths.myMonthlyGifts)}`
      const url = await openAccountPage(deps, actorOf(request), {
        ...{ monthlyGiftId: request.params.monthlyGiftId, returnUrl },
      })
      if (isAccountPage(url, deps.mode, deps.publicUrl())) return reply.redirect(url, 303)
      throw new DomainError('provider-rejected')
    },
  )
  pages.get(
    '/monthly-gifts/started/:monthlyGiftToken',
    {
      config: { permission: 'public.read' },
      schema: { hide: true, params: z.object({ monthlyGiftToken: z.string().min(10).max(100) }) },
    },
    async (request, reply) => {
      const gift = await monthlyGiftByToken(db, organisationId, request.params.monthlyGiftToken)
      const pool = await poolById(db, organisationId, gift.poolId)
      return send(reply, monthlyStartedView(await contextOf(scope, request), { gift, pool }))
    },
  )
}

function amountIn(typed: string, field: string, locale: Locale): bigint {
  const parsed = parseAmount(typed, locale)
  if (parsed.ok) return parsed.minor
  const { refusals } = text(locale).amounts
  throw new DomainError('invalid-request', { field, reason: refusals[parsed.reason] })
}
