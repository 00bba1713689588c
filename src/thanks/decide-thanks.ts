/** Staff shows a thank-you or refuses it, and may refuse later what was shown. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import type { ThanksReason } from './tables.ts'

export const thanksDecisions = ['show', 'refuse'] as const
export type ThanksDecision = (typeof thanksDecisions)[number]

export interface ThanksJudgement {
  readonly thanksId: string
  readonly decision: ThanksDecision
  /** Why it is refused; its writer reads it. */
  readonly because?: ThanksReason | undefined
}

/** Throws `thanks-of-helper` to whoever wrote it down for the recipient. */
export async function decideThanks(
  { db, organisationId, clock }: Deps,
  actor: PersonActor,
  { thanksId, decision, because }: ThanksJudgement,
): Promise<'shown' | 'refused'> {
  const refuses = decision === 'refuse'
  return inTransaction(db, async trx => {
    const its = await trx
      .selectFrom('thanks.thanks')
      .select(['state', 'helpedBy'])
      .where('organisationId', '=', organisationId)
      .where('id', '=', thanksId)
      .forUpdate()
      .executeTakeFirst()
    if (!its) throw new DomainError('not-found', { field: 'thanksId' })
    if (refuses && !because) throw new DomainError('invalid-request', { field: 'because', reason: why })
    if (its.state === 'taken-away') throw new DomainError('thanks-taken-away')
    if (its.state === 'refused' || (its.state === 'shown' && !refuses))
      throw new DomainError('thanks-decided')
    if (its.helpedBy === actor.id) throw new DomainError('thanks-of-helper')
    const now = clock.now()
    const state = refuses ? 'refused' : 'shown'
    await trx
      .updateTable('thanks.thanks')
      .set({
        ...{ state, because: (refuses && because) || null, lookBy: null },
        ...{ decidedBy: actor.id, decidedAt: now },
      })
      .where('organisationId', '=', organisationId)
      .where('id', '=', thanksId)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: refuses ? 'thanks.refuse' : 'thanks.show',
      subject: { kind: 'thanks', id: thanksId },
      detail: refuses && because ? { because } : {},
    })
    return state
  })
}

const why = { nl: 'Kies waarom', en: 'Choose why' }
