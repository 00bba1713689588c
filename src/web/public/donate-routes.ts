/** The donate form: what was typed becomes a donation and leads on to the payment page, or comes back with the reason. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { anyActorOf } from '../../auth/index.ts'
import { refuseOutOfLimits, startDonation } from '../../donations/index.ts'
import type { Locale } from '../../money/index.ts'
import { withoutUnseen } from '../../platform/http/amount.ts'
import { retryAfter } from '../../platform/http/problem.ts'
import { type Pool, poolBySlug } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import { contextOf, type PageScope, refusedForm, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { poolView } from './pool.ts'
import { poolModel } from './routes.ts'
import { typedGift } from './typed-gift.ts'

const FIELDS = [
  ...['amount', 'ownAmount', 'costsShare', 'nickname', 'asOrganisation', 'message', 'email', 'method'],
]

const form = z.object({
  amount: z.string().max(20).default(''),
  ownAmount: z.string().max(40).default(''),
  nickname: z.string().max(200).default(''),
  asOrganisation: z.enum(['', 'yes']).default(''),
  message: z.string().max(2000).default(''),
  email: z.string().max(400).default(''),
  costsShare: z.string().max(40).default(''),
  method: z.enum(['checkout', 'bank-transfer']).default('checkout'),
  /** Only to see what it does: nothing is started. */
  look: z.enum(['', 'yes']).default(''),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/),
})

export function registerDonateRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const schema = { hide: true, params: z.object({ slug: z.string().max(80) }), body: form }
  pages.post(
    '/pools/:slug/donations',
    { config: { permission: 'donations.give', limit: 'give' }, schema },
    async (request, reply) => {
      const pool = await poolBySlug(deps.db, deps.organisationId, request.params.slug)
      try {
        if (request.body.look === 'yes') {
          asked(request.body, pool, locale)
          return look(reply, scope, request, pool)
        }
        const { checkoutUrl } = await startDonation(
          deps,
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

/** The form as it was typed, with what it would do. */
async function look(reply: FastifyReply, scope: PageScope, request: FastifyRequest, pool: Pool) {
  const values = request.body as z.infer<typeof form>
  const typed = { values, errors: {}, formKey: values.idempotencyKey }
  return send(reply, poolView(await contextOf(scope, request), await poolModel(scope, pool, typed)))
}

function asked(typed: z.infer<typeof form>, pool: Pool, locale: Locale) {
  const { field, amount, costsShare } = typedGift(typed, locale)
  const { method } = typed
  refuseOutOfLimits({ amount, costsShare, method }, field)
  return {
    poolId: pool.id,
    amount,
    costsShare,
    currency: pool.currency,
    nickname: shown(typed.nickname, 'nickname', 60),
    message: shown(typed.message, 'message', 500),
    email: typed.email.trim() || undefined,
    locale,
    method,
    asOrganisation: typed.asOrganisation === 'yes',
    idempotencyKey: typed.idempotencyKey,
  }
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
