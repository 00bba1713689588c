/**
 * The HTTP service: every plugin registered by hand, in order. It only wires; what happens stands in the slices.
 */

import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { registerApi } from './api/index.ts'
import { API_VERSION } from './api/openapi.ts'
import { networkAround, placeOf, registerGuard } from './auth/index.ts'
import type { Deps } from './deps.ts'
import type { Locale } from './money/index.ts'
import { registerHealth } from './platform/http/health.ts'
import { logRefusal } from './platform/http/log-refusal.ts'
import { type Problem, retryAfter, toProblem } from './platform/http/problem.ts'
import { securityHeaders } from './platform/http/security-headers.ts'
import { BODY_LIMIT_BYTES, timeAndSize } from './platform/http/time-and-size.ts'
import { limitByOrigin, limitByWho } from './platform/rate-limits/index.ts'
import { fastifyTrust, type TrustProxy } from './platform/trust-proxy.ts'
import { poolScopes } from './pool-scopes.ts'
import { DomainError } from './refusals.ts'
import { problemPage } from './web/problem-page.ts'
import { registerPages } from './web/routes.ts'
import { leadOn } from './web/sign-in/lead-on.ts'

export type App = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

export interface AppOptions {
  readonly logger: FastifyBaseLogger
  readonly trustProxy: TrustProxy
  readonly signIn: 'on' | 'off'
  /** What a request wants done soon in the background; a job that is asked for twice runs once. */
  readonly requestJob: (name: string) => Promise<void>
  /** Lets the simulated world catch up with the demonstration clock; undefined where nothing is simulated. */
  readonly liveOn: (() => Promise<void>) | undefined
}

export async function buildApp(deps: Deps, options: AppOptions): Promise<App> {
  const answerWithProblem = problemAnswerer(options)
  const secure = securityHeaders(deps.mode, deps.publicUrl)
  const ownHeaders = (request: FastifyRequest, reply: FastifyReply) => {
    secure(request, reply)
    if (request.url.startsWith('/v1')) reply.header('api-version', API_VERSION)
  }
  const app: App = Fastify({
    loggerInstance: options.logger,
    trustProxy: fastifyTrust(options.trustProxy),
    ...timeAndSize,
    genReqId: () => randomUUID(),
    // What is refused before there is a route passes no hook.
    frameworkErrors: (error, request, reply) => {
      ownHeaders(request, reply)
      answerWithProblem(error, request, reply)
    },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerWithProblem)
  app.setNotFoundHandler((request, reply) => answerWithProblem(new DomainError('not-found'), request, reply))
  app.addHook('onSend', async (request, reply, payload) => {
    ownHeaders(request, reply)
    return payload
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES })
  limitByOrigin(app, deps.limits, request => {
    request.place = placeOf(request.ip, deps.vault)
    return [request.place, networkAround(request.ip, deps.vault)]
  })
  // What is not there is not there, whatever is sent along: its body is not read first, nor its kind judged.
  app.addHook('onRequest', async request => {
    if (request.is404) throw new DomainError('not-found')
  })
  registerGuard(app, deps, poolScopes(deps))
  limitByWho(app, deps.limits, ({ key, session, routeOptions }) => {
    if (key) return ['key', key.id]
    if (!session) return null
    // Each session by itself where guesses are, and while it shows no second factor of a person who has one: whoever has only
    // the mailbox must not use up what the person has.
    const { id, person, secondFactorAt } = session
    const byMailAlone = person.secondFactor && secondFactorAt === null
    const byItself = routeOptions.config.limit === 'sign-in' || byMailAlone
    return ['person', byItself ? id : person.id]
  })
  registerHealth(app, deps)
  await registerApi(app, deps, options)
  await registerPages(app, deps, options)
  return app
}

function logProblem(error: unknown, request: FastifyRequest, { type, status }: Problem): void {
  if (status === 500) request.log.error({ err: error }, 'request failed')
  else if (status === 503 && !(error instanceof DomainError)) request.log.error({ err: error }, 'unavailable')
  else if (!logRefusal(request, type)) request.log.info({ problem: type, status }, 'request refused')
}

/**
 * A person gets a page, a program gets a problem document; both are told the same. Whoever has to sign in first is led
 * there.
 */
const problemAnswerer =
  ({ signIn }: AppOptions) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const locale = localeOf(request)
    const problem = toProblem(error, locale, request.id)
    logProblem(error, request, problem)
    const wantsPage = !request.url.startsWith('/v1') && (request.headers.accept ?? '').includes('text/html')
    const place = wantsPage && signIn === 'on' ? leadOn(request, locale, problem.type) : null
    if (place) return reply.redirect(place, 303)
    reply.code(problem.status).header('content-language', locale).headers(retryAfter(error))
    if (wantsPage)
      return reply
        .type('text/html; charset=utf-8')
        .send(problemPage(request, locale, problem, signIn === 'on'))
    return reply.type('application/problem+json').serializer(JSON.stringify).send(problem)
  }

/** Pages by their address. The API in Dutch where that is asked first, else in English, as its description is. */
function localeOf(request: FastifyRequest): Locale {
  if (/^\/en(\/|$|\?)/.test(request.url)) return 'en'
  if (!request.url.startsWith('/v1')) return 'nl'
  return /^\s*nl\b/i.test(request.headers['accept-language'] ?? '') ? 'nl' : 'en'
}
