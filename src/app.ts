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
import { registerGuard } from './auth/index.ts'
import type { Deps } from './deps.ts'
import type { Locale } from './money/index.ts'
import { registerHealth } from './platform/http/health.ts'
import { toProblem } from './platform/http/problem.ts'
import { securityHeaders } from './platform/http/security-headers.ts'
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
  readonly trustProxy: boolean
  readonly signIn: 'on' | 'off'
  /** What a request wants done soon in the background; a job that is asked for twice runs once. */
  readonly requestJob: (name: string) => Promise<void>
  /** Lets the simulated world catch up with the demonstration clock; undefined where nothing is simulated. */
  readonly liveOn: (() => Promise<void>) | undefined
}

const BODY_LIMIT_BYTES = 256 * 1024
const REQUEST_TIMEOUT_MS = 30_000

export async function buildApp(deps: Deps, options: AppOptions): Promise<App> {
  const answerWithProblem = problemAnswerer(options)
  const secure = securityHeaders(deps.mode)
  const ownHeaders = (request: FastifyRequest, reply: FastifyReply) => {
    secure(request, reply)
    if (request.url.startsWith('/v1')) reply.header('api-version', API_VERSION)
  }
  const app: App = Fastify({
    loggerInstance: options.logger,
    trustProxy: options.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    // These come before any route and its hooks.
    frameworkErrors: (error, request, reply) => {
      ownHeaders(request, reply)
      answerWithProblem(error, request, reply)
    },
    routerOptions: { maxParamLength: 200 },
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
  registerGuard(app, deps, poolScopes(deps))
  registerHealth(app, deps)
  await registerApi(app, deps, options)
  await registerPages(app, deps, options)
  return app
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
    if (problem.status === 500) request.log.error({ err: error }, 'request failed')
    else request.log.info({ problem: problem.type, status: problem.status }, 'request refused')
    const wantsPage = !request.url.startsWith('/v1') && (request.headers.accept ?? '').includes('text/html')
    const place = wantsPage && signIn === 'on' ? leadOn(request, locale, problem.type) : null
    if (place) return reply.redirect(place, 303)
    reply.code(problem.status).header('content-language', locale)
    if (wantsPage)
      return reply
        .type('text/html; charset=utf-8')
        .send(problemPage(request, locale, problem, signIn === 'on'))
    return reply.type('application/problem+json').serializer(JSON.stringify).send(problem)
  }

/** `/en/…` is English; elsewhere the reader's own preference decides, and Dutch where there is none. */
function localeOf(request: FastifyRequest): Locale {
  if (/^\/en(\/|$|\?)/.test(request.url)) return 'en'
  if (!request.url.startsWith('/v1')) return 'nl'
  const [first = 'nl'] = (request.headers['accept-language'] ?? 'nl').split(',')
  return first.trim().toLowerCase().startsWith('nl') || first.trim() === '*' ? 'nl' : 'en'
}
