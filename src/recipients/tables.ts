/** The person, sealed. */
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
}
