// XML as somebody would write it who wants our files, our memory or our patience; and statements that were all but right.

import fc, { type Arbitrary } from 'fast-check'
import { Slot } from './known.ts'

export const XML = 'application/xml'

/** A statement that the bank gave, as it is. */
export const statement: Arbitrary<unknown> = fc
  .nat()
  .map(choice => new Slot(XML, choice * 100, '<Document/>'))

const entity = (definition: string) =>
  `<?xml version="1.0"?><!DOCTYPE a [${definition}]><Document>&x;</Document>`
const laughs = Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY x${index + 1} "${`&x${index};`.repeat(10)}">`,
)
const whole: readonly string[] = [
  ...[
    '',
    ' ',
    '<',
    '<a',
    '<a></b>',
    '<a/><a/>',
    'text',
    '<?xml version="1.0"?>',
    '<!-- a -->',
    '<![CDATA[a]]>',
    '{}',
  ],
  entity('<!ENTITY x SYSTEM "file:///etc/passwd">'),
  entity('<!ENTITY x SYSTEM "http://127.0.0.1:9/">'),
  entity('<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;'),
  entity(`<!ENTITY x0 "x">${laughs.join('')}<!ENTITY x "&x9;">`),
  '<Document>&undefined;&#0;&#xD800;&#x110000;</Document>',
  '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>',
  `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`,
  `<Document ${Array.from({ length: 3000 }, (_, index) => `a${index}="1"`).join(' ')}/>`,
  '<__proto__><constructor/></__proto__>',
  `<Document>${'x'.repeat(400_000)}</Document>`,
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt/></Document>',
]

/** What is done to a statement that was right: `turn` says where. */
type Change = (text: string, turn: number) => string
const digit: Change = (text, turn) => {
  const places = [...text.matchAll(/\d/g)].map(found => found.index)
  const place = places[turn % places.length] ?? 0
  return `${text.slice(0, place)}${(Number(text[place]) + 1) % 10}${text.slice(place + 1)}`
}
const lines = (text: string) => text.split('\n')
const changes: readonly Change[] = [
  digit,
  digit,
  (text, turn) => text.slice(0, turn % text.length),
  (text, turn) =>
    lines(text)
      .toSpliced(turn % lines(text).length, 1)
      .join('\n'),
  (text, turn) =>
    lines(text)
      .toSpliced(turn % lines(text).length, 0, lines(text)[turn % lines(text).length] ?? '')
      .join('\n'),
  text => text.replace(/(<Amt[^>]*>)[^<]*/, '$1-1.00'),
  text => text.replace(/(<Amt[^>]*>)[^<]*/, `$1${'9'.repeat(30)}.00`),
  text => text.replace(/(<Amt[^>]*>)[^<]*/, '$11e3'),
  text => text.replaceAll('EUR', 'SEK'),
  text => text.replaceAll('CRDT', 'DBIT'),
  text => text.replaceAll(/<Dt>\d[^<]*/g, '<Dt>2027-02-30'),
  text => text.replaceAll(/<Dt>\d[^<]*/g, '<Dt>9999-12-31'),
  text => text.replace(/(<IBAN>)[^<]*/, '$1NL00MEEN0000000000'),
  text => text.replace(/(<Ustrd>)[^<]*/, "$1'; drop table ledger.entries; --&#x202e;"),
  text => text.replace(/(<(?:Id|MsgId)>)[^<]*/g, `$1${'x'.repeat(5000)}`),
  text => text.replace('<Document', '<!DOCTYPE a><Document'),
  text => text.replace(/<Ntry>[\s\S]*<\/Ntry>/, found => found.repeat(3)),
]

export const nearXml: Arbitrary<unknown> = fc
  .tuple(fc.nat(), fc.nat(), fc.constantFrom(...changes))
  .map(([choice, turn, change]) => new Slot(XML, choice * 100, '<Document/>', text => change(text, turn)))

export const hostileXml: Arbitrary<unknown> = fc.oneof(fc.constantFrom(...whole), nearXml)
