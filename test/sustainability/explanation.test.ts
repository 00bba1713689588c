// Whoever recomputes the explanation finds the same number.

import fc from 'fast-check'
import t from 'tap'
import { type ExplanationLine, type LineKey, sustainableIncomes } from '../../src/sustainability/index.ts'
import { anyPosition, examplePosition } from './positions.ts'

/** Does the sum as a person would: from the lines alone, in order. Answers the results, and throws where one is wrong. */
function recompute(lines: readonly ExplanationLine[]): Map<LineKey, bigint> {
  const results = new Map<LineKey, bigint>()
  let reached = 0n
  for (const line of lines) {
    const number = BigInt(line.amount ?? line.count)
    if (line.operation === 'start') reached = number
    if (line.operation === 'minus') reached -= number
    if (line.operation === 'plus') reached += number
    if (line.operation === 'times') reached *= number
    if (line.operation === 'divide') reached = reached < 0n ? 0n : reached / number
    if (line.operation === 'equals' || line.operation === 'result') {
      if (number !== reached) throw new Error(`${line.key} says ${number}, the lines above it say ${reached}`)
      results.set(line.key, number)
    }
  }
  return results
}

t.test('the lines, computed again in order, give the answer', async t => {
  fc.assert(
    fc.property(anyPosition, position => {
      const answer = sustainableIncomes(position)
      const results = recompute(answer.explanation)
      t.equal(results.get('cost-of-one-income'), answer.costOfOneIncome)
      t.equal(results.get('free') ?? 0n, answer.free)
      t.equal(results.get('missing') ?? 0n, 0n - answer.missing)
      t.equal(results.get('new-incomes'), BigInt(answer.newIncomes))
      t.equal(results.get('sustained-incomes'), BigInt(answer.sustained))
    }),
  )
})

t.test(
  'the sum divides by the cost that it worked out, and starts from the balances of the pool',
  async t => {
    fc.assert(
      fc.property(anyPosition, position => {
        const { explanation, costOfOneIncome } = sustainableIncomes(position)
        const numberOf = (key: LineKey) => {
          const line = explanation.find(candidate => candidate.key === key)
          return line && BigInt(line.amount ?? line.count)
        }
        t.equal(numberOf('divided-by-cost'), costOfOneIncome)
        t.equal(numberOf('fund-available'), position.fundAvailable)
        t.equal(numberOf('shortfall'), position.shortfall)
        t.equal(numberOf('monthly-gross'), position.monthlyGross)
        t.equal(numberOf('running-incomes'), BigInt(position.runningIncomes))
      }),
    )
  },
)

t.test('the example of the README is told line by line', async t => {
  const told = sustainableIncomes(examplePosition).explanation.map(
    line => `${line.operation} ${line.key} ${line.amount ?? line.count}`,
  )
  t.strictSame(told, [
    'start monthly-gross 100000',
    'times term-months 12',
    'result cost-of-one-income 1200000',
    'start fund-available 2500000',
    'minus revocable-debits 300000',
    'minus shortfall 0',
    'equals free 2200000',
    'divide divided-by-cost 1200000',
    'equals new-incomes 1',
    'plus running-incomes 3',
    'result sustained-incomes 4',
    'aside fund-pending 50000',
    'aside reserved 2700000',
    'aside payable 300000',
  ])
})

t.test('what is missing is told in the place of what is free', async t => {
  const { explanation } = sustainableIncomes({ ...examplePosition, fundAvailable: 100_000n })
  t.strictSame(explanation[6], { key: 'missing', operation: 'equals', amount: -200_000n })
  t.notOk(explanation.some(line => line.key === 'free'))
})
