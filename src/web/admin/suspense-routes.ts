/** The page of an entry in suspense, and the form that says what it was. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { entryKeySchema } from '../../api/suspense.ts'
import type { App } from '../../app.ts'
import { actorOf, allows } from '../../auth/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import { resolveSuspense, suspenseEntry } from '../../reconciliation/index.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { reasonOf } from './asked.ts'
import { viewerOf } from './routes.ts'
import { suspenseView } from './suspense.ts'

const FIELDS = ['poolId', 'transferReference', 'reason']
const key = z.string().regex(/^[\x21-\x7e]{8,200}$/)
const typed = z.object({
  entryKey: entryKeySchema,
  poolId: z.union([z.literal(''), idSchema]).default(''),
  transferReference: z.string().max(100).default(''),
  reason: z.string().max(2000).default(''),
  idempotencyKey: key,
})

export function registerSuspensePages(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const view = async (request: FastifyRequest, entryKey: string, form: FormState) =>
    suspenseView(await contextOf(scope, request), {
      entry: await suspenseEntry(deps.db, deps.organisationId, entryKey),
      pools: await pools(deps.db, deps.organisationId),
      mayResolve: allows('suspense.resolve', viewerOf(request).grants),
      form,
    })
  pages.get(
    '/admin/suspense',
    {
      config: { permission: 'bank.read' },
      schema: { hide: true, querystring: z.object({ entryKey: entryKeySchema }) },
    },
    async (request, reply) => send(reply, await view(request, request.query.entryKey, emptyForm())),
  )
  pages.post(
    '/admin/suspense-resolutions',
    { config: { permission: 'suspense.resolve' }, schema: { hide: true, body: typed } },
    async (request, reply) => {
      const { idempotencyKey, entryKey, ...form } = request.body
      try {
        await resolveSuspense(deps, actorOf(request), {
          ...{ entryKey, idempotencyKey },
          poolId: form.poolId || undefined,
          transferReference: form.transferReference.trim() || undefined,
          reason: reasonOf(request.body, 'reason'),
        })
        return seeOther(reply, scope, paths.reconciliation, 'suspense-resolved')
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: FIELDS, fallback: 'poolId' })
        return send(reply, await view(request, entryKey, refused.form), refused.status)
      }
    },
  )
}
