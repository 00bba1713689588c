/**
 * Reads the statement that a bank wrote, camt.053.001 in all versions from .02 to .12, by its element names: banks
 * differ in namespaces, and some banks' own examples break their schema. So the schema is not asked; the balances are.
 *
 * Source: ISO 20022 camt.053.001; what banks really send is in `test/fixtures/camt053`.
 */

import { type Currency, isCurrency } from '../../money/index.ts'
import type { LocalDate } from '../../platform/calendar/index.ts'
import {
  child,
  childrenNamed,
  parseWireDay,
  parseWireInstant,
  readXml,
  textOf,
  type XmlElement,
} from '../../platform/iso20022/index.ts'
import { readBalances } from './read-balances.ts'
import { readEntry } from './read-entry.ts'
import { required } from './read-values.ts'
import { referencesOf } from './references.ts'
import { otherMessages, Refused, type StatementRefusal } from './refusal.ts'
import type { Statement, Warning } from './statement.ts'
import { warningsAbout } from './warnings.ts'

export type ReadCamt053 =
  | { readonly ok: true; readonly statements: readonly Statement[]; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly reason: StatementRefusal; readonly detail: string }

/** A day with twenty thousand entries and their details. */
const MAX_CHARACTERS = 32 * 1024 * 1024

/**
 * The file as text (decode it first: banks send UTF-8). Never throws on what a file holds. One wrong statement
 * refuses the whole file; `detail` is for the administrator and may quote an amount or a date of the file.
 */
export function readCamt053(file: string, maxCharacters = MAX_CHARACTERS): ReadCamt053 {
  const xml = readXml(file, maxCharacters)
  if (!xml.ok) return xml
  try {
    const message = child(xml.root, 'BkToCstmrStmt')
    if (xml.root.name !== 'Document' || !message) {
      const other = xml.root.children.map(({ name }) => otherMessages[name]).find(each => each)
      throw new Refused(other ?? 'not-camt053', 'no Document/BkToCstmrStmt')
    }
    const read = childrenNamed(message, 'Stmt').map(each => readStatement(each, message))
    if (read.length === 0) throw new Refused('no-statement', 'the file holds no Stmt')
    return {
      ok: true,
      statements: read.map(({ statement }) => statement),
      warnings: read.flatMap(({ warnings }) => warnings),
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason, detail: error.message }
    throw error
  }
}

function readStatement(
  element: XmlElement,
  message: XmlElement,
): { statement: Statement; warnings: Warning[] } {
  const id = required(element, 'Id')
  const iban = ibanOf(element)
  const currency = currencyOf(element)
  const { previousClosing, ...balances } = readBalances(element, currency)
  const all = childrenNamed(element, 'Ntry')
  const booked = all.filter(each => statusOf(each) === 'BOOK')
  const references = referencesOf(id, booked)
  const entries = references.map((reference, position) => {
    const entry = booked[position]
    if (!entry) throw new Error('one reference is made for each entry')
    return readEntry(entry, reference, { iban, currency })
  })
  const statement: Statement = {
    id,
    iban,
    currency,
    ...sequenceNumberOf(element),
    ...periodOf(element),
    createdAt: createdAtOf(element, message),
    ...balances,
    entries,
    leftOut: countByStatus(all),
  }
  requireBalance(statement)
  return { statement, warnings: warningsAbout(statement, references, previousClosing) }
}

// The one check that catches a lost, doubled or altered entry, whatever else is unusual about the file.
function requireBalance({ id, opening, closing, entries }: Statement): void {
  const sum = entries.reduce((total, entry) => total + entry.amount, opening.amount)
  if (sum !== closing.amount) {
    throw new Refused(
      'balances-do-not-add-up',
      `statement ${id}: opening and booked entries make ${sum} minor units, closing is ${closing.amount}`,
    )
  }
}

function ibanOf(statement: XmlElement): string {
  const iban = (textOf(statement, 'Acct', 'Id', 'IBAN') ?? '').replace(/\s/g, '').toUpperCase()
  // Its checksum is not asked: the account must be one of ours anyway, and that is decided by whoever imports it.
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/.test(iban))
    throw new Refused('account-without-iban', 'Stmt/Acct/Id/IBAN')
  return iban
}

function currencyOf(statement: XmlElement): Currency {
  const code = textOf(statement, 'Acct', 'Ccy') ?? child(statement, 'Bal', 'Amt')?.attributes.Ccy ?? ''
  if (!isCurrency(code)) throw new Refused('currency-unknown', `currency ${code.slice(0, 10) || 'not given'}`)
  return code
}

// A code of its own in the first versions, wrapped since .08.
const statusOf = (entry: XmlElement): string => textOf(entry, 'Sts', 'Cd') ?? required(entry, 'Sts')

function countByStatus(entries: readonly XmlElement[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const entry of entries) {
    const status = statusOf(entry)
    if (status !== 'BOOK') counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

function sequenceNumberOf(statement: XmlElement): { sequenceNumber?: bigint } {
  const text = textOf(statement, 'ElctrncSeqNb') ?? textOf(statement, 'LglSeqNb')
  return text !== undefined && /^\d{1,18}$/.test(text) ? { sequenceNumber: BigInt(text) } : {}
}

function periodOf(statement: XmlElement): { from?: LocalDate; to?: LocalDate } {
  const from = dayOf(textOf(statement, 'FrToDt', 'FrDtTm') ?? textOf(statement, 'FrToDt', 'FrDt'))
  const to = dayOf(textOf(statement, 'FrToDt', 'ToDtTm') ?? textOf(statement, 'FrToDt', 'ToDt'))
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

// Only told to the administrator, so a period in another form is left out instead of refused.
const dayOf = (text: string | undefined): LocalDate | undefined =>
  (text === undefined ? null : parseWireDay(text)) ?? undefined

function createdAtOf(statement: XmlElement, message: XmlElement): Date {
  const text = textOf(statement, 'CreDtTm') ?? textOf(message, 'GrpHdr', 'CreDtTm')
  const instant = text === undefined ? null : parseWireInstant(text)
  if (instant === null) throw new Refused(text === undefined ? 'missing' : 'date', 'Stmt/CreDtTm')
  return instant
}
