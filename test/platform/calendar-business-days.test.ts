// TARGET closing days, against the published ones.

import fc from 'fast-check'
import t from 'tap'
import {
  addBusinessDays,
  addDays,
  easterSunday,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
} from '../../src/platform/calendar/index.ts'

/** Good Friday and Easter Monday as published; the other closing days have the same date every year. */
const EASTER_CLOSING_DAYS = [
  ['2024-03-29', '2024-04-01'],
  ['2025-04-18', '2025-04-21'],
  ['2026-04-03', '2026-04-06'],
  ['2027-03-26', '2027-03-29'],
  ['2028-04-14', '2028-04-17'],
  ['2029-03-30', '2029-04-02'],
  ['2030-04-19', '2030-04-22'],
] as const

const days = fc
  .date({ min: new Date('2002-01-01T00:00Z'), max: new Date('2099-12-31T00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))
const openDays = days.filter(isBusinessDay)

t.test(
  'from 2024 to 2030 banks are closed on weekends and the TARGET closing days, and on no other day',
  async t => {
    for (const [goodFriday, easterMonday] of EASTER_CLOSING_DAYS) {
      const year = goodFriday.slice(0, 4)
      const fixed = ['01-01', '05-01', '12-25', '12-26'].map(day => `${year}-${day}`)
      const closed: readonly string[] = [goodFriday, easterMonday, ...fixed]
      for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) {
        // Date.getUTCDay is independent of the library that the code under test uses.
        const isWeekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())
        if (isBusinessDay(day) !== !(isWeekend || closed.includes(day))) t.fail(day)
      }
      t.pass(year)
    }
  },
)

t.test('banks are open on King’s Day, Ascension and Whit Monday', async t => {
  for (const day of ['2026-04-27', '2026-05-14', '2026-05-25', '2027-04-27']) t.ok(isBusinessDay(day), day)
})

t.test('Easter falls where it is known to fall, its earliest and latest days included', async t => {
  const known = [
    '1818-03-22',
    '1943-04-25',
    '1961-04-02',
    '2000-04-23',
    '2008-03-23',
    '2011-04-24',
    '2038-04-25',
  ]
  for (const easter of known) t.equal(easterSunday(Number(easter.slice(0, 4))), easter)
})

t.test('an open day is its own next and previous business day', async t => {
  fc.assert(
    fc.property(openDays, day => {
      t.equal(previousBusinessDay(day), day)
      t.equal(nextBusinessDay(day), day)
    }),
  )
})

t.test('moving to a business day skips closed days only, four at most', async t => {
  fc.assert(
    fc.property(days, day => {
      const [before, after] = [previousBusinessDay(day), nextBusinessDay(day)]
      t.ok(before <= day && day <= after && isBusinessDay(before) && isBusinessDay(after))
      t.ok(before >= addDays(day, -4) && after <= addDays(day, 4))
      if (before !== day) t.equal(addBusinessDays(before, 1), after)
    }),
  )
})

t.test('business days are counted forth and back', async t => {
  fc.assert(
    fc.property(openDays, fc.integer({ min: -60, max: 60 }), (day, n) => {
      t.equal(addBusinessDays(addBusinessDays(day, n), -n), day)
    }),
  )
  t.equal(addBusinessDays('2026-04-02', 1), '2026-04-07', 'over Easter')
  t.equal(addBusinessDays('2026-12-24', 1), '2026-12-28', 'over Christmas')
  t.equal(addBusinessDays('2026-11-21', 1), '2026-11-23', 'from a Saturday')
  t.equal(addBusinessDays('2026-11-21', -1), '2026-11-20', 'back from a Saturday')
  t.equal(addBusinessDays('2026-11-21', 0), '2026-11-21', 'nothing added')
})

t.test('what is no day, or no whole number of days, is refused', async t => {
  for (const day of ['2026-02-30', '', '2026-1-1']) t.throws(() => isBusinessDay(day), RangeError)
  for (const n of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    t.throws(() => addBusinessDays('2026-11-20', n), RangeError)
  }
})
