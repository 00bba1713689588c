/** The Stripe-Signature header: HMAC-SHA256 over `<unix seconds>.<body>` with the endpoint's secret. */
import { createHmac } from 'node:crypto'

export function signPayload(rawBody: string, webhookSecret: string, at: Date): string {
  const timestamp = Math.floor(at.getTime() / 1000)
  const signature = createHmac('sha256', webhookSecret)
    .update(`${timestamp}.${rawBody}`, 'utf8')
    .digest('hex')
  return `t=${timestamp},v1=${signature}`
}
