/** The month's page and what is done there. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import {
  approveCycle,
  approveRetries,
  cycleOfBatch,
  handOver,
  makePaymentFile,
  proposeCycle,
  readPaymentFile,
} from '../../disbursements/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import type { Notice } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { reasonOf } from './asked.ts'
import { cycleView } from './cycle.ts'
import { cycleModel } from './cycle-model.ts'
import { viewerOf } from './routes.ts'

const byCycle = z.object({ cycleId: idSchema })
const byBatch = z.object({ batchId: idSchema })
const body = z.object({
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/),
  reason: z.string().max(600).optional(),
})
const reading = z.object({ fileReason: z.string().max(600).optional() })

export function registerAdminCycleRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope

  /** Does it and leads back to the cycle, or shows the cycle again with the reason. */
  const act = async (
    request: FastifyRequest,
    reply: FastifyReply,
    cycleId: string,
    done: Notice,
    work: () => Promise<unknown>,
  ) => {
    try {
      await work()
      return seeOther(reply, scope, paths.cycle(cycleId), done)
    } catch (error) {
      return refused(request, reply, cycleId, error)
    }
  }
  const refused = async (request: FastifyRequest, reply: FastifyReply, cycleId: string, error: unknown) => {
    const fields = ['reason', 'fileReason']
    const { form, status } = refusedForm(error, { locale, request, fields, fallback: 'cycle' })
    const model = await cycleModel(deps, cycleId, viewerOf(request), form)
    return send(reply, cycleView(await contextOf(scope, request), model), status)
  }

  pages.get(
    '/admin/cycles/:cycleId',
    { config: { permission: 'cycles.read' }, schema: { hide: true, params: byCycle } },
    async (request, reply) => {
      const model = await cycleModel(deps, request.params.cycleId, viewerOf(request), emptyForm())
      return send(reply, cycleView(await contextOf(scope, request), model))
    },
  )
  const onCycle = { hide: true, params: byCycle, body }
  pages.post(
    '/admin/cycles/:cycleId/proposals',
    { config: { permission: 'cycles.propose' }, schema: onCycle },
    (request, reply) =>
      act(request, reply, request.params.cycleId, 'proposed', () =>
        proposeCycle(deps, actorOf(request), { ...request.params, ...asked(request.body) }),
      ),
  )
  pages.post(
    '/admin/cycles/:cycleId/approvals',
    { config: { permission: 'cycles.approve' }, schema: onCycle },
    (request, reply) =>
      act(request, reply, request.params.cycleId, 'approved', () =>
        approveCycle(deps, actorOf(request), { ...request.params, ...asked(request.body) }),
      ),
  )
  pages.post(
    '/admin/cycles/:cycleId/retry-approvals',
    { config: { permission: 'cycles.approve' }, schema: onCycle },
    (request, reply) =>
      act(request, reply, request.params.cycleId, 'retries-approved', () =>
        approveRetries(deps, actorOf(request), { ...request.params, ...asked(request.body) }),
      ),
  )
  pages.post(
    '/admin/cycles/:cycleId/payment-files',
    { config: { permission: 'payment-files.make' }, schema: onCycle },
    (request, reply) =>
      act(request, reply, request.params.cycleId, 'file-made', () =>
        makePaymentFile(deps, actorOf(request), { ...request.params, ...asked(request.body) }),
      ),
  )
  pages.post(
    '/admin/batches/:batchId/hand-overs',
    { config: { permission: 'payment-files.hand-over' }, schema: { hide: true, params: byBatch, body } },
    async (request, reply) => {
      const cycleId = await cycleOfBatch(deps.db, deps.organisationId, request.params.batchId)
      return act(request, reply, cycleId, 'handed-over', () =>
        handOver(deps, actorOf(request), { ...request.params, ...asked(request.body) }),
      )
    },
  )
  pages.post(
    '/admin/batches/:batchId/payment-file-readings',
    { config: { permission: 'payment-files.read' }, schema: { hide: true, params: byBatch, body: reading } },
    async (request, reply) => {
      const { batchId } = request.params
      try {
        const reason = reasonOf({ fileReason: request.body.fileReason ?? '' }, 'fileReason')
        const file = await readPaymentFile(deps, actorOf(request), { batchId, reason })
        reply.header('content-disposition', `attachment; filename="${file.messageId}.xml"`)
        return reply.type('application/xml').send(file.body)
      } catch (error) {
        return refused(request, reply, await cycleOfBatch(deps.db, deps.organisationId, batchId), error)
      }
    },
  )
}

/** A note is not asked, so one that was left empty is none; one that cannot be kept is refused. */
function asked({ idempotencyKey, reason = '' }: z.output<typeof body>) {
  return { idempotencyKey, reason: reason.trim() === '' ? undefined : reasonOf({ reason }, 'reason') }
}
