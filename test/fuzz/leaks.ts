// What must never stand in an answer: a recipient's name or account, anything of another organisation, and our own insides.

import type { Operation } from './document.ts'

/** Recipients of our own organisation. No request sends these, so an answer that has one has it from where it is sealed. */
export const canaries = {
  recipients: [
    { name: 'Kanarie Zonnebloem', iban: 'NL89MEEN0000000099' },
    { name: 'Kanarie Korenbloem', iban: 'NL62MEEN0000000100' },
  ],
  /** Of colleagues. */
  emails: ['operator@meent.example', 'administrator@meent.example', 'potbeheerder@meent.example'],
  checkedHow: 'kanarie-paspoort gezien, post naar geheim.kanarie@kooi.example',
  message: 'kanarie-bericht van gever.kanarie@kooi.example',
} as const

/** In every name of the other organisation. */
export const FOREIGN_MARK = 'Koekoeksnest'

const recipients = canaries.recipients.flatMap(({ name, iban }) => [name, iban])
/** What is there to answer personal data, each its own: the file for the bank, and readings for a reason. */
const holders: Readonly<Record<string, readonly string[]>> = {
  readPaymentFile: recipients,
  readAccount: recipients,
  readEmail: canaries.emails,
  exportOwnData: canaries.emails, // of whoever asks, and nobody else's
}
/** Whether what it answers is for whoever asked alone, so that nothing on the way may keep it. */
export const answersPersonal = ({ id }: Operation): boolean => Object.hasOwn(holders, id)
/** An export is an act that says what was asked for, an id of somebody else's as it was typed. */
const tellsOfSearches = ({ id }: Operation) => id === 'searchActs' || id === 'exportActs'

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

/** `text`: headers and body. `mayHold`: it is an answer that may hold the personal data that the operation is for. */
export function leaksIn(
  operation: Operation,
  sent: string,
  text: string,
  foreign: readonly string[],
  mayHold = false,
): string[] {
  const leaks: string[] = []
  const held = mayHold ? (holders[operation.id] ?? []) : []
  const secret = [
    ...[...recipients, ...canaries.emails].filter(each => !held.includes(each)),
    canaries.checkedHow,
    canaries.message,
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
