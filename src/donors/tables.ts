/** Who gives, what they show with a gift, what they were told and no longer want to be told. */
import type { Generated } from 'kysely'
import type { Locale } from '../money/index.ts'

export interface DonorTables {
  'donors.donors': {
    organisationId: number
    id: string
    emailSealed: Buffer | null
    emailFingerprint: Buffer | null
    locale: Locale
    knownSince: Date
    erasedAt: Date | null
  }
  'donors.gifts': {
    organisationId: number
    donationId: string
    donorId: string | null
    nickname: string | null
    message: string | null
    asOrganisation: Generated<boolean>
    receivedAt: Date | null
    thankedAt: Date | null
  }
  'donors.letters': {
    organisationId: number
    donorId: string
    kind: string
    about: string
    letterId: string | null
    toldAt: Date
  }
  'donors.stops': { organisationId: number; donorId: string; kind: string; stoppedAt: Date }
}
