/** The OpenAPI 3.1 document, generated from the routes: what every answer has in common is added in one place. */
import swagger from '@fastify/swagger'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { App } from '../app.ts'
import { isKeyScope } from '../auth/index.ts'

export const API_VERSION = '0.1.0'
const zodToJsonConfig = { target: 'draft-2020-12' } as const

type Json = Record<string, unknown>

const transform = createJsonSchemaTransform({ zodToJsonConfig })
type Input = Parameters<typeof transform>[0]

/** What a key may do says so itself, out of the one table. */
function withKeys(input: Input): Input {
  const { permission } = input.route.config ?? {}
  const { security } = input.schema
  if (!security || !permission || !isKeyScope(permission)) return input
  return { ...input, schema: { ...input.schema, security: [...security, { key: [] }] } }
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem.',
  required: ['type', 'title', 'status', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Which refusal: `/problems/<code>`.' },
    title: { type: 'string', description: 'In the language of Accept-Language: nl or en.' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'Quote this when you ask us about it.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'reason'],
        properties: { field: { type: 'string' }, reason: { type: 'string' } },
      },
    },
    missing: {
      type: 'object',
      description: 'The amount that is missing.',
      required: ['amount', 'currency'],
      properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
    },
  },
}

const versionHeader = {
  'API-Version': { description: 'Full version of the API.', schema: { type: 'string' } },
}

const rateLimitHeaders = {
  'RateLimit-Policy': {
    description: 'How many requests (q) in how many seconds (w), by origin and by person or key.',
    schema: { type: 'string' },
  },
  RateLimit: {
    description: 'What is left (r) of each of these, and in how many seconds it begins anew (t).',
    schema: { type: 'string' },
  },
}

const problemResponse = {
  description: 'Refused, with the reason',
  headers: versionHeader,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** Of a limit that was reached, and of a service that cannot do it just now. */
const waitResponse = {
  ...problemResponse,
  description: 'Refused for now: ask again after as many seconds as `Retry-After` says',
  headers: {
    ...versionHeader,
    'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
  },
}

export async function registerOpenApi(api: App): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Meent',
        version: API_VERSION,
        description:
          'A crowdfunded basic income with a ledger that anybody can verify. Amounts are integers of minor units (cents).',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
        contact: { name: 'Meent', url: 'https://meent.example', email: 'hallo@meent.example' },
      },
      servers: [{ url: '/v1', description: 'This installation' }],
      tags: [
        { name: 'pools', description: 'Money for one purpose, and how many incomes it sustains' },
        { name: 'donations', description: 'Money in' },
        { name: 'ledger', description: 'Where every euro is' },
        { name: 'enrolments', description: 'Recipients and their terms' },
        { name: 'people', description: 'Colleagues and their roles' },
        { name: 'cycles', description: 'Money out' },
        {
          name: 'own gifts',
          description: 'What one gave oneself: gifts, annual overviews, letters and data',
        },
        { name: 'wishes', description: 'What people would do with a basic income' },
        { name: 'news', description: 'What is told of pools, and asking for it by e-mail' },
        { name: 'thanks', description: 'What recipients who want to say to the donors of their pool' },
        { name: 'campaigns', description: 'Public appeals that fill a pool' },
        { name: 'changes', description: 'What needs two people, and the payment freeze' },
        { name: 'bank', description: 'Statements against the ledger' },
        { name: 'trail', description: 'Who did what, when, from where and why' },
        { name: 'keys', description: 'Keys of programs' },
        { name: 'sessions', description: 'Signing in' },
        { name: 'demonstration', description: 'Only in demonstration mode' },
      ],
      components: {
        securitySchemes: {
          session: { type: 'http', scheme: 'bearer', description: 'The token of a session.' },
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'The key of a program, with the scope for this.',
          },
        },
      },
    },
    transform: input => transform(withKeys(input)),
    transformObject: document => {
      const base = createJsonSchemaTransformObject({ zodToJsonConfig })(document)
      return withCommonParts(base as unknown as Json) as never
    },
  })
  api.get(
    '/openapi.json',
    { schema: { hide: true }, config: { permission: 'public.read' } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=60').header('access-control-allow-origin', '*')
      return reply.serializer(JSON.stringify).type('application/json').send(api.swagger())
    },
  )
}

/** Paths without the server's prefix, the version header on every answer, and the problem that any may give. */
function withCommonParts(document: Json): Json {
  const paths = Object.fromEntries(
    Object.entries(document.paths as Record<string, Json>).map(([path, operations]) => [
      path.replace(/^\/v1/, ''),
      Object.fromEntries(
        Object.entries(operations).map(([method, each]) => [method, withAnswers(method, each as Json)]),
      ),
    ]),
  )
  const { schemas, ...components } = document.components as { schemas: Json }
  const named = { ...schemas, Problem: problemSchema }
  return onlyUsed(
    {
      ...document,
      paths,
      components: { ...components, responses: { Problem: problemResponse, Wait: waitResponse } },
    },
    named,
  )
}

/**
 * Each schema comes in two forms, as read and as written (`…Input`). Those that nothing points at are left out, and
 * where only the written form is used it gets the plain name.
 */
function onlyUsed(document: Json & { components: Json }, schemas: Json): Json {
  const used = new Set<string>()
  const follow = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      follow(schemas[name])
    }
  }
  follow(document)
  const plain = (name: string) => {
    const short = name.replace(/Input$/, '')
    return used.has(short) ? name : short
  }
  const kept = Object.fromEntries([...used].sort().map(name => [name, schemas[name]]))
  const text = JSON.stringify({ ...document, components: { ...document.components, schemas: kept } })
  return JSON.parse(
    text
      .replace(
        /"#\/components\/schemas\/(\w+)"/g,
        (_, name: string) => `"#/components/schemas/${plain(name)}"`,
      )
      .replace(/"(\w+Input)":/g, (whole, name: string) => (name in kept ? `"${plain(name)}":` : whole)),
  ) as Json
}

/**
 * Any operation may refuse; which ways depends on whether it reads something by id or name, needs rights, changes something.
 * What changes something is refused when another website asked it, and may have a body that is too large or of no type we read.
 */
function withAnswers(method: string, operation: Json): Json {
  const responses = Object.fromEntries(
    Object.entries(operation.responses as Record<string, Json>).map(([status, answer]) => [
      status,
      {
        ...answer,
        headers: { ...versionHeader, ...rateLimitHeaders, ...(answer.headers as Json | undefined) },
      },
    ]),
  )
  const changes = method !== 'get'
  const refusals = [
    '400',
    ...(operation.security ? ['401'] : []),
    ...(operation.security || changes ? ['403'] : []),
    ...(operation.parameters || operation.requestBody ? ['404'] : []),
    ...(method === 'post' ? ['409', '422'] : []),
    ...(changes ? ['413', '415'] : []),
    '500',
  ].map(status => [status, { $ref: '#/components/responses/Problem' }])
  const waits = ['429', '503'].map(status => [status, { $ref: '#/components/responses/Wait' }])
  return { ...operation, responses: { ...responses, ...Object.fromEntries([...refusals, ...waits]) } }
}
