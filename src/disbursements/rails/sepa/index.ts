/** The SEPA rail as files: what is handed to the bank. */
export {
  type CreditTransfer,
  type CreditTransferBatch,
  LARGEST_TRANSFER,
  type PaymentFileRefusal,
  PaymentFileRefused,
} from './credit-transfer.ts'
export { type Pain001Refusal, type ReadPain001, readPain001 } from './read-pain001.ts'
export { writePain001 } from './write-pain001.ts'
