// Values that somebody sends who wants to see us fall: in one field of a body that is right otherwise, or in place of all of it.

import fc, { type Arbitrary } from 'fast-check'
import type { Schema } from './document.ts'
import { nested } from './hostile-bodies.ts'
import { hostileTexts } from './hostile-texts.ts'
import { validOf } from './values.ts'

export const hostileText = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

const hostileValue: Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  fc.constantFrom(1e308, -1e308, 2 ** 63, 2 ** 53, -0, 1e-320, -1, 0.1 + 0.2),
  fc.constantFrom<unknown>(
    Array.from({ length: 3000 }, () => 0),
    JSON.parse(nested(400, '[', ']')),
  ),
  fc.jsonValue({ maxDepth: 4 }),
  fc.object({ maxDepth: 2, key: hostileText, values: [fc.string(), fc.integer(), fc.constant(null)] }),
)

export function hostileOf(schema: Schema): Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {})
  if (names.length === 0) return hostileValue
  const valid = validOf(schema) as Arbitrary<Record<string, unknown>>
  const spoilt = fc
    .tuple(
      valid,
      fc.subarray(names, { minLength: 1 }),
      fc.array(hostileValue, { minLength: 1, maxLength: 3 }),
    )
    .map(([value, some, wrong]) => ({
      ...value,
      ...Object.fromEntries(some.map((name, index) => [name, wrong[index % wrong.length]])),
    }))
  return fc.oneof({ weight: 4, arbitrary: spoilt }, hostileValue)
}
