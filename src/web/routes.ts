/** The pages' routes, registered once for each language: Dutch at `/…`, English at `/en/…`. */
import type { App, AppOptions } from '../app.ts'
import type { Deps } from '../deps.ts'
import { hasDemonstrationInbox } from '../mail/index.ts'
import type { Locale } from '../money/index.ts'
import { registerAdminRoutes } from './admin/routes.ts'
import { registerAssets } from './assets.ts'
import { registerCampaignerRoutes } from './campaigner/routes.ts'
import { registerMonthlyRoutes } from './donor/monthly-routes.ts'
import { registerDonorRoutes } from './donor/routes.ts'
import { registerStopRoutes } from './donor/stop-routes.ts'
import { registerApiDocs } from './public/api-docs-routes.ts'
import { registerCampaignPictures, registerCampaignRoutes } from './public/campaign-routes.ts'
import { registerDonateRoutes } from './public/donate-routes.ts'
import { registerInboxRoutes } from './public/inbox-routes.ts'
import { registerNewsRoutes } from './public/news-routes.ts'
import { registerPublicRoutes } from './public/routes.ts'
import { registerSimulatedAccount } from './public/simulated-account-routes.ts'
import { registerSimulatedPayment } from './public/simulated-payment-routes.ts'
import { registerSimulatedTransfer } from './public/simulated-transfer-routes.ts'
import { registerPublicWishRoutes } from './public/wish-routes.ts'
import { registerRecipientRoutes } from './recipient/routes.ts'
import type { PageScope } from './scope.ts'
import { registerAccountRoutes } from './sign-in/account-routes.ts'
import { registerSignInRoutes } from './sign-in/routes.ts'
import { registerSecondFactorRoutes } from './sign-in/second-factor-routes.ts'

const prefixes: readonly [Locale, string][] = [
  ['nl', ''],
  ['en', '/en'],
]

export async function registerPages(app: App, deps: Deps, options: AppOptions): Promise<void> {
  await registerAssets(app)
  registerCampaignPictures(app, deps)
  for (const [locale, prefix] of prefixes) {
    await app.register(
      async (pages: App) => {
        const scope: PageScope = { deps, options, locale }
        registerPublicRoutes(pages, scope)
        registerDonateRoutes(pages, scope)
        registerPublicWishRoutes(pages, scope)
        registerCampaignRoutes(pages, scope)
        if (options.signIn === 'on') await registerCampaignerRoutes(pages, scope)
        registerStopRoutes(pages, scope)
        registerDonorRoutes(pages, scope)
        registerNewsRoutes(pages, scope)
        registerApiDocs(pages, scope)
        registerMonthlyRoutes(pages, scope)
        registerRecipientRoutes(pages, scope)
        registerAdminRoutes(pages, scope)
        if (options.signIn === 'on') {
          registerSignInRoutes(pages, scope)
          registerSecondFactorRoutes(pages, scope)
          registerAccountRoutes(pages, scope)
        }
        if (deps.mode === 'demonstration') {
          registerSimulatedPayment(pages, scope)
          registerSimulatedAccount(pages, scope)
          if (deps.bankRail) registerSimulatedTransfer(pages, scope)
        }
        if (hasDemonstrationInbox(deps)) registerInboxRoutes(pages, scope)
      },
      { prefix },
    )
  }
}
