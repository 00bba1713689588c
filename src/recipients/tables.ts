/** The person (sealed) and the enrolment (opaque). */
import type { Currency } from '../money/index.ts'
export interface RecipientTables {
  'recipients.persons': {
    organisationId: number
    id: string
    nameEncrypted: Buffer
    ibanEncrypted: Buffer
    ibanEnding: string
    checkedBy: string
    checkedAt: Date
    checkedHow: string
  }
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
