/** The month's page and what is done there. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import {
  approveCycle,
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
import { cycleView } from './cycle.ts'
import { cycleModel } from './cycle-model.ts'
import { viewerOf } from './routes.ts'

const byCycle = z.object({ cycleId: idSchema })
const byBatch = z.object({ batchId: idSchema })
const body = z.object({ idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/) })

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
      const { form, status } = refusedForm(error, { locale, request, fields: [], fallback: 'cycle' })
      const model = await cycleModel(deps, cycleId, viewerOf(request), form)
      return send(reply, cycleView(await contextOf(scope, request), model), status)
    }
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
        proposeCycle(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  )
  pages.post(
    '/admin/cycles/:cycleId/approvals',
    { config: { permission: 'cycles.approve' }, schema: onCycle },
    (request, reply) =>
      act(request, reply, request.params.cycleId, 'approved', () =>
        approveCycle(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  )
  pages.post(
    '/admin/cycles/:cycleId/payment-files',
    { config: { permission: 'payment-files.make' }, schema: onCycle },
    (request, reply) =>
      act(request, reply, request.params.cycleId, 'file-made', () =>
        makePaymentFile(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  )
  pages.post(
    '/admin/batches/:batchId/hand-overs',
    { config: { permission: 'payment-files.hand-over' }, schema: { hide: true, params: byBatch, body } },
    async (request, reply) => {
      const cycleId = await cycleOfBatch(deps.db, deps.organisationId, request.params.batchId)
      return act(request, reply, cycleId, 'handed-over', () =>
        handOver(deps, actorOf(request), { ...request.params, ...request.body }),
      )
    },
  )
  pages.get(
    '/admin/batches/:batchId/payment-file',
    { config: { permission: 'payment-files.read' }, schema: { hide: true, params: byBatch } },
    async (request, reply) => {
      const file = await readPaymentFile(deps, actorOf(request), request.params.batchId)
      reply.header('content-disposition', `attachment; filename="${file.messageId}.xml"`)
      return reply.type('application/xml').send(file.body)
    },
  )
}
