/** Pools and the documents without which a pool enrols nobody. */
import type { Generated } from 'kysely'
import type { Currency } from '../money/index.ts'
import type { PoolTerms } from './terms.ts'

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
    /** YYYY-MM-DD. */
    giftsUntil: Generated<string | null>
    givesBack: Generated<boolean>
    createdAt: Generated<Date>
    /** The change that made the terms what they are; null while they are the first ones. */
    termsChangeId: Generated<string | null>
  }
  /** Written by the database itself when terms change. */
  'pools.termChanges': {
    organisationId: number
    poolId: string
    changeId: string
    changedAt: Date
    was: PoolTerms
    became: PoolTerms
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
