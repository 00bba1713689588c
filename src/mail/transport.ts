/** The contract with whatever takes letters away; the composition fills it in with a mail server, and a test with its own. */

export interface Message {
  /** With angle brackets; the same at every attempt. */
  readonly messageId: string
  readonly date: Date
  readonly senderName: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Where letters of this kind are stopped: by opening it, or by one click in the mail program. */
  readonly stop?: string | undefined
}

export interface MailTransport {
  /** Comes back when the server has taken the letter on; throws `DeliveryError`. */
  deliver(message: Message): Promise<void>
}

/**
 * `refused`: this letter will never be taken. `later`: it may be the next time. `unreachable`: the server takes nothing
 * now, and trying the others is of no use. The code holds no address and no word of the server.
 */
export class DeliveryError extends Error {
  readonly outcome: 'refused' | 'later' | 'unreachable'
  readonly code: string
  constructor(outcome: DeliveryError['outcome'], code: string) {
    super(`${outcome}: ${code}`)
    this.name = 'DeliveryError'
    this.outcome = outcome
    this.code = code
  }
}
