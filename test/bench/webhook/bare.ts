// The limit of accepting: a bare Fastify route that verifies the signature and does nothing else. A process of its own.

import Fastify from 'fastify'
import Stripe from 'stripe'
import { PROVIDER_KEY, WEBHOOK_SECRET } from './events.ts'

const { webhooks } = new Stripe(PROVIDER_KEY)
const app = Fastify()
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
app.post('/v1/provider-events', async request => {
  const { body, headers } = request
  webhooks.constructEvent(body as Buffer, headers['stripe-signature'] ?? '', WEBHOOK_SECRET)
  return { received: true }
})
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
