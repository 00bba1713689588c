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
export { type Profile, profileOf, recordProfile, writeProfile } from './profile.ts'
export {
  acceptedFingerprint,
  acceptFirstKeys,
  acceptKeys,
  type ProviderKeys,
  providerKeys,
  shortFingerprint,
} from './provider-keys.ts'
