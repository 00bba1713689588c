/** Enrolments: opaque, without personal data. */
import type { Currency } from '../money/index.ts'

export interface EnrolmentTables {
  'enrolments.enrolments': {
    organisationId: number
    id: string
    poolId: string
    personId: string
    monthlyAmount: bigint
    currency: Currency
    /** First of the month, 'YYYY-MM-01'. */
    firstMonth: string
    termMonths: number
    enrolledBy: string
    enrolledAt: Date
  }
}
