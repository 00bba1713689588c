// What somebody sends who wants to see us fall: texts that are more than text, numbers that are none, bodies that are no JSON.

import fc, { type Arbitrary } from 'fast-check'
import type { Schema } from './document.ts'
import { validOf } from './values.ts'

export const hostileTexts: readonly string[] = [
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff',
    '\ufeff',
    '\uffff',
    '\u0007\u001b[31m',
    '\r\nSet-Cookie: a=b',
  ],
  ...['\u202egnp.exe', '\u2066\u2069', '\u200b\u200d', 'é'.normalize('NFD').repeat(40), 'Z̸͍͎', '𝕬'.repeat(30)],
  ...[
    "'; drop table ledger.entries; --",
    "' or ''='",
    '1 union all select null,null--',
    '$1',
    '\\',
    "\\'",
    '%',
    '_%',
  ],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '{{7*7}}',
    '#{7*7}',
  ],
  ...[
    '%s%n%x%d',
    '%00',
    '%c0%ae',
    '../../../../etc/passwd',
    '..\\..\\windows',
    '/dev/zero',
    'C:\\',
    '|id',
    '$(id)',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    'true',
    '[object]',
  ],
  ...[
    '-0',
    '1e400',
    '-1',
    '0x7f',
    '٣',
    '１２',
    '9'.repeat(400),
    '9223372036854775808',
    '2147483648',
    '1_000',
    '0.1',
  ],
  ...[
    '2027-02-30',
    '0000-00-00',
    '9999-12-31T23:59:60Z',
    '+275760-09-13T00:00:00.001Z',
    '2027-13',
    '0000-01',
  ],
  ...['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '9999-12-31', '9999-12', '0001-01-01'],
  ...[
    '',
    ' ',
    '\t',
    '\n',
    '*',
    '.',
    '..',
    '/',
    '?',
    '#',
    ';',
    ',',
    '&a=b',
    'a'.repeat(199),
    'a'.repeat(20_000),
  ],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '{}', '[]', '"', "'"],
]
const texts = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 60 }))

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)

const hostileValue: Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: texts },
  fc.constantFrom<unknown>(...[1e308, -1e308, 2 ** 63, 2 ** 53, -0, 1e-320, -1, 0.1 + 0.2]),
  fc.constantFrom<unknown>(...[Array.from({ length: 3000 }, () => 0), JSON.parse(nested(400, '[', ']'))]),
  fc.jsonValue({ maxDepth: 4 }),
  fc.object({ maxDepth: 2, key: texts, values: [fc.string(), fc.integer(), fc.constant(null)] }),
)

/** A parameter as text. */
export const hostileText: Arbitrary<unknown> = texts

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

const json = 'application/json'
const deep = [
  nested(20_000, '[', ']'),
  nested(20_000, '{"a":', '}').replace(':}', ':1}'),
  '['.repeat(100_000),
]
const notJson = [
  ...[
    '',
    ' ',
    '{',
    '{"amount":',
    '{"amount":1,}',
    "{'a':1}",
    '{"a":NaN}',
    '{"amount":0x10}',
    '\u0000',
    'null',
    '"',
    '0',
  ],
  ...['{"__proto__":{"roles":["administrator"]}}', '{"constructor":{"prototype":{"a":1}}}', '{"a":1}{"a":2}'],
  ...[
    '{"amount":100,"amount":200}',
    '{"amount":1e400,"currency":"EUR"}',
    '{"amount":-0}',
    `{"amount":${'9'.repeat(5000)}}`,
  ],
  ...[
    '{"a":"\\ud800"}',
    '{"a":"\\u0000"}',
    '\ufeff{}',
    '[]',
    'true',
    '{"a":"\\x"}',
    `{"a":"${'x'.repeat(300_000)}"}`,
  ],
]
const bytes = [
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  Buffer.from('{"a":"\u00e9"}', 'latin1'),
  Buffer.alloc(64),
]
const utf16 = Buffer.from('{"amount":2500}', 'utf16le')

export interface RawBody {
  readonly mediaType: string | undefined
  readonly payload: string | Buffer
}

/** Bodies that no client would write; of a wrong type too, whatever the operation reads. */
export const rawBody: Arbitrary<RawBody> = fc.oneof(
  fc.constantFrom(...[...notJson, ...deep, ...bytes, utf16]).map(payload => ({ mediaType: json, payload })),
  fc.json({ maxDepth: 3 }).map(payload => ({ mediaType: json, payload: payload.slice(0, -1) })),
  fc
    .tuple(
      fc.constantFrom(
        ...[
          'text/plain',
          'application/xml',
          'text/xml',
          'application/x-www-form-urlencoded',
          'multipart/form-data',
        ],
        ...[
          'multipart/form-data; boundary=x',
          'application/json; charset=utf-16',
          'application/json;;',
          'json',
          '*/*',
        ],
        ...[
          'application/merge-patch+json',
          'application/problem+json',
          '',
          'a/b; c="',
          'application/json, text/html',
        ],
      ),
      fc.constantFrom<string>(
        '{}',
        '{"amount":2500,"currency":"EUR"}',
        'amount=2500&currency=EUR',
        'a[b][c]=1',
        '<a/>',
        '',
      ),
    )
    .map(([mediaType, payload]) => ({ mediaType, payload })),
  fc.constant({ mediaType: undefined, payload: '{}' }),
)
