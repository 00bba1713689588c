/** Proposing a role that approves, on the page of whom it is for. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { newChange } from '../../api/change-contents.ts'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import { proposeChange } from '../../changes/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import type { FormState } from '../components/field.ts'
import type { Html } from '../html.ts'
import { paths } from '../paths.ts'
import { type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { filled, parsed } from './asked.ts'
import { proposedFields } from './propose-role.ts'

const params = z.object({ personId: idSchema })
const typed = z.record(z.string(), z.string().max(500))
const names = Object.entries(proposedFields)

/** `person`: the page again, with what was wrong. */
export function registerApprovingRoleRoutes(
  pages: App,
  scope: PageScope,
  person: (request: FastifyRequest, id: string, more: { form: FormState }) => Promise<Html>,
): void {
  const { deps, locale } = scope
  pages.post(
    '/admin/people/:personId/approving-roles',
    { config: { permission: 'approving-roles.propose' }, schema: { hide: true, params, body: typed } },
    async (request, reply) => {
      const { personId } = request.params
      try {
        const body = filled(request.body)
        const asked = Object.fromEntries(names.map(([name, here]) => [name, body[here]]))
        await proposeChange(
          deps,
          actorOf(request),
          parsed(newChange, { kind: 'approving-role', personId, ...asked }),
        )
        return seeOther(reply, scope, paths.changes(), 'change-proposed')
      } catch (error) {
        const fields = Object.keys(proposedFields)
        const { form, status } = refusedForm(error, { locale, request, fields, fallback: 'role' })
        const errors = Object.fromEntries(
          names.flatMap(([name, here]) => (form.errors[name] ? [[here, form.errors[name]]] : [])),
        )
        return send(reply, await person(request, personId, { form: { ...form, errors } }), status)
      }
    },
  )
}
