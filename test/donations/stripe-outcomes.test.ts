/** Each answer, and each lack of one, is either "rejected" or "unknown": never a guess in between. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { ProviderRejected, ProviderUnknown } from '../../src/donations/provider.ts'
import { createStripeProvider } from '../../src/donations/stripe/index.ts'
import { checkoutInput } from '../simulation/stripe-setup.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

async function providerAgainst(t: Test, handler: Handler, maxNetworkRetries = 0) {
  const server: Server = createServer(handler)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return createStripeProvider({
    secretKey: 'sk_test_outcomes',
    webhookSecret: 'whsec_outcomes',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    protocol: 'http',
    timeoutMs: 150,
    maxNetworkRetries,
  })
}

const refusing =
  (status: number, error: object): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' })
    response.end(JSON.stringify({ error }))
  }

async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => t.fail('should not succeed'),
    (error: unknown) => error,
  )
}

t.test('a refusal is rejected, with the reason', async t => {
  const cases = [
    [400, { type: 'invalid_request_error', code: 'amount_too_small', message: 'no' }, 'invalid-request'],
    [400, { type: 'idempotency_error', message: 'no' }, 'idempotency-conflict'],
    [401, { type: 'invalid_request_error', message: 'no' }, 'credentials'],
    [402, { type: 'card_error', code: 'card_declined', message: 'no' }, 'declined'],
    [403, { type: 'invalid_request_error', message: 'no' }, 'credentials'],
    [404, { type: 'invalid_request_error', code: 'resource_missing', message: 'no' }, 'not-found'],
    [429, { type: 'invalid_request_error', code: 'rate_limit', message: 'no' }, 'rate-limited'],
  ] as const
  for (const [status, error, reason] of cases) {
    const provider = await providerAgainst(t, refusing(status, error))
    const outcome = await outcomeOf(provider.createCheckout(checkoutInput()))
    t.ok(outcome instanceof ProviderRejected, `${status} ${error.type}`)
    t.match(outcome, { outcome: 'rejected', reason, requestId: 'req_test' })
    if ('code' in error) t.match(outcome, { providerCode: error.code })
  }
})

t.test('an error of the provider, or a key that is being worked on, is unknown', async t => {
  for (const status of [409, 500, 502, 503]) {
    const provider = await providerAgainst(t, refusing(status, { type: 'api_error', message: 'oops' }))
    const outcome = await outcomeOf(provider.createCheckout(checkoutInput()))
    t.ok(outcome instanceof ProviderUnknown, String(status))
  }
})

t.test('silence, a broken connection and an unreadable answer are unknown', async t => {
  const handlers: [string, Handler][] = [
    ['time-out', () => {}],
    ['stalls in the body', (_request, response) => void response.writeHead(200).write('{"id":')],
    ['broken', request => request.socket.destroy()],
    ['not JSON', (_request, response) => void response.writeHead(200).end('<html>')],
  ]
  for (const [name, handler] of handlers) {
    const provider = await providerAgainst(t, handler)
    t.ok((await outcomeOf(provider.createCheckout(checkoutInput()))) instanceof ProviderUnknown, name)
  }
  const nobody = createStripeProvider({
    secretKey: 'sk_test_outcomes',
    webhookSecret: 'whsec_outcomes',
    host: '127.0.0.1',
    port: 1,
    protocol: 'http',
    maxNetworkRetries: 0,
  })
  t.ok(
    (await outcomeOf(nobody.listTransactions({ createdFrom: new Date() }))) instanceof ProviderUnknown,
    'refused',
  )
})

t.test('a retry within the call has the same idempotency key and body', async t => {
  const seen: { key: unknown; body: string }[] = []
  const provider = await providerAgainst(
    t,
    (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        seen.push({ key: request.headers['idempotency-key'], body: Buffer.concat(chunks).toString() })
        refusing(seen.length === 1 ? 500 : 400, { type: 'invalid_request_error', message: 'no' })(
          request,
          response,
        )
      })
    },
    1,
  )
  t.ok((await outcomeOf(provider.createCheckout(checkoutInput()))) instanceof ProviderRejected)
  t.equal(seen.length, 2)
  t.equal(seen[0]?.key, 'key-of-this-donation')
  t.strictSame(seen[0], seen[1])
})
