// The little that no schema says: values that the rules behind it ask for, and operations that take so long that they would
// leave no time for the others. What is not named here is asked for with whatever its schema allows.

import { addMonths, localDate, monthOf } from '../../src/platform/calendar/index.ts'
import type { Known } from './known.ts'

/** Parameters and fields by name; `now` is the service's own. */
export const hints = (now: Date): Readonly<Record<string, readonly unknown[]>> => {
  const months = Array.from({ length: 14 }, (_, index) => addMonths(monthOf(localDate(now)), index))
  return {
    name: ['Vera de Boer', 'Jo van Dam', 'Omar El Idrissi', 'Zoë Ångström'],
    birthDate: ['1980-05-05', '2001-12-31', '1951-02-28'],
    iban: ['NL91ABNA0417164300', 'NL35MEEN0000000004', 'DE89370400440532013000', 'BE68539007547034'],
    text: ['Een dag minder werken en een tuin beginnen.', 'Weer leren, en slapen zonder te rekenen. 🌳'],
    title: ['Een nieuw inkomen'],
    words: ['Er is iets gebeurd.', 'Er is iets gebeurd.\n\nEn nog iets.'],
    currency: ['EUR'],
    year: [2025],
    organiser: ['De buren'],
    area: ['Testdorp'],
    story: ['Onze buurman zorgt al jaren voor iedereen in de straat. '.repeat(3)],
    monthlyAmount: [10_000, 50_000, 100_000],
    termMonths: [3, 6, 12],
    // What can be given, and given back of what was.
    amount: [100, 101, 250, 999, 2_500, 12_345],
    email: Array.from({ length: 40 }, (_, index) => `iemand-${now.getTime()}-${index}@elders.example`),
    // A month that was proposed takes nobody in any more, so what is planned stays behind what is enrolled for.
    firstMonth: months.slice(9, 13),
    month: months.slice(0, 9),
    lastDay: [30, 60, 365].map(days => localDate(new Date(now.getTime() + days * 86_400_000))),
    to: ['next-day', 'next-day', 'next-day', 'next-payday'],
  }
}

/** Names under which values are asked for, and the names under which answers give them. */
export const aliases: Readonly<Record<string, string>> = {
  before: 'entryId',
  after: 'accountId',
  keyPrefix: 'key',
}

/** Out of a hundred turns of the others: one of these does much, or closes what others need. */
export const turns: Readonly<Record<string, number>> = {
  moveClock: 12,
  listLedgerFindings: 5,
  closePool: 30,
  eraseOwnData: 5,
}

export function hint(known: Known, now: Date): void {
  for (const [name, values] of Object.entries(hints(now))) known.set(name, values)
  for (const [name, source] of Object.entries(aliases)) known.set(name, known.of(source))
}

/** The scene says them as it goes. */
const promised = ['entryKey', 'transferReference']
const hinted = new Set([...Object.keys(hints(new Date(0))), ...Object.keys(aliases), ...promised])
/** Whether a value by this name may be known; the others are always made from their schema. */
export const mayBeKnown = (name: string): boolean => hinted.has(name) || /(Id|Token)$/.test(name)
