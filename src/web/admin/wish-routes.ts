/** The page on which staff reads wishes, and deciding there. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import { decideWish, openWishes, type WishDecision, wishReasons } from '../../wishes/index.ts'
import type { FormState } from '../components/field.ts'
import type { Notice } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { openWishesView } from './wishes.ts'

const SHOWN = 50
const typed = z.record(z.string(), z.string().max(100))

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
  /** Does it, or shows the page again with what was wrong. */
  const act = (name: string, decision: WishDecision, notice: Notice) =>
    pages.post(
      `/admin/wishes/:wishId/${name}`,
      { config, schema: { hide: true, params: z.object({ wishId: idSchema }), body: typed.nullish() } },
      async (request, reply) => {
        const { wishId } = request.params
        const field = `reason-${wishId}`
        const because = wishReasons.find(each => each === request.body?.[field])
        try {
          await decideWish(deps, actorOf(request), { wishId, decision, because })
          return seeOther(reply, scope, paths.adminWishes, notice)
        } catch (error) {
          const asked = { locale, request, fields: ['because'], fallback: 'wish' }
          const { form, status } = refusedForm(error, asked)
          const { because: wrong, ...errors } = form.errors
          const shown = { ...form, errors: wrong ? { ...errors, [field]: wrong } : errors }
          return send(reply, await show(request, shown), status)
        }
      },
    )
  act('showings', 'show', 'wish-shown')
  act('refusals', 'refuse', 'wish-refused')
  act('hidings', 'hide', 'wish-hidden')
}
