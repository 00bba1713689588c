/** Bank statements and the entries on them. */
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
    matchedTo: 'batch' | 'return' | 'provider-payout' | 'suspense'
    matchedId: string | null
  }
}
