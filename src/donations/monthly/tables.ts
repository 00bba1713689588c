/** Monthly gifts: what a donor asked, and what the provider said of it. */
import type { Generated } from 'kysely'
import type { Currency } from '../../money/index.ts'
import type { MonthlyGiftState } from './provider.ts'

export interface MonthlyTables {
  'donations.monthlyGifts': {
    organisationId: number
    id: string
    poolId: string
    amount: bigint
    costsShare: bigint
    currency: Currency
    locale: 'nl' | 'en'
    provider: 'stripe' | 'simulated'
    tokenSha256: Buffer
    poolName: string
    returnBase: string
    providerCheckoutId: string | null
    checkoutUrl: string | null
    checkoutExpiresAt: Date | null
    startedAt: Date
    state: Generated<MonthlyGiftState>
    saidAt: Date | null
    subscriptionId: string | null
    customerId: string | null
    giftItemId: string | null
    costsItemId: string | null
    nextAt: Date | null
    /** The one that was announced last. */
    announcedAt: Date | null
    method: string | null
    methodId: string | null
    mandateId: string | null
    mandateMethodId: string | null
  }
  'donations.monthlyChanges': {
    organisationId: number
    /** Also the key under which the provider is asked. */
    id: string
    monthlyGiftId: string
    what: 'change-amount' | 'pause' | 'resume' | 'stop'
    amount: bigint | null
    costsShare: bigint | null
    subscriptionId: string
    giftItemId: string | null
    costsItemId: string | null
    requestedAt: Date
    askedAt: Date | null
    answeredAt: Date | null
    refused: string | null
  }
  'donations.monthlyReadings': { organisationId: number; readUntil: Date }
}
