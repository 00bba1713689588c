/** The trail: who did what, when, to what. Append-only. */
import type { ColumnType, Generated } from 'kysely'

export interface ActsTables {
  'acts.acts': {
    organisationId: number
    id: Generated<bigint>
    at: Date
    recordedAt: Generated<Date>
    actorKind: 'person' | 'system' | 'public'
    actorId: string | null
    action: string
    subjectKind: string
    subjectId: string
    origin: string | null
    detail: ColumnType<Record<string, unknown>, string, never>
  }
}
