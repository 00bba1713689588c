/** Which jobs run, and how often: the composition of every slice's background work. */
import { removeExpired } from './archive/index.ts'
import { forgetSessions } from './auth/index.ts'
import { carryOut, forgetCampaigns, watchCampaigns } from './campaigns/index.ts'
import type { Deps } from './deps.ts'
import { planCycles } from './disbursements/index.ts'
import {
  announceDebits,
  askMonthlyChanges,
  askRefunds,
  makeAvailable,
  postTransactions,
  readBalance,
  readMonthlyGifts,
  settleDisputes,
  thankDonors,
} from './donations/index.ts'
import { makeOverviews, noteGoals, tellGoals } from './giving/index.ts'
import { sendLetters } from './mail/index.ts'
import type { Job } from './platform/jobs.ts'
import { forgetCounts } from './platform/rate-limits/index.ts'
import { remindToRenew, tellFollowers, tellMonths } from './retention/index.ts'
import { forgetThanks } from './thanks/index.ts'
import { forgetWishes } from './wishes/index.ts'

const REREAD_DAYS = 7

export type JobName =
  | 'read-payments'
  | 'reread-payments'
  | 'thank-donors'
  | 'tell-goals'
  | 'make-overviews'
  | 'ask-refunds'
  | 'read-monthly-gifts'
  | 'reread-monthly-gifts'
  | 'announce-debits'
  | 'read-balance'
  | 'plan-cycles'
  | 'forget-sessions'
  | 'send-mail'
  | 'forget-counts'
  | 'forget-wishes'
  | 'tell-followers'
  | 'tell-months'
  | 'remind-to-renew'
  | 'forget-thanks'
  | 'watch-campaigns'
  | 'forget-campaigns'
  | 'remove-expired'
  | 'live-on'

/** `liveOn`: what the simulated outside world does meanwhile; undefined when nothing is simulated. */
export function jobsOf(deps: Deps, liveOn: (() => Promise<void>) | undefined): Partial<Record<JobName, Job>> {
  const refreshed = (run: () => Promise<unknown>) => async () => {
    await deps.clock.refresh()
    await run()
  }
  return {
    'read-payments': {
      every: '* * * * *',
      run: refreshed(async () => {
        await postTransactions(deps)
        await makeAvailable(deps)
        await settleDisputes(deps)
        await thankDonors(deps)
      }),
    },
    // What came by the bank's statement, or could not be thanked for before.
    'thank-donors': { every: '* * * * *', run: refreshed(() => thankDonors(deps)) },
    'tell-goals': {
      every: '*/5 * * * *',
      run: refreshed(async () => {
        await noteGoals(deps)
        await tellGoals(deps)
      }),
    },
    'make-overviews': { every: '15 6 * * *', run: refreshed(() => makeOverviews(deps)) },
    'reread-payments': {
      every: '30 4 * * *',
      run: refreshed(async () => {
        await postTransactions(deps, { rereadDays: REREAD_DAYS })
        await settleDisputes(deps, { all: true })
      }),
    },
    'ask-refunds': { every: '* * * * *', run: refreshed(() => askRefunds(deps)) },
    'read-monthly-gifts': {
      every: '* * * * *',
      run: refreshed(async () => {
        await readMonthlyGifts(deps)
        await askMonthlyChanges(deps)
      }),
    },
    'reread-monthly-gifts': {
      every: '15 4 * * *',
      run: refreshed(() => readMonthlyGifts(deps, { all: true })),
    },
    'announce-debits': { every: '25 * * * *', run: refreshed(() => announceDebits(deps)) },
    'read-balance': { every: '45 4 * * *', run: refreshed(() => readBalance(deps)) },
    'plan-cycles': { every: '5 * * * *', run: refreshed(() => planCycles(deps)) },
    'forget-sessions': { every: '20 * * * *', run: () => forgetSessions(deps) },
    'send-mail': { every: '* * * * *', run: refreshed(() => sendLetters(deps)) },
    'forget-counts': { every: '*/10 * * * *', run: () => forgetCounts(deps.db) },
    'forget-thanks': { every: '45 3 * * *', run: () => forgetThanks(deps) },
    'forget-wishes': { every: '40 3 * * *', run: () => forgetWishes(deps) },
    'tell-followers': { every: '* * * * *', run: refreshed(() => tellFollowers(deps)) },
    'tell-months': { every: '15 10 * * *', run: refreshed(() => tellMonths(deps)) },
    'remind-to-renew': { every: '25 10 * * *', run: refreshed(() => remindToRenew(deps)) },
    'watch-campaigns': {
      every: '*/5 * * * *',
      run: refreshed(async () => {
        await watchCampaigns(deps)
        await carryOut(deps)
      }),
    },
    'forget-campaigns': { every: '50 3 * * *', run: () => forgetCampaigns(deps) },
    'remove-expired': { every: '50 3 * * *', run: refreshed(() => removeExpired(deps)) },
    ...(liveOn ? { 'live-on': { every: '* * * * *', run: refreshed(liveOn) } } : {}),
  }
}
