/** The page of what needs two people, deciding there, and pulling the freeze. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf, allows, personNames } from '../../auth/index.ts'
import {
  approveChange,
  type Change,
  changeById,
  changes,
  mayDecide,
  mayPropose,
  proposeChange,
  rejectChange,
  withdrawChange,
} from '../../changes/index.ts'
import { freezeOpen, freezePayments } from '../../disbursements/index.ts'
import { EUR } from '../../money/index.ts'
import { acceptedFingerprint, shortFingerprint } from '../../organisations/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { ChangeNames } from '../components/change.ts'
import type { FormState } from '../components/field.ts'
import type { Notice } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { reasonOf } from './asked.ts'
import { type ChangesModel, changesView } from './changes.ts'
import { overviewView } from './overview.ts'
import { overviewModel } from './overview-model.ts'
import { viewerOf } from './routes.ts'

const PAGE = 30
const OPEN = 100
const params = z.object({ changeId: idSchema })
export const typed = z.record(z.string(), z.string().max(1000))
const query = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})

export async function changeNames({ deps: { db, organisationId } }: PageScope): Promise<ChangeNames> {
  const all = await pools(db, organisationId)
  return {
    persons: await personNames(db, organisationId),
    pools: new Map(all.map(({ id, name }) => [id, name])),
    currency: all[0]?.currency ?? EUR,
  }
}

export function registerAdminChangeRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId, clock } = deps

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { form = emptyForm(), status = 200, before }: { form?: FormState; status?: number; before?: bigint },
  ) => {
    const model = await changesModel(scope, request, form, before)
    return send(reply, changesView(await contextOf(scope, request), model), status)
  }
  const act = async (
    request: FastifyRequest,
    reply: FastifyReply,
    field: string,
    done: Notice,
    work: () => Promise<unknown>,
  ) => {
    try {
      await work()
      return seeOther(reply, scope, paths.changes(), done)
    } catch (error) {
      const refused = refusedForm(error, { locale, request, fields: [field], fallback: 'change' })
      return show(request, reply, refused)
    }
  }
  const decidable = async (request: FastifyRequest, changeId: string) => {
    const { kind } = await changeById(db, organisationId, changeId, clock.now())
    if (!mayDecide(kind, viewerOf(request).grants)) throw new DomainError('not-allowed')
  }

  pages.get(
    '/admin/changes',
    { config: { permission: 'changes.read' }, schema: { hide: true, querystring: query } },
    (request, reply) => {
      const { before } = request.query
      return show(request, reply, before === undefined ? {} : { before: BigInt(before) })
    },
  )
  const onChange = { hide: true, params }
  pages.post(
    '/admin/changes/:changeId/approvals',
    { config: { permission: 'changes.approve' }, schema: onChange },
    (request, reply) =>
      act(request, reply, 'change', 'change-done', async () => {
        await decidable(request, request.params.changeId)
        return approveChange(deps, actorOf(request), request.params.changeId)
      }),
  )
  pages.post(
    '/admin/changes/:changeId/rejections',
    { config: { permission: 'changes.approve' }, schema: { ...onChange, body: typed } },
    (request, reply) => {
      const { changeId } = request.params
      const field = `reason-${changeId}`
      return act(request, reply, field, 'change-rejected', async () => {
        await decidable(request, changeId)
        return rejectChange(deps, actorOf(request), changeId, reasonOf(request.body, field))
      })
    },
  )
  pages.post(
    '/admin/changes/:changeId/withdrawals',
    { config: { permission: 'changes.propose' }, schema: onChange },
    (request, reply) =>
      act(request, reply, 'change', 'change-withdrawn', () =>
        withdrawChange(deps, actorOf(request), request.params.changeId),
      ),
  )
  pages.post(
    '/admin/provider-keys',
    { config: { permission: 'provider-keys.propose' }, schema: { hide: true, body: typed } },
    (request, reply) =>
      act(request, reply, 'reason-keys', 'change-proposed', () =>
        proposeChange(deps, actorOf(request), {
          kind: 'provider-keys',
          reason: reasonOf(request.body, 'reason-keys'),
        }),
      ),
  )
  pages.post(
    '/admin/payment-freezes/lifting',
    { config: { permission: 'payments.lift-freeze' }, schema: { hide: true, body: typed } },
    (request, reply) =>
      act(request, reply, 'reason-lift', 'lift-proposed', () =>
        proposeChange(deps, actorOf(request), {
          kind: 'lift-freeze',
          reason: reasonOf(request.body, 'reason-lift'),
        }),
      ),
  )
  pages.post(
    '/admin/payment-freezes',
    { config: { permission: 'payments.freeze', pools: 'filtered' }, schema: { hide: true, body: typed } },
    async (request, reply) => {
      try {
        await freezePayments(deps, actorOf(request), reasonOf(request.body, 'reason'))
        return seeOther(reply, scope, paths.admin, 'payments-frozen')
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: ['reason'], fallback: 'reason' })
        const model = await overviewModel(deps, viewerOf(request), locale, refused.form)
        return send(reply, overviewView(await contextOf(scope, request), model), refused.status)
      }
    },
  )
}

async function changesModel(
  scope: PageScope,
  request: FastifyRequest,
  form: FormState,
  before: bigint | undefined,
): Promise<ChangesModel> {
  const { db, organisationId, clock, providerKeys } = scope.deps
  const now = clock.now()
  const { grants, id } = viewerOf(request)
  const open = (await changes(db, organisationId, now, { state: 'open', limit: OPEN })).changes
  const page = await changes(db, organisationId, now, { before, limit: PAGE })
  const accepted = await acceptedFingerprint(db, organisationId, providerKeys.provider)
  const isOpen = (kind: Change['kind']) => open.some(each => each.kind === kind)
  return {
    open: open.map(change => {
      const isOwnRole = change.kind === 'approving-role' && change.subjectId === id
      const decides = mayDecide(change.kind, grants) && !isOwnRole && change.proposedBy !== id
      const withdraws = change.proposedBy === id && allows('changes.propose', grants, null)
      return { change, isOwnRole, may: withdraws ? 'withdraw' : decides ? 'decide' : 'look' }
    }),
    decided: page.changes.filter(({ state }) => state !== 'open'),
    names: await changeNames(scope),
    before: page.next,
    keys: (await providerKeys.areAccepted())
      ? null
      : {
          accepted: accepted && shortFingerprint(accepted),
          environment: shortFingerprint(providerKeys.fingerprint),
        },
    mayProposeKeys: mayPropose('provider-keys', grants) && !isOpen('provider-keys'),
    mayProposeLift:
      mayPropose('lift-freeze', grants) &&
      !isOpen('lift-freeze') &&
      (await freezeOpen(db, organisationId)) !== null,
    form,
  }
}
