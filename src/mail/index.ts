/** What leaves by e-mail: letters, the outbox that they wait in, and the way out. */
export { isPlainAddress, requirePlainAddress } from './address.ts'
export {
  hasDemonstrationInbox,
  type WaitingLetter,
  waitingLetter,
  waitingLetters,
} from './demonstration-inbox.ts'
export type { Letter } from './letter.ts'
export { letters, type SignInChange } from './letters.ts'
export { type NewLetter, queueLetter } from './queue-letter.ts'
export { renderLetter } from './render-letter.ts'
export { sendLetters } from './send-letters.ts'
export { DeliveryError, type MailTransport, type Message } from './transport.ts'
