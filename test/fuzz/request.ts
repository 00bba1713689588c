// A request to an operation: valid, nearly valid or hostile, made from the operation's description and nothing else.

import fc, { type Arbitrary } from 'fast-check'
import type { Operation, Parameter } from './document.ts'
import { hostileOf, hostileText, type RawBody, rawBody } from './hostile.ts'
import { hostileXml, nearXml, statement, XML } from './hostile-xml.ts'
import type { Known } from './known.ts'
import { nearOf } from './near.ts'
import { validOf } from './values.ts'

export const kinds = ['valid', 'nearly valid', 'hostile'] as const
export type Kind = (typeof kinds)[number]

/** What is asked, with slots where only the answers before it can tell. */
export interface Plan {
  readonly operation: Operation
  readonly kind: Kind
  readonly parameters: readonly { readonly of: Parameter; readonly value: unknown }[]
  /** As they stand in the address and before the body. */
  readonly extraQuery: string
  readonly extraHeaders: Readonly<Record<string, string>>
  readonly body: { readonly value: unknown } | RawBody | undefined
}

export interface Request {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | Buffer | undefined
}

export function planOf(operation: Operation, kind: Kind): Arbitrary<Plan> {
  const { parameters } = operation
  return fc
    .record({
      // Of one that is nearly right, one part is wrong; which one is decided here. The body counts as the last.
      wrong: fc.nat(),
      valid: fc.tuple(...parameters.map(parameterOf('valid'))),
      other: fc.tuple(...parameters.map(parameterOf(kind))),
      body: bodyOf(operation, kind),
      validBody: bodyOf(operation, 'valid'),
      extraQuery:
        kind === 'valid' ? fc.constant('') : fc.oneof({ weight: 4, arbitrary: fc.constant('') }, oddQuery),
      extraHeaders: kind === 'hostile' ? oddHeaders : usualHeaders,
    })
    .map(({ wrong, valid, other, body, validBody, extraQuery, extraHeaders }) => {
      const parts = parameters.length + (operation.body ? 2 : 0)
      const place = wrong % Math.max(parts, 1)
      return {
        ...{ operation, kind, extraQuery, extraHeaders },
        body: place >= parameters.length ? body : validBody,
        parameters: parameters.map((of, index) => ({ of, value: (index === place ? other : valid)[index] })),
      }
    })
}

const parameterOf =
  (kind: Kind) =>
  (of: Parameter): Arbitrary<unknown> => {
    const value =
      kind === 'valid'
        ? validOf(of.schema, of.name)
        : kind === 'hostile'
          ? hostileText
          : nearOf(of.schema, of.name)
    return of.required && kind === 'valid'
      ? value
      : fc.option(value, { freq: kind === 'hostile' ? 9 : 2, nil: undefined })
  }

function bodyOf({ body, method }: Operation, kind: Kind): Arbitrary<Plan['body']> {
  const value = (arbitrary: Arbitrary<unknown>) => arbitrary.map(each => ({ value: each }))
  const isXml = body?.mediaType === XML
  const none = fc.constant(undefined)
  if (kind === 'hostile') {
    if (!body) return method === 'GET' ? none : fc.oneof(none, rawBody)
    return fc.oneof({ weight: 2, arbitrary: value(isXml ? hostileXml : hostileOf(body.schema)) }, rawBody)
  }
  if (!body) return none
  if (kind === 'valid') return value(isXml ? statement : validOf(body.schema))
  return value(isXml ? nearXml : nearOf(body.schema))
}

const oddQuery = fc.constantFrom(
  ...[
    'unknown=1',
    'limit=1&limit=2',
    'limit[]=1',
    'limit[a]=1',
    '%',
    '%zz=1',
    '%ff=%fe',
    '__proto__=1',
    '=',
    '&&&',
    'a',
  ],
  ...[
    'poolId=',
    'limit=1e2',
    'limit=%00',
    `q=${'x'.repeat(5000)}`,
    'currency=EUR&currency=SEK',
    'a=1#b',
    'a;b=1',
  ],
)

const languages = [
  'nl',
  'en',
  'en-GB,en;q=0.9',
  '*',
  'de',
  'x'.repeat(3000),
  ',',
  'nl;q=0',
  ';;;q=',
  '\u00ff',
  'NL',
  'tlh-Latn',
]
const usualHeaders = fc
  .constantFrom('nl', 'en', 'en-GB,en;q=0.9')
  .map(language => ({ 'accept-language': language }))
const odd: Arbitrary<Record<string, string>> = fc.constantFrom<Record<string, string>>(
  ...[
    { accept: 'text/html' },
    { accept: '\u0000' },
    { 'content-encoding': 'gzip' },
    { 'content-length': '7' },
  ],
  ...[
    { expect: '100-continue' },
    { 'x-forwarded-for': "'; --" },
    { host: 'elsewhere.example' },
    { host: '' },
    { range: 'bytes=0-1' },
  ],
  ...[
    { cookie: 'meent_session=\u00ff; __proto__=1; =;;' },
    { cookie: `a=${'x'.repeat(9000)}` },
    { 'x-request-id': 'a\r\nb: c' },
  ],
  ...[
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'accept-version': '9.x' },
  ],
  ...[
    { 'x-http-method-override': 'DELETE' },
    { 'if-none-match': '*' },
    { 'transfer-encoding': 'chunked' },
    { 'content-type': '\u0000' },
  ],
  ...[
    { 'idempotency-key': 'a\r\nset-cookie: a=b' },
    { 'idempotency-key': '\u00e9'.repeat(9) },
    { 'idempotency-key': 'x'.repeat(9000) },
  ],
)
const oddHeaders = fc
  .tuple(fc.constantFrom(...languages), fc.option(odd, { nil: {} }))
  .map(([language, more]) => ({ 'accept-language': language, ...more }))

/** The request itself, with what is known now. */
export function requestOf(
  { operation, parameters, extraQuery, extraHeaders, body }: Plan,
  known: Known,
): Request {
  let path = operation.path
  const query: string[] = []
  const headers: Record<string, string> = {}
  for (const { of, value: planned } of parameters) {
    const value = known.fill(planned)
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
    const encoded = encodeURIComponent(text.toWellFormed())
    if (of.in === 'path') path = path.replace(`{${of.name}}`, () => encoded)
    else if (value === undefined) continue
    else if (of.in === 'query') query.push(`${encodeURIComponent(of.name)}=${encoded}`)
    else headers[of.name] = text
  }
  if (extraQuery) query.push(extraQuery)
  return {
    method: operation.method,
    url: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: { ...headers, ...typeOf(operation, body), ...extraHeaders },
    payload: payloadOf(operation, body, known),
  }
}

function typeOf({ body: described }: Operation, body: Plan['body']): Record<string, string> {
  if (!body) return {}
  const type = 'value' in body ? (described?.mediaType ?? 'application/json') : body.mediaType
  return type === undefined ? {} : { 'content-type': type }
}

function payloadOf({ body: described }: Operation, body: Plan['body'], known: Known) {
  if (!body) return undefined
  if (!('value' in body)) return body.payload
  const value = known.fill(body.value)
  return described?.mediaType === XML ? String(value) : JSON.stringify(value)
}
