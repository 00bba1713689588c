// The plan of a request to an operation: valid, nearly valid or hostile, made from its description and nothing else.

import fc, { type Arbitrary } from 'fast-check'
import type { Operation, Parameter } from './document.ts'
import { hostileOf, hostileText } from './hostile.ts'
import { type RawBody, rawBody } from './hostile-bodies.ts'
import { hostileXml, nearXml, statement, XML } from './hostile-xml.ts'
import { nearOf } from './near.ts'
import { oddHeaders, oddQuery, usualHeaders } from './odd.ts'
import { validOf } from './values.ts'

export const kinds = ['valid', 'nearly valid', 'hostile'] as const
export type Kind = (typeof kinds)[number]

/** What is asked, with slots where only the answers before it can tell. */
export interface Plan {
  readonly operation: Operation
  readonly kind: Kind
  readonly parameters: readonly { readonly of: Parameter; readonly value: unknown }[]
  readonly extraQuery: string
  readonly extraHeaders: Readonly<Record<string, string>>
  readonly body: { readonly value: unknown } | RawBody | undefined
}

/**
 * Now and then what may be left out is left out altogether: with every filter that there is, a search finds nothing.
 * Of one that is not valid, one part is wrong and the rest is right: a parameter, or as often as two of them the body.
 */
export function planOf(operation: Operation, kind: Kind): Arbitrary<Plan> {
  const { parameters, method } = operation
  const parts = parameters.length + (operation.body || method !== 'GET' ? 2 : 0)
  return fc
    .record({
      wrong: fc.nat(Math.max(parts - 1, 0)),
      valid: fc.tuple(...parameters.map(each => parameterOf(each, 'valid'))),
      other: fc.tuple(...parameters.map(each => parameterOf(each, kind))),
      bare: fc.nat(3).map(choice => choice === 0),
      body: bodyOf(operation, kind),
      validBody: bodyOf(operation, 'valid'),
      extraQuery: kind === 'valid' ? fc.constant('') : oddQuery(operation),
      extraHeaders: kind === 'hostile' ? oddHeaders : usualHeaders,
    })
    .map(({ wrong, valid, other, bare, body, validBody, extraQuery, extraHeaders }) => ({
      ...{ operation, kind, extraQuery, extraHeaders },
      body: wrong >= parameters.length ? body : validBody,
      parameters: parameters.map((of, index) => ({
        of,
        value: index === wrong ? other[index] : bare && !of.required ? undefined : valid[index],
      })),
    }))
}

function parameterOf({ name, schema, required }: Parameter, kind: Kind): Arbitrary<unknown> {
  const leftOut = (value: Arbitrary<unknown>, freq: number) => fc.option(value, { freq, nil: undefined })
  if (kind === 'hostile') return leftOut(hostileText, 9)
  if (kind === 'nearly valid') return leftOut(nearOf(schema, name), 4)
  return required ? validOf(schema, name) : leftOut(validOf(schema, name), 2)
}

function bodyOf({ body, method }: Operation, kind: Kind): Arbitrary<Plan['body']> {
  const value = (arbitrary: Arbitrary<unknown>) => arbitrary.map(each => ({ value: each }))
  const none = fc.constant(undefined)
  if (!body) return kind === 'hostile' && method !== 'GET' ? fc.oneof(none, rawBody()) : none
  const isXml = body.mediaType === XML
  if (kind === 'valid') return value(isXml ? statement : validOf(body.schema))
  if (kind === 'nearly valid') return value(isXml ? nearXml : nearOf(body.schema))
  const hostile = value(isXml ? hostileXml : hostileOf(body.schema))
  return fc.oneof({ weight: 2, arbitrary: hostile }, rawBody(body.mediaType))
}
