// Values that a schema all but allows: one bound is crossed, one field is missing, unknown, null or of another type. The
// rest is right, so that a request gets as far as the check that must stop it.

import fc, { type Arbitrary } from 'fast-check'
import type { Schema } from './document.ts'
import { Slot } from './known.ts'
import { boundsOf, validOf } from './values.ts'

type Fields = Readonly<Record<string, unknown>>

export function nearOf(schema: Schema, name = ''): Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(each => nearOf(each, name)))
  const [type] = [schema.type ?? 'object'].flat()
  if (type === 'object') return nearObject(schema)
  if (type === 'array')
    return fc.oneof(ofOtherType, fc.array(nearOf(schema.items ?? {}, name), { maxLength: 3 }))
  if (type === 'integer' || type === 'number') return fc.oneof(ofOtherType, nearNumber(schema))
  if (type === 'string' && !schema.enum) return fc.oneof(ofOtherType, nearText(schema, name))
  return fc.oneof(ofOtherType, fc.constantFrom('', 'nowhere', String(schema.enum?.[0]).toUpperCase()))
}

const ofOtherType: Arbitrary<unknown> = fc.constantFrom(
  ...[null, true, 0, -1, 12.5, '', 'text', '12', [], [null], {}, { a: 1 }, [[[]]]],
)

function nearNumber(schema: Schema): Arbitrary<unknown> {
  const { min, max } = boundsOf(schema)
  return fc.constantFrom(
    ...[
      min - 1,
      max + 1,
      min + 0.5,
      String(min),
      `${min} `,
      -0,
      -min,
      1e21,
      2 ** 53,
      `0x${min.toString(16)}`,
      '',
    ],
  )
}

/** What is done to a text that was right, so that it is no longer quite so. */
const changes: readonly ((text: string) => unknown)[] = [
  text => text.slice(1),
  text => `${text}x`,
  text => ` ${text} `,
  text => text.toUpperCase(),
  text => text.replace(/\d/, digit => String((Number(digit) + 1) % 10)),
  text => text.replace(/[-:]/, ''),
  text => `${text}\n`,
  text => [text],
  text => ({ value: text }),
]

function nearText(schema: Schema, name: string): Arbitrary<unknown> {
  const { minLength = 0, maxLength = 300 } = schema
  const lengths = [Math.max(0, minLength - 1), Math.min(maxLength + 1, 100_000)]
  const changed = fc
    .tuple(fc.nat(), validOf(schema, name), fc.constantFrom(...changes))
    .map(([choice, otherwise, change]) => new Slot(name, choice, otherwise, change))
  return fc.oneof(
    { weight: 3, arbitrary: changed },
    fc.constantFrom(...lengths.map(each => 'a'.repeat(each))),
  )
}

function nearObject(schema: Schema): Arbitrary<unknown> {
  const valid = validOf(schema) as Arbitrary<Fields>
  const fields = Object.entries(schema.properties ?? {})
  const unknown = fc
    .tuple(
      valid,
      fc.constantFrom('unknown', 'id', 'Amount', 'organisationId', 'constructor', 'state'),
      ofOtherType,
    )
    .map(([value, name, more]) => ({ ...value, [name]: more }))
  const broken = fields.map(([name, each]) =>
    fc.tuple(valid, nearOf(each, name)).map(([value, wrong]) => ({ ...value, [name]: wrong })),
  )
  const missing = fields.map(([name]) => valid.map(({ [name]: _, ...rest }) => rest))
  return fc.oneof({ weight: 2, arbitrary: unknown }, ...broken, ...missing)
}
