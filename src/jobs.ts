/** Which jobs run, and how often: the composition of every slice's background work. */
import { removeExpired } from './archive/index.ts'
import { forgetSessions } from './auth/index.ts'
import type { Deps } from './deps.ts'
import { planCycles } from './disbursements/index.ts'
import {
  askRefunds,
  makeAvailable,
  postTransactions,
  readBalance,
  settleDisputes,
} from './donations/index.ts'
import { sendLetters } from './mail/index.ts'
import type { Job } from './platform/jobs.ts'
import { forgetCounts } from './platform/rate-limits/index.ts'
import { forgetWishes } from './wishes/index.ts'

const REREAD_DAYS = 7

export type JobName =
  | 'read-payments'
  | 'reread-payments'
  | 'ask-refunds'
  | 'read-balance'
  | 'plan-cycles'
  | 'forget-sessions'
  | 'send-mail'
  | 'forget-counts'
  | 'forget-wishes'
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
      }),
    },
    'reread-payments': {
      every: '30 4 * * *',
      run: refreshed(async () => {
        await postTransactions(deps, { rereadDays: REREAD_DAYS })
        await settleDisputes(deps, { all: true })
      }),
    },
    'ask-refunds': { every: '* * * * *', run: refreshed(() => askRefunds(deps)) },
    'read-balance': { every: '45 4 * * *', run: refreshed(() => readBalance(deps)) },
    'plan-cycles': { every: '5 * * * *', run: refreshed(() => planCycles(deps)) },
    'forget-sessions': { every: '20 * * * *', run: () => forgetSessions(deps) },
    'send-mail': { every: '* * * * *', run: refreshed(() => sendLetters(deps)) },
    'forget-counts': { every: '*/10 * * * *', run: () => forgetCounts(deps.db) },
    'forget-wishes': { every: '40 3 * * *', run: () => forgetWishes(deps) },
    'remove-expired': { every: '50 3 * * *', run: refreshed(() => removeExpired(deps)) },
    ...(liveOn ? { 'live-on': { every: '* * * * *', run: refreshed(liveOn) } } : {}),
  }
}
