/** The pages' routes, registered once for each language: Dutch at `/…`, English at `/en/…`. */
import type { App, AppOptions } from '../app.ts'
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { registerSimulatedPayment } from './public/simulated-payment-routes.ts'

export interface PageScope {
  readonly deps: Deps
  readonly options: AppOptions
  readonly locale: Locale
}

const prefixes: readonly [Locale, string][] = [
  ['nl', ''],
  ['en', '/en'],
]

export async function registerPages(app: App, deps: Deps, options: AppOptions): Promise<void> {
  for (const [locale, prefix] of prefixes) {
    await app.register(
      async (pages: App) => {
        const scope: PageScope = { deps, options, locale }
        if (deps.mode === 'demonstration') registerSimulatedPayment(pages, scope)
      },
      { prefix },
    )
  }
}
