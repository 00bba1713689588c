/** The donate form: what was typed becomes a donation and leads on to the payment page, or comes back with the reason. */
import { z } from 'zod'
import type { Actor } from '../../acts/index.ts'
import type { App } from '../../app.ts'
import { anyActorOf } from '../../auth/index.ts'
import { LARGEST_GIFT, SMALLEST_GIFT, startDonation, startMonthlyGift } from '../../donations/index.ts'
import { type Locale, parseAmount } from '../../money/index.ts'
import { withoutUnseen } from '../../platform/http/amount.ts'
import { retryAfter } from '../../platform/http/problem.ts'
import { type Pool, poolBySlug } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import { contextOf, type PageScope, refusedForm, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { poolView } from './pool.ts'
import { poolModel } from './routes.ts'

const FIELDS = ['every', 'amount', 'ownAmount', 'nickname', 'message', 'email', 'costsShare', 'method']

const form = z.object({
  every: z.enum(['once', 'month']).default('once'),
  amount: z.string().max(20).default(''),
  ownAmount: z.string().max(40).default(''),
  nickname: z.string().max(200).default(''),
  message: z.string().max(2000).default(''),
  email: z.string().max(400).default(''),
  costsShare: z.string().max(40).default(''),
  method: z.enum(['checkout', 'bank-transfer']).default('checkout'),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/),
})

export function registerDonateRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const schema = { hide: true, params: z.object({ slug: z.string().max(80) }), body: form }
  const start = (every: 'once' | 'month', actor: Actor, gift: ReturnType<typeof asked>) => {
    if (every === 'once') return startDonation(deps, actor, gift)
    if (gift.method === 'checkout') return startMonthlyGift(deps, actor, gift)
    throw new DomainError('invalid-request', {
      field: 'method',
      reason: text(locale).donate.monthlyByTransfer,
    })
  }
  pages.post(
    '/pools/:slug/donations',
    { config: { permission: 'donations.give', limit: 'give' }, schema },
    async (request, reply) => {
      const pool = await poolBySlug(deps.db, deps.organisationId, request.params.slug)
      try {
        const { checkoutUrl } = await start(
          request.body.every,
          anyActorOf(request),
          asked(request.body, pool, locale),
        )
        return reply.redirect(checkoutUrl, 303)
      } catch (error) {
        reply.headers(retryAfter(error))
        const { form: refused, status } = refusedForm(error, {
          locale,
          request,
          fields: FIELDS,
          fallback: 'amount',
        })
        return send(
          reply,
          poolView(await contextOf(scope, request), await poolModel(scope, pool, refused)),
          status,
        )
      }
    },
  )
}

function asked(typed: z.infer<typeof form>, pool: Pool, locale: Locale) {
  const field = typed.ownAmount.trim() ? 'ownAmount' : 'amount'
  const amount = amountOf(typed[field], field, locale)
  if (amount < SMALLEST_GIFT || amount > LARGEST_GIFT) {
    throw new DomainError('invalid-request', {
      field,
      reason: text(locale).amounts.outOfRange(SMALLEST_GIFT, LARGEST_GIFT),
    })
  }
  const costsShare = typed.costsShare.trim() ? amountOf(typed.costsShare, 'costsShare', locale) : 0n
  if (costsShare > LARGEST_GIFT) {
    throw new DomainError('invalid-request', {
      field: 'costsShare',
      reason: text(locale).amounts.outOfRange(0n, LARGEST_GIFT),
    })
  }
  return {
    poolId: pool.id,
    amount,
    costsShare,
    currency: pool.currency,
    nickname: shown(typed.nickname, 'nickname', 60),
    message: shown(typed.message, 'message', 500),
    email: typed.email.trim() || undefined,
    locale,
    method: typed.method,
    idempotencyKey: typed.idempotencyKey,
  }
}

function amountOf(typed: string, field: string, locale: Locale): bigint {
  const parsed = parseAmount(typed, locale)
  if (!parsed.ok)
    throw new DomainError('invalid-request', { field, reason: text(locale).amounts.refusals[parsed.reason] })
  return parsed.minor
}

/** Line breaks become spaces; what does not show has no business in what everybody reads. */
function shown(typed: string, field: string, longest: number): string | undefined {
  const clean = withoutUnseen(typed.replace(/\s+/gu, ' ')).trim()
  if (clean.length > longest) {
    throw new DomainError('invalid-request', {
      field,
      reason: { nl: text('nl').amounts.tooLong(longest), en: text('en').amounts.tooLong(longest) },
    })
  }
  return clean || undefined
}
