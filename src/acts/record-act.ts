/** Records an act, in the transaction of what was done: no effect without its act, no act without its effect. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'

/** What a request says of where it comes from. */
interface From {
  /** The request's id, which leads to the log. */
  readonly origin?: string | undefined
  /** Eight hexadecimal digits: the same place is recognised, and no address is stored. */
  readonly place?: string | undefined
}

export type Actor =
  | (From & {
      readonly kind: 'person'
      readonly id: string
      readonly session?: string | undefined
      /** The enrolment whose recipient is being helped, and why. */
      readonly onBehalfOf?: string | undefined
      readonly reason?: string | undefined
    })
  | (From & { readonly kind: 'key'; readonly id: string })
  | (From & { readonly kind: 'public' })
  | { readonly kind: 'system' }

export type PersonActor = Actor & { readonly kind: 'person' }

export interface Act {
  readonly at: Date
  /** `noun.verb`: 'cycle.propose'. */
  readonly action: string
  readonly subject: { readonly kind: string; readonly id: string }
  /** Why, in the actor's own words, where that is asked. */
  readonly reason?: string | undefined
  /** Never personal data. Amounts as strings of minor units. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}

/** Answers its number. */
export async function recordAct(
  trx: Transaction<DB>,
  organisationId: number,
  actor: Actor,
  act: Act,
): Promise<bigint> {
  const person = actor.kind === 'person' ? actor : undefined
  const from: From = actor.kind === 'system' ? {} : actor
  const { id } = await trx
    .insertInto('acts.acts')
    .values({
      organisationId,
      at: act.at,
      actorKind: actor.kind,
      actorId: actor.kind === 'person' || actor.kind === 'key' ? actor.id : null,
      action: act.action,
      subjectKind: act.subject.kind,
      subjectId: act.subject.id,
      origin: from.origin ?? null,
      place: from.place ?? null,
      sessionId: person?.session ?? null,
      onBehalfOf: person?.onBehalfOf ?? null,
      reason: act.reason ?? person?.reason ?? null,
      detail: JSON.stringify(act.detail ?? {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
