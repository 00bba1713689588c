/** The legal entity behind the pools. */
export {
  addBankAccount,
  type BankAccount,
  bankAccounts,
  createOrganisation,
  currentBankAccount,
  defaultOrganisation,
  type Organisation,
  organisationById,
} from './organisation.ts'
export {
  acceptedFingerprint,
  acceptFirstKeys,
  acceptKeys,
  type ProviderKeys,
  providerKeys,
  shortFingerprint,
} from './provider-keys.ts'
