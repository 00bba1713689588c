/** The staff's pages: the month, the pools with their enrolments, the bank against the ledger. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf, allows, type Person } from '../../auth/index.ts'
import { mayPropose } from '../../changes/index.ts'
import { moveDemonstration } from '../../demonstration/move.ts'
import { latestBalances } from '../../donations/index.ts'
import { EUR } from '../../money/index.ts'
import {
  LONG_HANDLER_MS,
  STATEMENT_FORM_LIMIT_BYTES,
  STATEMENT_LIMIT_BYTES,
} from '../../platform/http/time-and-size.ts'
import { bankStandings, importStatement, statements, suspenseEntries } from '../../reconciliation/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { registerAdminCampaignRoutes } from './campaign-routes.ts'
import { registerAdminChangeRoutes } from './change-routes.ts'
import { registerAdminCycleRoutes } from './cycle-routes.ts'
import { registerAdminDonationRoutes } from './donation-routes.ts'
import { registerAdminEnrolmentRoutes } from './enrolment-routes.ts'
import { registerKeyPages } from './key-routes.ts'
import { registerAdminMonthlyRoutes } from './monthly-routes.ts'
import { registerNewsDesk } from './news-routes.ts'
import { overviewView } from './overview.ts'
import { overviewModel } from './overview-model.ts'
import { registerAdminPeopleRoutes } from './people-routes.ts'
import { registerAdminPoolRoutes } from './pool-routes.ts'
import { registerProposalRoutes } from './proposal-routes.ts'
import { reconciliationView } from './reconciliation.ts'
import { registerSuspensePages } from './suspense-routes.ts'
import { registerThanksPages } from './thanks-routes.ts'
import { registerTrailRoutes } from './trail-routes.ts'
import { registerWishPages } from './wish-routes.ts'

const LATEST = 20

/** Behind a permission that needs signing in there is always somebody. */
export function viewerOf(request: FastifyRequest): Person {
  if (!request.session) throw new DomainError('not-signed-in')
  return request.session.person
}

export function registerAdminRoutes(pages: App, scope: PageScope): void {
  const { deps, options, locale } = scope
  registerAdminCycleRoutes(pages, scope)
  registerAdminPoolRoutes(pages, scope)
  registerAdminDonationRoutes(pages, scope)
  registerAdminMonthlyRoutes(pages, scope)
  registerAdminChangeRoutes(pages, scope)
  registerProposalRoutes(pages, scope)
  registerAdminEnrolmentRoutes(pages, scope)
  registerAdminPeopleRoutes(pages, scope)
  registerTrailRoutes(pages, scope)
  registerSuspensePages(pages, scope)
  registerKeyPages(pages, scope)
  registerWishPages(pages, scope)
  registerNewsDesk(pages, scope)
  registerThanksPages(pages, scope)
  registerAdminCampaignRoutes(pages, scope)

  pages.get(
    '/admin',
    { config: { permission: 'overview.read', pools: 'filtered' }, schema: { hide: true } },
    async (request, reply) => {
      const model = await overviewModel(deps, viewerOf(request), locale, emptyForm())
      return send(reply, overviewView(await contextOf(scope, request), model))
    },
  )

  if (deps.mode === 'demonstration') {
    const clockBody = z.object({ to: z.string().max(20) })
    pages.post(
      '/demonstration/clock',
      {
        config: { permission: 'demonstration.clock' },
        handlerTimeout: LONG_HANDLER_MS,
        schema: { hide: true, body: clockBody },
      },
      async (request, reply) => {
        await moveDemonstration(deps, actorOf(request), request.body.to, options.liveOn)
        return seeOther(reply, scope, paths.admin, 'clock-moved')
      },
    )
  }

  const reconciliation = async (request: FastifyRequest, form: FormState) =>
    reconciliationView(await contextOf(scope, request), {
      currency: EUR,
      balances: await latestBalances(deps.db, deps.organisationId),
      accounts: await bankStandings(deps.db, deps.organisationId),
      suspense: await suspenseEntries(deps.db, deps.organisationId, LATEST),
      statements: await statements(deps.db, deps.organisationId, LATEST),
      mayImport: allows('statements.import', viewerOf(request).grants),
      mayProposeAccount: mayPropose('own-iban', viewerOf(request).grants),
      form,
    })
  pages.get(
    '/admin/reconciliation',
    { config: { permission: 'bank.read' }, schema: { hide: true } },
    async (request, reply) => send(reply, await reconciliation(request, emptyForm())),
  )
  const statementBody = z.object({ statement: z.string().max(STATEMENT_LIMIT_BYTES) })
  pages.post(
    '/admin/statements',
    {
      config: { permission: 'statements.import' },
      bodyLimit: STATEMENT_FORM_LIMIT_BYTES,
      handlerTimeout: LONG_HANDLER_MS,
      schema: { hide: true, body: statementBody },
    },
    async (request, reply) => {
      try {
        await importStatement(deps, actorOf(request), request.body.statement)
        return seeOther(reply, scope, paths.reconciliation, 'statement-imported')
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: ['statement'], fallback: 'statement' })
        return send(reply, await reconciliation(request, refused.form), refused.status)
      }
    },
  )
}
