/** Bank statements and the entries on them. */
export const suspenseReasons = [
  ...(['check-digits', 'unknown-reference', 'several-references', 'several-payments'] as const),
  ...(['expired', 'pool-closed', 'other-currency', 'taken-back'] as const),
] as const
export type SuspenseReason = (typeof suspenseReasons)[number]

export interface ReconciliationTables {
  'reconciliation.statements': {
    organisationId: number
    id: string
    bankAccountId: string
    statementId: string
    opening: bigint
    closing: bigint
    closingDate: string
    position: number
    documentId: string
    importedBy: string | null
    importedByKey: string | null
    importedAt: Date
  }
  'reconciliation.bankEntries': {
    organisationId: number
    bankAccountId: string
    reference: string
    statementId: string
    amount: bigint
    bookedOn: string
    matchedTo: 'batch' | 'return' | 'provider-payout' | 'transfer' | 'suspense'
    matchedId: string | null
    suspenseReason: SuspenseReason | null
  }
  'reconciliation.suspenseResolutions': {
    organisationId: number
    id: string
    bankAccountId: string
    reference: string
    poolId: string
    donationId: string | null
    resolvedBy: string
    resolvedAt: Date
  }
}
