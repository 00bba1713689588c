/** Pools and the documents without which a pool enrols nobody. */
import type { Generated } from 'kysely'
import type { Currency } from '../money/index.ts'

export interface PoolTables {
  'pools.pools': {
    organisationId: number
    id: string
    slug: string
    name: string
    kind: 'community' | 'personal'
    area: string
    currency: Currency
    monthlyAmount: bigint
    termMonths: number
    paydayOfMonth: number
    feeBearer: 'pool' | 'costs'
    bankAccountId: string
    state: Generated<'open' | 'closed'>
    createdAt: Generated<Date>
  }
  'pools.legalDocuments': {
    organisationId: number
    poolId: string
    subject: LegalSubject
    document: string
    datedOn: string
  }
}

export const legalSubjects = ['tax-position', 'anbi-status', 'municipality-agreement'] as const
export type LegalSubject = (typeof legalSubjects)[number]
