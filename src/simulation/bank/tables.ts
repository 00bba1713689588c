/** The rows of the simulated bank, for kysely. */
import type { Generated } from 'kysely'

export type BookingKind = 'batch-debit' | 'credit' | 'return'

export interface SimulatedBankTables {
  'simulation.bank_accounts': {
    iban: string
    holder: string
    currency: Generated<'EUR'>
    opening: bigint
    openedOn: string
  }
  'simulation.bank_closed_accounts': { iban: string; reason: string }
  'simulation.bank_payment_files': {
    iban: string
    messageId: string
    paymentInformationId: string
    requestedOn: string
    bookedOn: string
    receivedAt: Date
  }
  'simulation.bank_transfers': {
    iban: string
    messageId: string
    position: number
    endToEndId: string
    amount: bigint
    creditorName: string
    creditorIban: string
    remittance: string
  }
  'simulation.bank_bookings': {
    id: Generated<bigint>
    reference: Generated<string>
    iban: string
    bookedOn: string
    amount: bigint
    kind: BookingKind
    endToEndId: string | null
    messageId: string | null
    paymentInformationId: string | null
    counterpartyName: string | null
    counterpartyIban: string | null
    remittance: string
    returnReason: string | null
    recordedAt: Date
  }
  'simulation.bank_statements': {
    iban: string
    sequenceNumber: bigint
    fromOn: string
    toOn: string
    opening: bigint
    closing: bigint
    createdAt: Date
  }
  'simulation.bank_statement_bookings': { bookingId: bigint; iban: string; sequenceNumber: bigint }
}
