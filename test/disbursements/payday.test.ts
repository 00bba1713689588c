// The money is there on payday, never later.

import fc from 'fast-check'
import t from 'tap'
import { paydayOf, submissionDeadline } from '../../src/disbursements/payday.ts'
import { addMonths, isBusinessDay, monthOf } from '../../src/platform/calendar/index.ts'

const months = fc.integer({ min: 0, max: 12 * 75 }).map(n => addMonths('2025-01', n))
const daysOfMonth = fc.integer({ min: 1, max: 31 })
const dayAsPlanned = (month: string, day: number) => `${month}-${`${day}`.padStart(2, '0')}`

t.test('money arrives on the day of the month when banks are open', async t => {
  t.equal(paydayOf('2026-11', 25), '2026-11-25')
  t.equal(paydayOf('2026-04', 27), '2026-04-27', 'King’s Day is open')
})

t.test('money arrives earlier, never later, when banks are closed', async t => {
  t.equal(paydayOf('2026-12', 25), '2026-12-24', 'Christmas')
  t.equal(paydayOf('2026-12', 27), '2026-12-24', 'the Sunday after Christmas')
  t.equal(paydayOf('2026-04', 6), '2026-04-02', 'Easter Monday')
  t.equal(paydayOf('2026-11', 1), '2026-10-30', 'a Sunday on the first: in the month before')
  t.equal(paydayOf('2027-01', 1), '2026-12-31', 'New Year: in the year before')
})

t.test('a day that the month does not have is its last day', async t => {
  t.equal(paydayOf('2027-02', 31), '2027-02-26', 'the 28th is a Sunday')
  t.equal(paydayOf('2028-02', 30), '2028-02-29')
  t.equal(paydayOf('2026-06', 31), '2026-06-30')
})

t.test('a payday is a business day at most four days before the planned day', async t => {
  fc.assert(
    fc.property(months, daysOfMonth, (month, day) => {
      const payday = paydayOf(month, day)
      t.ok(isBusinessDay(payday))
      t.ok(payday <= dayAsPlanned(month, day))
      t.ok(monthOf(payday) === month || (day <= 4 && monthOf(payday) === addMonths(month, -1)))
    }),
  )
})

t.test('every month has its own payday, in order', async t => {
  fc.assert(
    fc.property(months, daysOfMonth, (month, day) => {
      t.ok(paydayOf(month, day) < paydayOf(addMonths(month, 1), day))
    }),
  )
})

t.test('the file is at the bank on the business day before', async t => {
  t.equal(submissionDeadline('2026-11-25'), '2026-11-24')
  t.equal(submissionDeadline('2026-11-23'), '2026-11-20', 'over a weekend')
  t.equal(submissionDeadline('2026-04-07'), '2026-04-02', 'over Easter')
  fc.assert(
    fc.property(months, daysOfMonth, (month, day) => {
      const payday = paydayOf(month, day)
      t.ok(submissionDeadline(payday) < payday && isBusinessDay(submissionDeadline(payday)))
    }),
  )
})

t.test('a day of the month that cannot be is refused', async t => {
  for (const day of [0, 32, -1, 1.5, Number.NaN]) t.throws(() => paydayOf('2026-11', day), RangeError)
  t.throws(() => paydayOf('2026-13', 1), RangeError)
})
