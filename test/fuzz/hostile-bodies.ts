// Bodies that no client would write: JSON cut off, too deep, twice, in other bytes; and types that the operation does not read.

import fc, { type Arbitrary } from 'fast-check'
import { linesOf } from './lines.ts'

export interface RawBody {
  readonly mediaType: string | undefined
  readonly payload: string | Buffer
}

const json = 'application/json'

export const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)

const notQuiteJson = linesOf(String.raw`
{
{"amount":
{"amount":1,}
{'a':1}
{"a":NaN}
{"a":"\x"}
{"a":"\ud800"}
{"a":"\u0000"}
{"amount":0x10}
{"amount":-0}
{"amount":1e400,"currency":"EUR"}
{"amount":100,"amount":200}
{"a":1}{"a":2}
{"__proto__":{"roles":["administrator"]}}
{"constructor":{"prototype":{"a":1}}}
null
true
0
"
[]
`)
const large: readonly string[] = [
  `{"amount":${'9'.repeat(5000)}}`,
  `{"a":"${'x'.repeat(300_000)}"}`,
  nested(20_000, '[', ']'),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  '['.repeat(100_000),
]
const bytes: readonly Buffer[] = [
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  Buffer.from('{"a":"\u00e9"}', 'latin1'),
  Buffer.from('{"amount":2500}', 'utf16le'),
  Buffer.from('<a>\u00e9</a>', 'latin1'),
  Buffer.from('\ufeff<a/>', 'utf16le'),
  Buffer.alloc(64),
]
const types = linesOf(`
*/*
a/b; c="
application/json;;
application/json; charset=utf-16
application/json, text/html
application/merge-patch+json
application/problem+json
application/x-www-form-urlencoded
application/xml
json
multipart/form-data
multipart/form-data; boundary=x
text/plain
text/xml
`)
const some = ['{}', '{"amount":2500,"currency":"EUR"}', 'amount=2500&currency=EUR', 'a[b][c]=1', '<a/>', '']

/** `read`: the type that the operation reads. */
export const rawBody = (read = json): Arbitrary<RawBody> =>
  fc.oneof(
    fc.constantFrom('', ' ', '\u0000', '\ufeff{}', ...notQuiteJson, ...large, ...bytes).map(payload => ({
      mediaType: read,
      payload,
    })),
    fc.json({ maxDepth: 3 }).map(payload => ({ mediaType: read, payload: payload.slice(0, -1) })),
    fc
      .record({
        mediaType: fc.constantFrom('', ...types),
        payload: fc.constantFrom<string | Buffer>(...some, ...bytes),
      })
      .map(each => each),
    fc.constant({ mediaType: undefined, payload: '{}' }),
  )
