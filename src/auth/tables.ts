/** Persons who can sign in, their roles and sessions. */
import type { Generated } from 'kysely'
import type { Role } from './permissions.ts'

export interface AuthTables {
  'auth.persons': { organisationId: number; id: string; name: string; enrolmentId: string | null }
  'auth.roles': { organisationId: number; personId: string; role: Role }
  'auth.sessions': {
    tokenSha256: Buffer
    organisationId: number
    personId: string
    createdAt: Generated<Date>
    expiresAt: Date
  }
}
