// What may stand around a request and should change nothing: strange languages and headers, and query parameters that nobody
// asked for or that come twice.

import fc, { type Arbitrary } from 'fast-check'
import type { Operation } from './document.ts'
import { linesOf } from './lines.ts'

type Headers = Record<string, string>

const usualLanguages = ['nl', 'en', 'en-GB,en;q=0.9']
const languages = ['*', 'de', ',', 'nl;q=0', ';;;q=', '\u00ff', 'NL', 'tlh-Latn', 'x'.repeat(3000)]
const languageOf = (language: string): Headers => ({ 'accept-language': language })

export const usualHeaders: Arbitrary<Headers> = fc.constantFrom(...usualLanguages).map(languageOf)

const plainHeaders = linesOf(`
accept: text/html
accept-version: 9.x
content-encoding: gzip
content-length: 7
expect: 100-continue
host:
host: elsewhere.example
if-none-match: *
origin: https://elsewhere.example
origin: null
range: bytes=0-1
sec-fetch-site: cross-site
transfer-encoding: chunked
x-forwarded-for: '; --
x-forwarded-proto: javascript
x-http-method-override: DELETE
`).map((line): Headers => {
  const [name = '', value = ''] = line.split(/: ?(.*)/)
  return { [name]: value }
})
/** Most of these no HTTP parser lets through; behind it nothing should rely on that. */
const strangeHeaders: readonly Headers[] = [
  { accept: '\u0000' },
  { 'content-type': '\u0000' },
  { cookie: 'meent_session=\u00ff; __proto__=1; =;;' },
  { cookie: `a=${'x'.repeat(9000)}` },
  { 'x-request-id': 'a\r\nb: c' },
  { 'idempotency-key': 'a\r\nset-cookie: a=b' },
  { 'idempotency-key': '\u00e9'.repeat(9) },
  { 'idempotency-key': 'x'.repeat(9000) },
]

export const oddHeaders: Arbitrary<Headers> = fc
  .tuple(
    fc.constantFrom(...usualLanguages, ...languages).map(languageOf),
    fc.option(fc.constantFrom(...plainHeaders, ...strangeHeaders), { nil: {} }),
  )
  .map(([language, more]) => ({ ...language, ...more }))

const rubbish = [
  '%',
  '%zz=1',
  '%ff=%fe',
  '__proto__=1',
  '=',
  '&&&',
  'a',
  'a=1#b',
  'a;b=1',
  `q=${'x'.repeat(5000)}`,
]
const around = (name: string): string[] => [
  ...[
    `${name}=`,
    `${name}`,
    `${name}=1&${name}=2`,
    `${name}[]=1`,
    `${name}[a]=1`,
    `${name}=%00`,
    `${name}=1e2`,
  ],
]

/** As it stands in the address; mostly nothing. */
export function oddQuery({ parameters }: Operation): Arbitrary<string> {
  const names = ['unknown', ...parameters.filter(each => each.in === 'query').map(({ name }) => name)]
  const odd = fc.constantFrom(...rubbish, ...names.flatMap(around))
  return fc.oneof({ weight: 4, arbitrary: fc.constant('') }, odd)
}
