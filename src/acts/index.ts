/** Records an act, in the transaction of what was done: no effect without its act, no act without its effect. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'

export type Actor =
  | { readonly kind: 'person'; readonly id: string; readonly origin?: string | undefined }
  | { readonly kind: 'system' }
  | { readonly kind: 'public'; readonly origin?: string | undefined }

export interface Act {
  readonly at: Date
  /** `noun.verb`: 'cycle.propose'. */
  readonly action: string
  readonly subject: { readonly kind: string; readonly id: string }
  /** Never personal data. Amounts as strings of minor units. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}

export async function recordAct(
  trx: Transaction<DB>,
  organisationId: number,
  actor: Actor,
  act: Act,
): Promise<void> {
  await trx
    .insertInto('acts.acts')
    .values({
      organisationId,
      at: act.at,
      actorKind: actor.kind,
      actorId: actor.kind === 'person' ? actor.id : null,
      action: act.action,
      subjectKind: act.subject.kind,
      subjectId: act.subject.id,
      origin: actor.kind === 'system' ? null : (actor.origin ?? null),
      detail: JSON.stringify(act.detail ?? {}),
    })
    .execute()
}
