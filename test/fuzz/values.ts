// Values that a schema allows, as arbitraries: what the document says of a field is all that is needed to fill it in.

import fc, { type Arbitrary } from 'fast-check'
import type { Schema } from './document.ts'
import { mayBeKnown } from './hints.ts'
import { Slot } from './known.ts'

/** `name`: of the field or parameter; values that are known by that name are used as well. */
export function validOf(schema: Schema, name = ''): Arbitrary<unknown> {
  const made = madeFrom(schema, name)
  if (!mayBeKnown(name) || schema.enum) return made
  return fc.tuple(fc.nat(), made).map(([choice, otherwise]) => new Slot(name, choice, otherwise))
}

function madeFrom(schema: Schema, name: string): Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(each => validOf(each, name)))
  if (schema.allOf) return validOf(Object.assign({}, ...schema.allOf), name)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const types = [schema.type ?? 'object'].flat()
  return types.length > 1
    ? fc.oneof(...types.map(type => validOf({ ...schema, type }, name)))
    : ofType(types[0] ?? 'null', schema, name)
}

function ofType(type: string, schema: Schema, name: string): Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return textOf(schema)
    case 'integer':
      return wholeNumber(schema)
    case 'number':
      return fc.double({
        min: schema.minimum ?? -1e9,
        max: schema.maximum ?? 1e9,
        noNaN: true,
        noDefaultInfinity: true,
      })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(validOf(schema.items ?? {}, name.replace(/s$/, '')), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4),
      })
    case 'object':
      return objectOf(schema)
    default:
      return fc.constant(null)
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, each]) => [name, validOf(each, name)]),
  )
  const record = fc.record(fields, {
    requiredKeys: Object.keys(fields).filter(each => required.includes(each)),
  })
  if (typeof additionalProperties !== 'object') return record
  const others = fc.dictionary(fc.string({ maxLength: 8 }), validOf(additionalProperties), { maxKeys: 3 })
  return fc.tuple(record, others).map(([some, more]) => ({ ...more, ...some }))
}

export function boundsOf(schema: Schema): { min: number; max: number } {
  const min = Math.ceil(schema.minimum ?? (schema.exclusiveMinimum ?? -1001) + 1)
  const max = Math.floor(schema.maximum ?? (schema.exclusiveMaximum ?? Math.max(min, 0) + 100_001) - 1)
  const safe = (value: number) => Math.max(Math.min(value, Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER)
  return { min: safe(min), max: safe(max) }
}

function wholeNumber(schema: Schema): Arbitrary<number> {
  const { min, max } = boundsOf(schema)
  const any = fc.maxSafeInteger().map(value => min + (Math.abs(value) % (max - min + 1)))
  return fc.oneof({ weight: 6, arbitrary: any }, fc.constantFrom(min, max))
}

const instants = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const byFormat: Readonly<Record<string, Arbitrary<string>>> = {
  uuid: fc.uuid({ version: [4, 7] }),
  date: instants.map(at => at.toISOString().slice(0, 10)),
  'date-time': instants.map(at => at.toISOString()),
  uri: fc.webUrl(),
  email: fc.emailAddress(),
}

const LONGEST = 40

/** Seldom as long as is allowed, and for a pattern now and then the strangest that it lets through. */
function textOf({ format = '', pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema) {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength
  const text = (unit: 'grapheme' | 'grapheme-ascii', max: number) =>
    fc.string({ unit, minLength, maxLength: Math.max(minLength, Math.min(max, maxLength)) })
  if (pattern === undefined) {
    const usual = byFormat[format] ?? fc.oneof(text('grapheme-ascii', LONGEST), text('grapheme', LONGEST))
    return maxLength > 100_000
      ? usual.filter(fits)
      : fc.oneof({ weight: 9, arbitrary: usual }, text('grapheme-ascii', 5000)).filter(fits)
  }
  const expression = new RegExp(pattern, 'u')
  const written =
    byMatching(expression) ?? fc.oneof(text('grapheme-ascii', LONGEST), text('grapheme', maxLength))
  const formed = byFormat[format]
  return (formed ? fc.oneof({ weight: 4, arbitrary: formed }, written) : written).filter(
    value => fits(value) && expression.test(value),
  )
}

const matching = new Map<string, Arbitrary<string> | undefined>()

/** Undefined for what fast-check cannot write, such as properties of Unicode. Made once: it takes its time. */
function byMatching(expression: RegExp): Arbitrary<string> | undefined {
  if (!matching.has(expression.source)) matching.set(expression.source, newMatching(expression))
  return matching.get(expression.source)
}

function newMatching(expression: RegExp): Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(expression)
  } catch {
    return undefined
  }
}
