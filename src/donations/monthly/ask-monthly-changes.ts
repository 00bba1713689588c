/**
 * Asks the provider for what donors want of their monthly gifts. That it is going to be asked is written down first; when the answer was
 * lost, the provider is read before the same question is put again, under the same key.
 */
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { ProviderRejected, ProviderUnknown } from '../provider.ts'
import { KEY_REMEMBERED_MS } from '../start-donation.ts'
import type { MonthlyChange, ProviderMonthlyGift } from './provider.ts'
import { storeSaid } from './store-said.ts'

const AT_ONCE = 100

/** Answers how many were answered, one way or the other. */
export async function askMonthlyChanges(
  deps: Deps,
  { monthlyGiftId }: { readonly monthlyGiftId?: string } = {},
): Promise<number> {
  if (!(await deps.providerKeys.areAccepted())) return 0
  let answered = 0
  for (const change of await openChanges(deps, monthlyGiftId)) if (await askOne(deps, change)) answered += 1
  return answered
}

type OpenChange = Awaited<ReturnType<typeof openChanges>>[number]

async function openChanges({ db, organisationId }: Deps, monthlyGiftId: string | undefined) {
  let query = db
    .selectFrom('donations.monthlyChanges as c')
    .innerJoin('donations.monthlyGifts as g', join =>
      join.onRef('g.organisationId', '=', 'c.organisationId').onRef('g.id', '=', 'c.monthlyGiftId'),
    )
    .select([
      'c.id',
      'c.what',
      'c.amount',
      'c.costsShare',
      'c.subscriptionId',
      'c.giftItemId',
      'c.costsItemId',
    ])
    .select(['c.askedAt', 'g.poolId', 'g.currency', 'g.locale'])
    .where('c.organisationId', '=', organisationId)
    .where('c.answeredAt', 'is', null)
  if (monthlyGiftId !== undefined) query = query.where('c.monthlyGiftId', '=', monthlyGiftId)
  return query.orderBy('c.requestedAt').limit(AT_ONCE).execute()
}

async function askOne(deps: Deps, change: OpenChange): Promise<boolean> {
  const at = deps.clock.now()
  try {
    const before = await markAsked(deps, change, at)
    const now = before === 'earlier' ? await deps.provider.getMonthlyGift(change.subscriptionId) : null
    if (now && isAsAsked(now, change)) return await store(deps, change, at, { said: now })
    if (change.askedAt && at.getTime() - change.askedAt.getTime() > KEY_REMEMBERED_MS) {
      return await store(deps, change, at, { refused: 'not-answered' }) // the provider forgot the key, and it did not happen
    }
    return await store(deps, change, at, {
      said: await deps.provider.changeMonthlyGift(questionOf(deps, change)),
    })
  } catch (error) {
    if (error instanceof ProviderUnknown) return false // unknown: looked up next time
    if (!(error instanceof ProviderRejected)) throw error
    // Not about this change: it is asked again. A key that is said to be of another request is looked up.
    if (['rate-limited', 'credentials', 'idempotency-conflict'].includes(error.reason)) return false
    return await refusedOrOver(deps, change, at, error)
  }
}

/** Whoever ended it at the provider meanwhile wanted what a donor who stops wants. */
async function refusedOrOver(
  deps: Deps,
  change: OpenChange,
  at: Date,
  error: ProviderRejected,
): Promise<boolean> {
  const refused = error.providerCode ?? error.reason
  try {
    const now = await deps.provider.getMonthlyGift(change.subscriptionId)
    if (!now) return await store(deps, change, at, { refused })
    return await store(deps, change, at, isAsAsked(now, change) ? { said: now } : { said: now, refused })
  } catch (unknown) {
    if (unknown instanceof ProviderUnknown || unknown instanceof ProviderRejected) return false
    throw unknown
  }
}

function isAsAsked(
  { state, amounts }: ProviderMonthlyGift,
  { what, amount, costsShare }: OpenChange,
): boolean {
  if (what === 'stop') return state === 'stopped'
  if (what === 'pause') return state === 'paused'
  if (what === 'resume') return state === 'active' || state === 'payment-failing'
  return amounts?.amount === amount && amounts?.costsShare === costsShare
}

function questionOf({ organisationId }: Deps, change: OpenChange): MonthlyChange {
  const { id: idempotencyKey, subscriptionId, what, amount, costsShare, giftItemId, costsItemId } = change
  const common = { idempotencyKey, subscriptionId }
  if (what !== 'change-amount') return { ...common, what }
  const { poolId, locale, currency } = change
  if (amount === null || costsShare === null || giftItemId === null)
    throw new Error(`change ${change.id} has no amount`)
  return {
    ...{ ...common, what, organisationId: String(organisationId), poolId, locale, currency },
    ...{ amount, costsShare, giftItemId, costsItemId },
  }
}

async function markAsked(
  { db, organisationId }: Deps,
  { id, askedAt }: OpenChange,
  at: Date,
): Promise<'now' | 'earlier'> {
  if (askedAt) return 'earlier'
  const marked = await db
    .updateTable('donations.monthlyChanges')
    .set({ askedAt: at })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .where('askedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return marked ? 'now' : 'earlier'
}

/** What the provider answered, and that it did, in one transaction. */
async function store(
  deps: Deps,
  { id }: OpenChange,
  at: Date,
  { said, refused }: { said?: ProviderMonthlyGift; refused?: string },
): Promise<boolean> {
  const { db, organisationId } = deps
  await inTransaction(db, async trx => {
    if (said) await storeSaid(trx, deps, said, at)
    await trx
      .updateTable('donations.monthlyChanges')
      .set({ answeredAt: at, refused: refused ?? null })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .where('answeredAt', 'is', null)
      .execute()
  })
  return true
}
