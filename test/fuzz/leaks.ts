// What must never stand in an answer: a recipient's name or account, anything of another organisation, and our own insides.

import type { Operation } from './document.ts'

/** Recipients of our own organisation. No request sends these, so an answer that has one has it from where it is sealed. */
export const canaries = {
  recipients: [
    { name: 'Kanarie Zonnebloem', iban: 'NL89MEEN0000000099' },
    { name: 'Kanarie Korenbloem', iban: 'NL62MEEN0000000100' },
  ],
  checkedHow: 'kanarie-paspoort gezien, post naar geheim.kanarie@kooi.example',
  message: 'kanarie-bericht van gever.kanarie@kooi.example',
} as const

/** In every name of the other organisation. */
export const FOREIGN_MARK = 'Koekoeksnest'

/** What answers names and accounts: the file for the bank, and reading one account for a reason. */
const holdsRecipients = ({ id }: Operation) => id === 'readPaymentFile' || id === 'readAccount'
/** An export is an act that says what was asked for, an id of somebody else's as it was typed. */
const tellsOfSearches = ({ id }: Operation) => id === 'searchActs' || id === 'exportActs'
/** Where a giver's message is public. */
const holdsMessages = (_: Operation) => false

const insides: Readonly<Record<string, RegExp>> = {
  'a stack trace': /\bat (?:async )?[\w.<> ]+ \([^()\s]*:\d+:\d+\)|\bat (?:async )?(?:file|node):/,
  'a path of ours': /node_modules|file:\/\/\/(?!etc)|\/(?:src|test)\/[\w/-]+\.ts\b|\.tap\//,
  'words of the database': new RegExp(
    [
      String.raw`\bselect\b[^{}]{1,300}\bfrom\s+\\?"?\w`,
      String.raw`\binsert into\b|\bon conflict\b|\breturning \\?"`,
      String.raw`syntax error at|violates \w+ constraint|duplicate key value|invalid input syntax|invalid byte sequence`,
      String.raw`relation \\?"|column \\?"|\bPostgres|\bkysely\b|\bpg_\w+|out of range for type|deadlock detected`,
    ].join('|'),
    'i',
  ),
  'words of the engine':
    /TypeError|RangeError|ReferenceError|Cannot read propert|is not a function|ZodError|FST_ERR|\[object Object\]/,
}

/** `text`: headers and body. */
export function leaksIn(
  operation: Operation,
  sent: string,
  text: string,
  foreign: readonly string[],
): string[] {
  const leaks: string[] = []
  const personal = canaries.recipients.flatMap(({ name, iban }) => [name, iban])
  const secret = [
    ...(holdsRecipients(operation) ? [] : personal),
    canaries.checkedHow,
    ...(holdsMessages(operation) ? [] : [canaries.message]),
  ]
  for (const each of secret) if (text.includes(each)) leaks.push(`personal data: ${each}`)
  for (const each of [FOREIGN_MARK, ...(tellsOfSearches(operation) ? [] : foreign)])
    if (text.includes(each) && !sent.includes(each)) leaks.push(`of another organisation: ${each}`)
  for (const [what, pattern] of Object.entries(insides)) {
    const found = pattern.exec(text)?.[0]
    if (found !== undefined && !sent.includes(found)) leaks.push(`${what}: ${found}`)
  }
  return leaks
}
