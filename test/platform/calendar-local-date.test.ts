// Which day and month it is in Amsterdam, across summer time and leap years.

import fc from 'fast-check'
import t from 'tap'
import {
  addDays,
  addMonths,
  ageOn,
  daysInMonth,
  firstDayOf,
  instantOf,
  isLocalDate,
  isMonth,
  localDate,
  monthOf,
  monthsBetween,
  monthsFrom,
  nextMonth,
} from '../../src/platform/calendar/index.ts'

const days = fc
  .date({ min: new Date('2000-01-01T00:00Z'), max: new Date('2099-12-31T00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))
const months = days.map(day => day.slice(0, 7))

t.test('Amsterdam decides which day it is', async t => {
  t.equal(localDate(new Date('2026-12-31T22:59:59.999Z')), '2026-12-31')
  t.equal(localDate(new Date('2026-12-31T23:00:00Z')), '2027-01-01')
  t.equal(localDate(new Date('2026-06-30T21:59:59Z')), '2026-06-30')
  t.equal(localDate(new Date('2026-06-30T22:00:00Z')), '2026-07-01')
  t.throws(() => localDate(new Date(Number.NaN)), RangeError)
})

t.test('a wall time becomes an instant, in winter and in summer', async t => {
  t.equal(instantOf('2026-01-15', '09:00').toISOString(), '2026-01-15T08:00:00.000Z')
  t.equal(instantOf('2026-07-15', '09:00').toISOString(), '2026-07-15T07:00:00.000Z')
})

t.test('a skipped hour moves on, and of a repeated hour the first one is meant', async t => {
  t.equal(instantOf('2027-03-28', '01:59').toISOString(), '2027-03-28T00:59:00.000Z')
  t.equal(instantOf('2027-03-28', '02:30').toISOString(), '2027-03-28T01:30:00.000Z')
  t.equal(instantOf('2027-03-28', '03:00').toISOString(), '2027-03-28T01:00:00.000Z')
  t.equal(instantOf('2026-10-25', '02:30').toISOString(), '2026-10-25T00:30:00.000Z')
  t.equal(instantOf('2026-10-25', '03:00').toISOString(), '2026-10-25T02:00:00.000Z')
})

t.test('an instant made from a day falls on that day', async t => {
  const times = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(parts => parts.map(n => `${n}`.padStart(2, '0')).join(':'))
  fc.assert(fc.property(days, times, (day, time) => t.equal(localDate(instantOf(day, time)), day)))
})

t.test('text that is no time of day is refused', async t => {
  for (const time of ['24:00', '9:00', '09:60', '09:00:00', '', 'noon']) {
    t.throws(() => instantOf('2026-01-15', time), RangeError, time)
  }
})

t.test('only days and months that exist are days and months', async t => {
  for (const day of ['2024-02-29', '2026-12-31', '2000-02-29']) t.ok(isLocalDate(day), day)
  const noDays = [
    '2026-02-29',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '20260101',
  ]
  for (const day of [
    ...noDays,
    '',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026-01-00',
    '+002026-01-01',
    '2026-01-01\n',
  ]) {
    t.notOk(isLocalDate(day), day)
    t.throws(() => monthOf(day), RangeError, day)
  }
  t.ok(isMonth('2026-12'))
  for (const month of ['2026-13', '2026-00', '2026-1', '2026', '2026-01-01', '']) {
    t.notOk(isMonth(month), month)
    t.throws(() => nextMonth(month), RangeError, month)
  }
})

t.test('months follow each other across years', async t => {
  t.equal(monthOf('2026-12-31'), '2026-12')
  t.equal(nextMonth('2026-12'), '2027-01')
  t.equal(addMonths('2026-01', -1), '2025-12')
  t.equal(addMonths('2026-11', 12), '2027-11')
  t.equal(firstDayOf('2026-11'), '2026-11-01')
  t.strictSame(['2024-02', '2026-02', '2026-04', '2026-12'].map(daysInMonth), [29, 28, 30, 31])
  t.strictSame(monthsFrom('2026-11', '2027-02'), ['2026-11', '2026-12', '2027-01', '2027-02'])
  t.strictSame(monthsFrom('2026-11', '2026-11'), ['2026-11'])
  t.strictSame(monthsFrom('2026-11', '2026-10'), [])
})

t.test('adding months and counting them are each other’s reverse', async t => {
  fc.assert(
    fc.property(months, fc.integer({ min: -600, max: 600 }), (month, n) => {
      t.equal(monthsBetween(month, addMonths(month, n)), n)
      t.equal(monthsFrom(month, addMonths(month, n)).length, Math.max(0, n + 1))
    }),
  )
})

t.test('days follow each other, and keep their order as text', async t => {
  t.equal(addDays('2026-12-31', 1), '2027-01-01')
  t.equal(addDays('2024-03-01', -1), '2024-02-29')
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 1000 }), (day, n) => {
      t.ok(addDays(day, n) > day)
      t.equal(addDays(addDays(day, n), -n), day)
    }),
  )
})

t.test('someone is of age from the eighteenth birthday on', async t => {
  t.equal(ageOn('2008-11-20', '2026-11-19'), 17)
  t.equal(ageOn('2008-11-20', '2026-11-20'), 18)
  t.equal(ageOn('2008-11-20', '2008-11-20'), 0)
  t.equal(ageOn('2026-11-21', '2026-11-20'), -1)
})

t.test('someone born on 29 February is a year older on 1 March of a common year', async t => {
  t.equal(ageOn('2008-02-29', '2026-02-28'), 17)
  t.equal(ageOn('2008-02-29', '2026-03-01'), 18)
  t.equal(ageOn('2008-02-29', '2028-02-29'), 20)
})

t.test('age never falls as days go by', async t => {
  fc.assert(
    fc.property(days, days, fc.nat(800), (born, on, n) =>
      t.ok(ageOn(born, addDays(on, n)) >= ageOn(born, on)),
    ),
  )
})
