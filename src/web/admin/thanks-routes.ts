/** The page on which staff reads thank-yous, and deciding there. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import {
  decideThanks,
  openThanks,
  shownThanks,
  type ThanksDecision,
  thanksReasons,
} from '../../thanks/index.ts'
import type { FormState } from '../components/field.ts'
import type { Notice } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { staffThanksView } from './thanks.ts'

const WAITING = 50
const SHOWN = 20
const typed = z.record(z.string(), z.string().max(100))

export function registerThanksPages(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId, clock } = deps
  const config = { permission: 'thanks.moderate' } as const

  const show = async (request: FastifyRequest, form: FormState) => {
    const open = await openThanks(db, organisationId, WAITING + 1)
    return staffThanksView(await contextOf(scope, request), {
      waiting: open.slice(0, WAITING),
      hasMore: open.length > WAITING,
      shown: await shownThanks(db, organisationId, SHOWN),
      poolNames: new Map((await pools(db, organisationId)).map(({ id, name }) => [id, name])),
      today: localDate(clock.now()),
      viewerId: actorOf(request).id,
      form,
    })
  }

  pages.get('/admin/thanks', { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, await show(request, emptyForm())),
  )
  /** Does it, or shows the page again with what was wrong. */
  const act = (name: string, decision: ThanksDecision, notice: Notice) =>
    pages.post(
      `/admin/thanks/:thanksId/${name}`,
      { config, schema: { hide: true, params: z.object({ thanksId: idSchema }), body: typed.nullish() } },
      async (request, reply) => {
        const { thanksId } = request.params
        const field = `reason-${thanksId}`
        const because = thanksReasons.find(each => each === request.body?.[field])
        try {
          await decideThanks(deps, actorOf(request), { thanksId, decision, because })
          return seeOther(reply, scope, paths.adminThanks, notice)
        } catch (error) {
          const asked = { locale, request, fields: ['because'], fallback: 'thanks' }
          const { form, status } = refusedForm(error, asked)
          const { because: wrong, ...errors } = form.errors
          const shown = { ...form, errors: wrong ? { ...errors, [field]: wrong } : errors }
          return send(reply, await show(request, shown), status)
        }
      },
    )
  act('showings', 'show', 'thanks-shown')
  act('refusals', 'refuse', 'thanks-refused')
}
