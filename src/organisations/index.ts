/** The legal entity behind the pools. */
export {
  addBankAccount,
  type BankAccount,
  bankAccounts,
  createOrganisation,
  defaultOrganisation,
  type Organisation,
  organisationById,
} from './organisation.ts'
