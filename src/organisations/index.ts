export {
  addBankAccount,
  type BankAccount,
  bankAccounts,
  createOrganisation,
  defaultOrganisation,
  type Organisation,
} from './organisation.ts'
