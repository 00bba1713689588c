/** The page on which staff reads wishes, and deciding there. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import { decideWish, openWishes, wishDecisions, wishReasons } from '../../wishes/index.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { openWishesView } from './wishes.ts'

const SHOWN = 50
const notices = { show: 'wish-shown', refuse: 'wish-refused', hide: 'wish-hidden' } as const
const typed = z.object({ decision: z.enum(wishDecisions) }).catchall(z.string().max(100))

export function registerWishPages(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId, clock } = deps
  const config = { permission: 'wishes.moderate' } as const

  const show = async (request: FastifyRequest, form: FormState) => {
    const open = await openWishes(db, organisationId, SHOWN + 1)
    return openWishesView(await contextOf(scope, request), {
      wishes: open.slice(0, SHOWN),
      hasMore: open.length > SHOWN,
      poolNames: new Map((await all()).map(({ id, name }) => [id, name])),
      today: localDate(clock.now()),
      form,
    })
  }
  const all = () => pools(db, organisationId)

  pages.get('/admin/wishes', { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, await show(request, emptyForm())),
  )
  pages.post(
    '/admin/wishes/:wishId/decisions',
    { config, schema: { hide: true, params: z.object({ wishId: idSchema }), body: typed } },
    async (request, reply) => {
      const { wishId } = request.params
      const { decision, ...rest } = request.body
      const field = `${decision}-${wishId}`
      try {
        const because = decision === 'show' ? undefined : reasonOf(rest[field], field)
        await decideWish(deps, actorOf(request), { wishId, decision, because })
        return seeOther(reply, scope, paths.adminWishes, notices[decision])
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: [field], fallback: 'wish' })
        return send(reply, await show(request, refused.form), refused.status)
      }
    },
  )
}

function reasonOf(chosen: string | undefined, field: string) {
  const reason = wishReasons.find(each => each === chosen)
  if (reason) return reason
  const words = { nl: text('nl').wishes.admin.choose, en: text('en').wishes.admin.choose }
  throw new DomainError('invalid-request', { field, reason: words })
}
