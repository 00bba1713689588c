/** The API under /v1: its resources, its own description and the page that shows it. */
import type { App, AppOptions } from '../app.ts'
import type { Deps } from '../deps.ts'
import { registerActRoutes } from './acts.ts'
import { registerBankRoutes } from './bank.ts'
import { registerBatchRoutes } from './batches.ts'
import { registerCampaignDecisionRoutes } from './campaign-decisions.ts'
import { registerCampaignRoutes } from './campaigns.ts'
import { registerChangeRoutes } from './changes.ts'
import { registerCycleRoutes } from './cycles.ts'
import { registerDemonstrationRoutes } from './demonstration.ts'
import { registerDonationRoutes } from './donations.ts'
import { registerEnrolmentAccessRoutes } from './enrolment-access.ts'
import { registerEnrolmentRoutes } from './enrolments.ts'
import { registerFindingRoutes } from './findings.ts'
import { registerKeyRoutes } from './keys.ts'
import { registerLedgerRoutes } from './ledger.ts'
import { registerLedgerAccountRoutes } from './ledger-accounts.ts'
import { registerLedgerEntryRoutes } from './ledger-entries.ts'
import { registerLedgerStatementRoutes } from './ledger-statement.ts'
import { registerMonthlyGiftRoutes } from './monthly-gifts.ts'
import { registerNewsApi } from './news.ts'
import { registerOpenApi } from './openapi.ts'
import { registerOwnGiftRoutes } from './own-gifts.ts'
import { registerFreezeRoutes } from './payment-freezes.ts'
import { registerPeopleRoutes } from './people.ts'
import { registerPeopleActionRoutes } from './people-actions.ts'
import { registerPoolRoutes } from './pools.ts'
import { registerRefundRoutes } from './refunds.ts'
import { registerSessionRoutes } from './sessions.ts'
import { registerSuspenseRoutes } from './suspense.ts'
import { registerThanksRoutes } from './thanks.ts'
import { registerThanksDecisionRoutes } from './thanks-decisions.ts'
import { registerTrialBalanceRoutes } from './trial-balance.ts'
import { registerWishDecisionRoutes } from './wish-decisions.ts'
import { registerWishRoutes } from './wishes.ts'

export async function registerApi(app: App, deps: Deps, options: AppOptions): Promise<void> {
  await app.register(
    async (api: App) => {
      await registerOpenApi(api)
      registerPoolRoutes(api, deps)
      registerDonationRoutes(api, deps, options)
      registerMonthlyGiftRoutes(api, deps)
      registerRefundRoutes(api, deps, options)
      registerOwnGiftRoutes(api, deps)
      registerLedgerRoutes(api, deps)
      registerFindingRoutes(api, deps)
      registerTrialBalanceRoutes(api, deps)
      registerLedgerAccountRoutes(api, deps)
      registerLedgerStatementRoutes(api, deps)
      registerLedgerEntryRoutes(api, deps)
      registerEnrolmentRoutes(api, deps, options)
      registerEnrolmentAccessRoutes(api, deps, options)
      registerPeopleRoutes(api, deps, options)
      registerPeopleActionRoutes(api, deps)
      registerCycleRoutes(api, deps)
      registerBatchRoutes(api, deps)
      registerBankRoutes(api, deps)
      registerSuspenseRoutes(api, deps)
      if (deps.mode === 'demonstration' && options.signIn === 'on') registerSessionRoutes(api, deps)
      registerWishRoutes(api, deps)
      registerNewsApi(api, deps, options)
      registerWishDecisionRoutes(api, deps)
      registerThanksRoutes(api, deps)
      registerThanksDecisionRoutes(api, deps)
      registerCampaignRoutes(api, deps)
      registerCampaignDecisionRoutes(api, deps, options)
      registerChangeRoutes(api, deps)
      registerFreezeRoutes(api, deps)
      registerActRoutes(api, deps)
      registerKeyRoutes(api, deps)
      if (deps.mode === 'demonstration') registerDemonstrationRoutes(api, deps, options)
    },
    { prefix: '/v1' },
  )
}
