/**
 * The simulated Stripe as an HTTP service: the part of its API that we call, at the level of the protocol, so that
 * demonstration mode and tests run the real client code. It listens wherever the caller likes, or nowhere: see fetchInto.
 */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { DB } from '../../database.ts'
import { notFound, SimulatedApiError } from './api-error.ts'
import { readBalance } from './balance.ts'
import { createSession } from './create-session.ts'
import { readDispute } from './disputes.ts'
import { type Form, parseForm } from './form.ts'
import { newId } from './ids.ts'
import { listTransactions, readTransaction } from './list-transactions.ts'
import { cancelSubscription, createPortalSession, updateSubscription } from './monthly/change.ts'
import { readMandate } from './monthly/mandates.ts'
import { listEvents, listInvoicePayments, listSubscriptions, readSubscription } from './monthly/read.ts'
import { balanceObject } from './objects/balance.ts'
import { chargeObject } from './objects/charge.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import type { OnceAnswer, OnceInput } from './once.ts'
import { createProduct } from './products.ts'
import { limitReads, READS_PER_SECOND } from './read-limit.ts'
import { API_VERSION } from './record-events.ts'
import { createRefund, listRefunds } from './refunds.ts'

export interface SimulatedStripeOptions {
  db: Kysely<DB>
  now: () => Date
  /** Where donors reach the service: the payment page is at `/simulated-payment/<session id>` below it. */
  publicBaseUrl: string | (() => string)
  /** When given, the only key that is let in. */
  secretKey?: string
  /** As many as Stripe allows when left out; Infinity where time is not real, or where this is what is measured. */
  readsPerSecond?: number
}

interface ById {
  Params: { id: string }
  Querystring: Form
}

export function buildSimulatedStripe(options: SimulatedStripeOptions): FastifyInstance {
  const { db, now } = options
  const baseUrl = () =>
    typeof options.publicBaseUrl === 'string' ? options.publicBaseUrl : options.publicBaseUrl()
  const app = Fastify({ routerOptions: { querystringParser: parseForm } })

  // Kept as text: idempotency compares what was sent, not what we understood of it.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'request-id': newId('req'), 'stripe-version': API_VERSION })
    refuseStrangers(request, options.secretKey)
  })
  app.addHook('onRequest', limitReads(options.readsPerSecond ?? READS_PER_SECOND))
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(request => {
    throw new SimulatedApiError(`${request.method} ${request.url} is not simulated.`, { status: 404 })
  })

  const creates =
    (make: (input: OnceInput) => Promise<OnceAnswer>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const key = request.headers['idempotency-key']
      const idempotencyKey = Array.isArray(key) ? key[0] : key
      const body = typeof request.body === 'string' ? request.body : ''
      const made = await make({ body, idempotencyKey, now: now() })
      if (idempotencyKey !== undefined) reply.header('idempotency-key', idempotencyKey)
      if (made.replayed) reply.header('idempotent-replayed', 'true')
      return reply.type('application/json').send(made.response)
    }
  app.post(
    '/v1/checkout/sessions',
    creates(input => createSession(db, { ...input, publicBaseUrl: baseUrl() })),
  )
  app.post(
    '/v1/products',
    creates(input => createProduct(db, input)),
  )
  app.post(
    '/v1/billing_portal/sessions',
    creates(input => createPortalSession(db, { ...input, publicBaseUrl: baseUrl() })),
  )
  app.post<ById>('/v1/subscriptions/:id', (request, reply) =>
    creates(input => updateSubscription(db, request.params.id, input))(request, reply),
  )
  app.delete<ById>('/v1/subscriptions/:id', request =>
    cancelSubscription(db, request.params.id, now(), request.query),
  )
  app.get<ById>('/v1/subscriptions/:id', request => readSubscription(db, request.params.id, request.query))
  app.get<{ Querystring: Form }>('/v1/subscriptions', request => listSubscriptions(db, request.query))
  app.get<{ Querystring: Form }>('/v1/invoice_payments', request => listInvoicePayments(db, request.query))
  app.get<{ Querystring: Form }>('/v1/events', request => listEvents(db, request.query, now()))
  app.get<ById>('/v1/mandates/:id', request => readMandate(db, request.params.id))
  app.post(
    '/v1/refunds',
    creates(input => createRefund(db, input)),
  )

  app.get<ById>('/v1/checkout/sessions/:id', async request => {
    const { id } = request.params
    const row = await db
      .selectFrom('simulation.checkout_sessions')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined) throw notFound('checkout session', id)
    return checkoutSessionObject(row, baseUrl())
  })

  app.get<{ Querystring: Form }>('/v1/balance_transactions', request => listTransactions(db, request.query))
  app.get<ById>('/v1/balance_transactions/:id', request =>
    readTransaction(db, request.params.id, request.query),
  )
  app.get<{ Querystring: Form }>('/v1/refunds', request => listRefunds(db, request.query))
  app.get<ById>('/v1/disputes/:id', request => readDispute(db, request.params.id))
  app.get<ById>('/v1/charges/:id', async request => {
    const { id } = request.params
    const row = await db.selectFrom('simulation.charges').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw notFound('charge', id)
    return chargeObject(row)
  })
  app.get('/v1/balance', async () => balanceObject(await readBalance(db)))
  return app
}

function refuseStrangers(request: FastifyRequest, secretKey: string | undefined): void {
  const key = /^Bearer (sk_test_\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (key === undefined || (secretKey !== undefined && key !== secretKey)) {
    throw new SimulatedApiError('The API key is missing or wrong.', { status: 401 })
  }
  const version = request.headers['stripe-version']
  if (version !== undefined && version !== API_VERSION) {
    throw new SimulatedApiError(`Only API version ${API_VERSION} is simulated.`, { param: 'Stripe-Version' })
  }
}

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
  const refusal = error instanceof SimulatedApiError ? error : unexpected(error)
  return reply.status(refusal.status).send(refusal.toBody())
}

/** A request that Fastify itself refuses keeps its status; the rest is a mistake of the simulation. */
function unexpected(error: unknown): SimulatedApiError {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  const message = error instanceof Error ? error.message : 'unexpected error'
  return new SimulatedApiError(message, {
    status,
    type: status < 500 ? 'invalid_request_error' : 'api_error',
  })
}
