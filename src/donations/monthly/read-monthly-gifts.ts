/**
 * Reads what became of monthly gifts at the provider: every minute those that changed there, every night all of them, also what
 * somebody changed or ended in the provider's own pages. The provider's list of events says which; what is stored is never an event's
 * word but what the provider answers when it is asked, so that order and repetition of events change nothing.
 */
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { storeSaid } from './store-said.ts'

/** Events are shown a little after they happened, and are listed for thirty days. */
const OVERLAP_MS = 15 * 60_000
const LONGEST_MS = 29 * 86_400_000
/** What was read within this time of a change may have been read before it. */
const MARGIN_MS = 60_000

/** `all`: whether it changed or not. Answers how many are in another state than before. */
export async function readMonthlyGifts(deps: Deps, { all = false } = {}): Promise<number> {
  if (!(await deps.providerKeys.areAccepted())) return 0
  return all ? await readAll(deps) : await readChanged(deps)
}

async function readAll(deps: Deps): Promise<number> {
  let changed = 0
  let cursor: string | null = null
  do {
    const at = deps.clock.now()
    const page = await deps.provider.listMonthlyGifts(cursor ? { cursor } : {})
    for (const said of page.monthlyGifts)
      if (await inTransaction(deps.db, trx => storeSaid(trx, deps, said, at))) changed += 1
    cursor = page.nextCursor
  } while (cursor)
  return changed
}

async function readChanged(deps: Deps): Promise<number> {
  const { db, organisationId, provider, clock } = deps
  const now = clock.now()
  const reading = await db
    .selectFrom('donations.monthlyReadings')
    .select('readUntil')
    .where('organisationId', '=', organisationId)
    .executeTakeFirst()
  const since = Math.max((reading?.readUntil.getTime() ?? 0) - OVERLAP_MS, now.getTime() - LONGEST_MS)
  let changed = 0
  for (const [subscriptionId, at] of await provider.changedMonthlyGifts(new Date(since)))
    if (await readOne(deps, subscriptionId, at)) changed += 1
  await db
    .insertInto('donations.monthlyReadings')
    .values({ organisationId, readUntil: now })
    .onConflict(conflict => conflict.column('organisationId').doUpdateSet({ readUntil: now }))
    .execute()
  return changed
}

async function readOne(deps: Deps, subscriptionId: string, changedAt: Date): Promise<boolean> {
  const { db, organisationId, provider, clock } = deps
  const known = await db
    .selectFrom('donations.monthlyGifts')
    .select(['saidAt', 'state'])
    .where('organisationId', '=', organisationId)
    .where('subscriptionId', '=', subscriptionId)
    .executeTakeFirst()
  if (known?.state === 'stopped') return false
  if (known?.saidAt && known.saidAt.getTime() > changedAt.getTime() + MARGIN_MS) return false
  const at = clock.now()
  const said = await provider.getMonthlyGift(subscriptionId)
  return said !== null && (await inTransaction(db, trx => storeSaid(trx, deps, said, at)))
}
