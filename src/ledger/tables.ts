/** The ledger's tables as the application sees them: it may read them and call the posting function, no more. */
import type { Generated } from 'kysely'
import type { AccountKind } from './chart.ts'

export interface LedgerTables {
  'ledger.accounts': {
    organisationId: number
    id: Generated<bigint>
    kind: AccountKind
    side: 'debit' | 'credit' | 'either'
    floor: 'none' | 'zero' | 'shortfall'
    subject: string
    poolId: string | null
    currency: string
    shortfallId: bigint | null
    balance: bigint
    version: bigint
    recordedAt: Date | null
  }
  'ledger.entries': {
    organisationId: number
    id: bigint
    kind: string
    nature: Nature
    key: string
    reverses: bigint | null
    effectiveAt: Date
    recordedAt: Date
  }
  'ledger.postings': {
    organisationId: number
    entryId: bigint
    accountId: bigint
    accountVersion: bigint
    amount: bigint
    balanceAfter: bigint
    ordinal: number
  }
}

/** A decision is ours and may be refused; a fact came from bank or provider and is booked whatever it does. */
export type Nature = 'decision' | 'fact'
