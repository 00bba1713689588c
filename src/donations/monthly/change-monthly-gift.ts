/**
 * A donor changes a monthly gift: what they want is written down with all that the provider will be asked, and then asked. One change
 * at a time; what nobody knows the outcome of is looked up first (see ask-monthly-changes.ts).
 */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../../acts/index.ts'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { donorIdOfPerson, monthlyGiftsOfDonor } from '../../donors/index.ts'
import { newId } from '../../platform/id.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import { refuseOutOfLimits } from '../limits.ts'
import { askMonthlyChanges } from './ask-monthly-changes.ts'
import {
  type MonthlyChangeKind,
  type MonthlyGift,
  monthlyGiftById,
  monthlyGiftsByIds,
} from './monthly-gift.ts'
import { refusing } from './start-monthly-gift.ts'

export interface MonthlyChangeInput {
  readonly monthlyGiftId: string
  readonly what: MonthlyChangeKind
  /** Of each instalment from the next on; the contribution to costs stays. */
  readonly amount?: bigint | undefined
  readonly idempotencyKey: string
}

/** Their own, by the address that they proved, the newest first. */
export async function ownMonthlyGifts(deps: Deps, personId: string): Promise<MonthlyGift[]> {
  return inTransaction(deps.db, async trx =>
    monthlyGiftsByIds(trx, deps.organisationId, await ownIds(trx, deps, personId)),
  )
}

async function ownIds(trx: Transaction<DB>, deps: Deps, personId: string): Promise<string[]> {
  const donorId = await donorIdOfPerson(trx, deps, personId)
  return donorId ? await monthlyGiftsOfDonor(trx, deps.organisationId, donorId) : []
}

/** Somebody else's is not there. */
async function requireOwn(trx: Transaction<DB>, deps: Deps, personId: string, id: string): Promise<void> {
  if (!(await ownIds(trx, deps, personId)).includes(id))
    throw new DomainError('not-found', { field: 'monthlyGiftId' })
}

/** Answers it as it is then; with `openChange` when nobody knows yet whether the change happened. */
export async function changeMonthlyGift(
  deps: Deps,
  actor: PersonActor,
  input: MonthlyChangeInput,
): Promise<MonthlyGift> {
  const { db, organisationId } = deps
  const { monthlyGiftId } = input
  if (!(await deps.providerKeys.areAccepted())) throw new DomainError('payments-on-hold')
  await inTransaction(db, trx => requireOwn(trx, deps, actor.id, monthlyGiftId))
  await askMonthlyChanges(deps, { monthlyGiftId }) // one whose outcome is unknown goes first
  const changeId = await inTransaction(db, trx => writeDown(trx, deps, actor, input))
  await askMonthlyChanges(deps, { monthlyGiftId })
  const refused = await db
    .selectFrom('donations.monthlyChanges')
    .select('refused')
    .where('organisationId', '=', organisationId)
    .where('id', '=', changeId)
    .executeTakeFirst()
  if (refused?.refused) throw new DomainError('provider-rejected', { reason: refused.refused })
  return monthlyGiftById(db, organisationId, monthlyGiftId)
}

const acts = {
  'change-amount': { action: 'monthly-gift.change-amount' },
  pause: { action: 'monthly-gift.pause' },
  resume: { action: 'monthly-gift.resume' },
  stop: { action: 'monthly-gift.stop' },
} as const

async function writeDown(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  { monthlyGiftId, what, amount, idempotencyKey }: MonthlyChangeInput,
): Promise<string> {
  const { organisationId, vault, clock } = deps
  await requireOwn(trx, deps, actor.id, monthlyGiftId)
  const { resourceId: id, first } = await claimKey(trx, vault, {
    ...{ organisationId, operation: 'change-monthly-gift', key: idempotencyKey, resourceId: newId() },
    request: { monthlyGiftId, what, amount, personId: actor.id },
  })
  if (!first) return id
  const gift = await trx
    .selectFrom('donations.monthlyGifts')
    .select(['state', 'amount', 'costsShare', 'subscriptionId', 'giftItemId', 'costsItemId'])
    .where('organisationId', '=', organisationId)
    .where('id', '=', monthlyGiftId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { subscriptionId, giftItemId, costsItemId, costsShare } = gift
  const runs = subscriptionId !== null && gift.state !== 'stopped' && gift.state !== 'awaiting-payment'
  if (!runs) throw new DomainError('monthly-gift-not-running')
  const open = await trx
    .selectFrom('donations.monthlyChanges')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('monthlyGiftId', '=', monthlyGiftId)
    .where('answeredAt', 'is', null)
    .executeTakeFirst()
  if (open) throw new DomainError('monthly-change-open')
  const asked =
    what === 'change-amount'
      ? {
          amount: requireAmount(amount, costsShare),
          costsShare,
          giftItemId: requireItem(giftItemId),
          costsItemId,
        }
      : { amount: null, costsShare: null, giftItemId: null, costsItemId: null }
  const now = clock.now()
  await trx
    .insertInto('donations.monthlyChanges')
    .values({ organisationId, id, monthlyGiftId, what, subscriptionId, ...asked, requestedAt: now })
    .execute()
  await recordAct(trx, organisationId, actor, {
    ...{ at: now, ...acts[what], subject: { kind: 'monthly-gift', id: monthlyGiftId } },
    detail: asked.amount === null ? {} : { from: gift.amount.toString(), to: asked.amount.toString() },
  })
  return id
}

function requireAmount(amount = 0n, costsShare: bigint): bigint {
  refuseOutOfLimits({ amount, costsShare })
  return amount
}

/** It is made of something that we did not ask for: somebody changed it at the provider. */
function requireItem(item: string | null): string {
  if (item !== null) return item
  throw new DomainError('monthly-gift-not-running', { field: 'amount' })
}

/** The provider's page on which its donor chooses another account or card. */
export async function openAccountPage(
  deps: Deps,
  actor: PersonActor,
  { monthlyGiftId, returnUrl }: { readonly monthlyGiftId: string; readonly returnUrl: string },
): Promise<string> {
  const { db, organisationId, clock } = deps
  if (!(await deps.providerKeys.areAccepted())) throw new DomainError('payments-on-hold')
  const gift = await inTransaction(db, async trx => {
    await requireOwn(trx, deps, actor.id, monthlyGiftId)
    const row = await trx
      .selectFrom('donations.monthlyGifts')
      .select(['customerId', 'state', 'locale'])
      .where('organisationId', '=', organisationId)
      .where('id', '=', monthlyGiftId)
      .executeTakeFirstOrThrow()
    if (!row.customerId || row.state === 'stopped') throw new DomainError('monthly-gift-not-running')
    await recordAct(trx, organisationId, actor, {
      ...{ at: clock.now(), action: 'monthly-gift.open-account-page' },
      subject: { kind: 'monthly-gift', id: monthlyGiftId },
    })
    return { ...row, customerId: row.customerId }
  })
  const { customerId, locale } = gift
  const { url } = await refusing(deps.provider.openAccountPage({ customerId, returnUrl, locale }))
  return url
}
