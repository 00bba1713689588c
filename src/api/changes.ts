/** Changes that need two people: reading, proposing, approving, rejecting and withdrawing them. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import {
  approveChange,
  type Change,
  changeById,
  changes,
  kinds,
  mayDecide,
  mayPropose,
  proposeChange,
  rejectChange,
  states,
  withdrawChange,
} from '../changes/index.ts'
import type { Deps } from '../deps.ts'
import { idSchema, instantSchema } from '../platform/http/amount.ts'
import { DomainError } from '../refusals.ts'
import {
  accountContent,
  keysContent,
  newChange,
  nothingContent,
  roleContent,
  termsContent,
} from './change-contents.ts'
import { linkNext, numberSchema, pageLimit } from './paging.ts'
import { becauseOf } from './reason.ts'

const common = {
  id: idSchema,
  subjectId: z
    .string()
    .meta({ description: 'The account, pool, person, provider or freeze that it is about.' }),
  reason: z.string().meta({ description: 'Why, in the words of who proposed it.' }),
  state: z.enum(states).meta({
    description: 'alone: terms of a pool that nobody had given to. expired: nobody decided in fourteen days.',
  }),
  proposedBy: idSchema,
  proposedAt: instantSchema,
  expiresAt: instantSchema,
  decidedBy: idSchema.nullable(),
  decidedAt: instantSchema.nullable(),
  decisionReason: z.string().nullable().meta({ description: 'Of a rejection.' }),
}

const changeSchema = z
  .discriminatedUnion('kind', [
    z.object({ ...common, kind: z.literal('own-iban'), content: accountContent }),
    z.object({ ...common, kind: z.literal('pool-terms'), content: termsContent }),
    z.object({ ...common, kind: z.literal('approving-role'), content: roleContent }),
    z.object({ ...common, kind: z.literal('provider-keys'), content: keysContent }),
    z.object({ ...common, kind: z.literal('lift-freeze'), content: nothingContent }),
  ])
  .meta({ id: 'Change' })

export const changeOut = ({ position: _, proposedAt, expiresAt, decidedAt, ...change }: Change) => ({
  ...change,
  proposedAt: proposedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
})

const query = z.strictObject({
  kind: z.enum(kinds).optional(),
  state: z.enum(states).optional(),
  before: numberSchema.optional().meta({ description: 'Cursor of the next page.' }),
  limit: pageLimit,
})
const params = z.object({ changeId: idSchema })

export function registerChangeRoutes(api: App, deps: Deps): void {
  const { db, organisationId, clock } = deps
  const shared = { tags: ['changes'], security: [{ session: [] }] }

  api.get(
    '/changes',
    {
      config: { permission: 'changes.read' },
      schema: {
        ...shared,
        operationId: 'listChanges',
        summary: 'Changes that need two people, newest first',
        querystring: query,
        response: { 200: z.object({ changes: z.array(changeSchema) }) },
      },
    },
    async (request, reply) => {
      const { kind, state, before, limit } = request.query
      const filter = { kind, state, limit, before: before === undefined ? undefined : BigInt(before) }
      const found = await changes(db, organisationId, clock.now(), filter)
      if (found.next !== null)
        reply.header('link', linkNext('/changes', request.query, { before: found.next }))
      return { changes: found.changes.map(changeOut) }
    },
  )
  api.get(
    '/changes/:changeId',
    {
      config: { permission: 'changes.read' },
      schema: {
        ...shared,
        operationId: 'getChange',
        summary: 'One change',
        params,
        response: { 200: changeSchema },
      },
    },
    async request => changeOut(await changeById(db, organisationId, request.params.changeId, clock.now())),
  )
  api.post(
    '/changes',
    {
      config: { permission: 'changes.propose' },
      schema: {
        ...shared,
        operationId: 'proposeChange',
        summary: 'Propose a change; somebody else approves it',
        body: newChange,
        response: { 201: changeSchema },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      if (!mayPropose(request.body.kind, request.session?.person.grants ?? []))
        throw new DomainError('not-allowed')
      const change = await proposeChange(deps, actor, request.body)
      return reply.code(201).header('location', `/v1/changes/${change.id}`).send(changeOut(change))
    },
  )

  const decision = (operationId: string, summary: string) => ({
    ...shared,
    operationId,
    summary,
    params,
    response: { 201: changeSchema },
  })
  const refuseOthers = async (changeId: string, held: Parameters<typeof mayDecide>[1]) => {
    const { kind } = await changeById(db, organisationId, changeId, clock.now())
    if (!mayDecide(kind, held)) throw new DomainError('not-allowed')
  }
  api.post(
    '/changes/:changeId/approvals',
    {
      config: { permission: 'changes.approve' },
      schema: decision('approveChange', 'Approve as somebody else than who proposed it; it is done at once'),
    },
    async (request, reply) => {
      const { changeId } = request.params
      await refuseOthers(changeId, request.session?.person.grants ?? [])
      return reply.code(201).send(changeOut(await approveChange(deps, actorOf(request), changeId)))
    },
  )
  api.post(
    '/changes/:changeId/rejections',
    {
      config: { permission: 'changes.approve' },
      schema: {
        ...decision('rejectChange', 'Reject, and say why'),
        body: becauseOf,
      },
    },
    async (request, reply) => {
      const { changeId } = request.params
      await refuseOthers(changeId, request.session?.person.grants ?? [])
      const change = await rejectChange(deps, actorOf(request), changeId, request.body.reason)
      return reply.code(201).send(changeOut(change))
    },
  )
  api.post(
    '/changes/:changeId/withdrawals',
    {
      config: { permission: 'changes.propose' },
      schema: decision('withdrawChange', "Withdraw one's own proposal"),
    },
    async (request, reply) =>
      reply.code(201).send(changeOut(await withdrawChange(deps, actorOf(request), request.params.changeId))),
  )
}
