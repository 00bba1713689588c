// Which months are planned, and when: once, in time, after downtime too, by the calendar on an Amsterdam wall.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { planCycle, planCycles, proposeCycle } from '../../src/disbursements/index.ts'
import { addDays, instantOf } from '../../src/platform/calendar/index.ts'
import { testApp } from '../support/app.ts'
import { actor, cycleOf, eight, fund, outcomes, paydays, recipient, refusals, succeeded } from './run.ts'

/** How long before its payday a month is planned. */
const AHEAD_DAYS = 35
const GOOD = 'NL35MEEN0000000004'
const OTHER = 'NL08MEEN0000000005'

t.test('a month is planned once, however many plan it at once', async t => {
  const api = await testApp(t)
  await fund(api, 250_000)
  await recipient(api, GOOD)
  const planned = await Promise.all(Array.from({ length: 8 }, () => planCycles(api.deps)))
  t.equal(planned.flat().length, 1)
  t.strictSame(await paydays(api), { '2027-03': '2027-03-25' })

  const byHand = await eight(() => planCycle(api.deps, actor(api, 'operator'), api.pools.open, '2027-04'))
  t.equal(succeeded(byHand), 1)
  t.strictSame(refusals(byHand), ['cycle-exists'])
})

t.test('after downtime what was missed is planned, to the end of the term and no further', async t => {
  const api = await testApp(t)
  await fund(api, 250_000)
  await recipient(api, GOOD)
  api.setClock(new Date('2027-07-10T10:00:00Z'))
  t.equal((await planCycles(api.deps)).length, 5)
  t.strictSame(await paydays(api), {
    '2027-03': '2027-03-25',
    '2027-04': '2027-04-23', // the 25th is a Sunday
    '2027-05': '2027-05-25',
    '2027-06': '2027-06-25',
    '2027-07': '2027-07-23', // a Sunday again
  })
  t.strictSame(await planCycles(api.deps), [], 'and not again')
  api.setClock(new Date('2031-01-01T10:00:00Z'))
  t.equal((await planCycles(api.deps)).length, 7, 'a year is twelve months')
  const all = await paydays(api)
  t.match(all, { '2027-12': '2027-12-24', '2028-01': '2028-01-25', '2028-02': '2028-02-25' }, 'over new year')
  t.equal(Object.keys(all).at(-1), '2028-02', 'the last of the term')
})

t.test('the day in Amsterdam decides, in summer and in winter', async t => {
  const api = await testApp(t)
  await fund(api, 250_000)
  await recipient(api, GOOD)
  const isPlanned = async (month: string, at: Date) => {
    api.setClock(at)
    await planCycles(api.deps)
    return Object.keys(await paydays(api)).includes(month)
  }
  for (const [month, payday, season] of [
    ['2027-04', '2027-04-23', 'in winter, for a payday in summer'],
    ['2027-07', '2027-07-23', 'in summer'],
    ['2027-11', '2027-11-25', 'in summer, for a payday in winter'],
    ['2027-12', '2027-12-24', 'in winter'],
  ] as const) {
    const firstMoment = instantOf(addDays(payday, -AHEAD_DAYS), '00:00')
    t.notOk(await isPlanned(month, new Date(firstMoment.getTime() - 1)), `${season}: the evening before`)
    t.ok(await isPlanned(month, firstMoment), `${season}: at midnight`)
  }
})

t.test('a payday on the first can fall in the month before, and is planned in time for that', async t => {
  const api = await testApp(t, { terms: { paydayOfMonth: 1 } })
  await fund(api, 250_000)
  await recipient(api, GOOD, '2027-05')
  await recipient(api, OTHER, '2028-01')
  const firstDay = addDays('2027-04-30', -AHEAD_DAYS)
  api.setClock(instantOf(addDays(firstDay, -1), '12:00'))
  t.strictSame(await planCycles(api.deps), [], 'too early')
  api.setClock(instantOf(firstDay, '12:00'))
  await planCycles(api.deps)
  t.strictSame(await paydays(api), { '2027-05': '2027-04-30' }, '1 May is a Saturday')
  api.setClock(new Date('2027-12-10T10:00:00Z'))
  await planCycles(api.deps)
  t.match(await paydays(api), { '2027-12': '2027-12-01', '2028-01': '2027-12-31' })
  const due = await outcomesAfterProposal(api, '2028-01')
  t.equal(due, 2, 'January is paid in December, to who starts in January too')
})

async function outcomesAfterProposal(api: Awaited<ReturnType<typeof testApp>>, month: string) {
  const cycleId = await cycleOf(api, month)
  await proposeCycle(api.deps, actor(api, 'operator'), { cycleId, idempotencyKey: randomUUID() })
  return Object.keys(await outcomes(api, cycleId)).length
}
