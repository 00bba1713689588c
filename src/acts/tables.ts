/** The trail: who did what, when, to what, from where and why. Append-only. */
import type { ColumnType, Generated } from 'kysely'

export interface ActsTables {
  'acts.acts': {
    organisationId: number
    id: Generated<bigint>
    at: Date
    recordedAt: Generated<Date>
    actorKind: 'person' | 'key' | 'system' | 'public'
    actorId: string | null
    action: string
    subjectKind: string
    subjectId: string
    origin: string | null
    place: string | null
    sessionId: string | null
    onBehalfOf: string | null
    reason: string | null
    detail: ColumnType<Record<string, unknown>, string, never>
  }
}
