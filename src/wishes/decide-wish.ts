/** Staff shows a wish, refuses it or hides it. Whatever is decided, the reports so far have been looked at. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockWish } from './lock-wish.ts'
import type { WishReason, WishState } from './tables.ts'

export const wishDecisions = ['show', 'refuse', 'hide'] as const
export type WishDecision = (typeof wishDecisions)[number]

export interface Decision {
  readonly wishId: string
  readonly decision: WishDecision
  /** Why it is refused or hidden. */
  readonly because?: WishReason | undefined
}

/** From which states each leads where. A wish that is shown is shown again once its reports were looked at. */
const steps: Readonly<Record<WishDecision, { to: WishState; from: readonly WishState[] }>> = {
  show: { to: 'shown', from: ['waiting', 'shown', 'hidden'] },
  refuse: { to: 'refused', from: ['waiting', 'hidden'] },
  hide: { to: 'hidden', from: ['shown'] },
}

export async function decideWish(
  { db, organisationId, clock }: Deps,
  actor: PersonActor,
  { wishId, decision, because }: Decision,
): Promise<WishState> {
  const { from, to } = steps[decision]
  return inTransaction(db, async trx => {
    const { state, lookBy } = await lockWish(trx, organisationId, wishId)
    if (decision !== 'show' && !because)
      throw new DomainError('invalid-request', { field: 'because', reason: why })
    if (state === 'taken-away') throw new DomainError('wish-taken-away')
    if (!from.includes(state) || (state === to && lookBy === null)) throw new DomainError('wish-decided')
    const now = clock.now()
    await trx
      .updateTable('wishes.wishes')
      .set({
        state: to,
        because: decision === 'show' ? null : (because ?? null),
        lookBy: null,
        decidedBy: actor.id,
        decidedAt: now,
      })
      .where('organisationId', '=', organisationId)
      .where('id', '=', wishId)
      .execute()
    await trx
      .updateTable('wishes.reports')
      .set({ lookedAt: now })
      .where('organisationId', '=', organisationId)
      .where('wishId', '=', wishId)
      .where('lookedAt', 'is', null)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: decision === 'show' ? 'wish.show' : decision === 'refuse' ? 'wish.refuse' : 'wish.hide',
      subject: { kind: 'wish', id: wishId },
      detail: because && decision !== 'show' ? { because } : {},
    })
    return to
  })
}

const why = { nl: 'Kies waarom', en: 'Choose why' }
