/** The simulated bank: it takes payment files and gives statements, as files, like the real one. */
export { bankBalanceOn, type NewBankAccount, openAccount, returnPaymentsTo } from './accounts.ts'
export { credit, type IncomingTransfer } from './credit.ts'
export { type StatementRequest, statementFor } from './statement-for.ts'
export { type BankRejection, type PaymentFileAnswer, submitPaymentFile } from './submit-payment-file.ts'
