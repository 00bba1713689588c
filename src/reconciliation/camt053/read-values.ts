/** Reads the values that every part of a statement has: signed amounts, days, texts that must be there. */

import type { Currency } from '../../money/index.ts'
import type { LocalDate } from '../../platform/calendar/index.ts'
import {
  child,
  parseWireAmount,
  parseWireDay,
  textOf,
  type XmlElement,
} from '../../platform/iso20022/index.ts'
import { Refused } from './refusal.ts'

export function required(element: XmlElement, ...path: string[]): string {
  const text = textOf(element, ...path)
  if (text === undefined) throw new Refused('missing', [element.name, ...path].join('/'))
  return text
}

/** Minor units with their sign: from `CdtDbtInd` alone, whatever RvslInd or the kind of entry suggest. */
export function signedAmount(element: XmlElement, currency: Currency): bigint {
  const amount = child(element, 'Amt')
  const text = required(element, 'Amt')
  if (amount?.attributes.Ccy !== currency) {
    throw new Refused(
      'currency-mismatch',
      `${element.name}/Amt is in ${amount?.attributes.Ccy}, not ${currency}`,
    )
  }
  const minor = parseWireAmount(text, currency)
  if (minor === null) throw new Refused('amount', `${element.name}/Amt is ${text.slice(0, 40)}`)
  return isCredit(element) ? minor : -minor
}

export function isCredit(element: XmlElement): boolean {
  const indicator = textOf(element, 'CdtDbtInd')
  if (indicator !== 'CRDT' && indicator !== 'DBIT') {
    throw new Refused('credit-debit-indicator', `${element.name} says neither CRDT nor DBIT`)
  }
  return indicator === 'CRDT'
}

/** The day in `<name><Dt>` or `<name><DtTm>`; undefined when there is neither. */
export function dayIn(element: XmlElement, name: string): LocalDate | undefined {
  const text = textOf(element, name, 'Dt') ?? textOf(element, name, 'DtTm')
  if (text === undefined) return undefined
  const day = parseWireDay(text)
  if (day === null) throw new Refused('date', `${element.name}/${name} is ${text.slice(0, 40)}`)
  return day
}

/** Lines that banks wrap and pad, as one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
