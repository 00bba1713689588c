/** What one person proposes and another approves. */
import type { ColumnType, Generated } from 'kysely'
import type { Decision, Kind } from './change.ts'

export interface ChangesTables {
  'changes.changes': {
    organisationId: number
    id: string
    position: Generated<bigint>
    kind: Kind
    subjectId: string
    /** By kind: see `change.ts`. */
    content: ColumnType<unknown, string, never>
    reason: string
    proposedBy: string
    proposedAt: Date
    decidedBy: string | null
    decidedAt: Date | null
    decision: Decision | null
    decisionReason: string | null
  }
}
