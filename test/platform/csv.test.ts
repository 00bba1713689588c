// A text in a CSV file is never run by a spreadsheet, and is the same text to whoever reads it.

import fc from 'fast-check'
import t from 'tap'
import { csvLine, textCell } from '../../src/platform/csv.ts'

/** A reader as RFC 4180 says it: the cells of one line. */
function read(line: string): string[] {
  const cells: string[] = []
  let rest = line.replace(/\r\n$/, '')
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest)
    const cell = quoted?.[0] ?? /^[^,]*/.exec(rest)?.[0] ?? ''
    cells.push(quoted?.[1]?.replaceAll('""', '"') ?? cell)
    if (rest.length === cell.length) return cells
    rest = rest.slice(cell.length + 1)
  }
}
const without = (cell: string) => cell.replace(/(^|[;,\t\r\n])'/g, '$1')

const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        "'",
        '"',
        ',',
        ';',
        ' ',
        '\u00a0',
        '\ufeff',
        '\uff1d',
        '|',
        '1',
        'cmd',
      ),
    )
    .map(parts => parts.join('')),
)

t.test('no cell begins with what a spreadsheet calculates', async () => {
  fc.assert(
    fc.property(fc.array(typed, { minLength: 1, maxLength: 5 }), texts => {
      const cells = read(csvLine(texts.map(textCell)))
      return cells.every(cell => !/^[=+\-@\t\r\n]/.test(cell) && !/^\s*[=+\-@\uff1d]/.test(cell))
    }),
    { numRuns: 5_000 },
  )
})

t.test('nor does one for a program that separates by another sign, and knows no quotes of ours', async () => {
  fc.assert(
    fc.property(fc.array(typed, { minLength: 1, maxLength: 5 }), texts => {
      const line = csvLine(texts.map(textCell))
      return [';', '\t', ',', /[;,\t\r\n]/].every(sign =>
        line.split(sign).every(cell => !/^[\s"]*[=+\-@\uff1d]/.test(cell)),
      )
    }),
    { numRuns: 5_000 },
  )
})

t.test('and each is the same text again, without its apostrophes', async () => {
  fc.assert(
    fc.property(fc.array(typed, { minLength: 1, maxLength: 5 }), texts => {
      const cells = read(csvLine(texts.map(textCell)))
      return cells.length === texts.length && cells.every((cell, index) => without(cell) === texts[index])
    }),
    { numRuns: 5_000 },
  )
})

t.test('as people type it', async t => {
  for (const [text, cell] of [
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ["=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"],
    ['\t=1', `"'\t'=1"`],
    [' =1', "' =1"],
    ["'s avonds", "''s avonds"],
    ['zie ;=1+1; bijlage', `"zie ;'=1+1; bijlage"`],
    ['zie ; "=1+1"', `"zie ;' ""=1+1"""`],
    ['regel\n-2', `"regel\n'-2"`],
    ["zo ;'s avonds", `"zo ;''s avonds"`],
    ['5 - 3; 2 + 2', '"5 - 3; 2 + 2"'],
    ['Jan, Piet', '"Jan, Piet"'],
    ['zeg "ja"', '"zeg ""ja"""'],
    ['gewoon', 'gewoon'],
    ['', ''],
  ] as const)
    t.equal(textCell(text), cell, JSON.stringify(text))
})
