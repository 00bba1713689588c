// What a gift did: its parts and what is left are the gift to the cent, and no pool pays more out of gifts than it paid.

import fc from 'fast-check'
import t from 'tap'
import { giftAtWork, type PaidMonth } from '../../src/sustainability/index.ts'

const at = (day: string) => new Date(`${day}T00:00:00Z`)
const month = (number: number, pot: bigint, paid: bigint): PaidMonth => ({
  month: `2027-${String(number).padStart(2, '0')}`,
  at: at(`2027-${String(number).padStart(2, '0')}-25`),
  pot,
  paid,
})

t.test('golden: a quarter of the pot pays a quarter of each income', async t => {
  const months = [month(2, 400_000n, 100_000n), month(1, 500_000n, 100_000n), month(3, 300_000n, 100_000n)]
  const gift = { amount: 100_000n, since: at('2027-02-01') }
  t.strictSame(giftAtWork(gift, months), {
    months: [
      { month: '2027-02', paid: 100_000n, part: 25_000n },
      { month: '2027-03', paid: 100_000n, part: 25_000n },
    ],
    left: 50_000n,
  })
})

t.test('whoever gave all of it paid all of it', async t => {
  const { left, months } = giftAtWork({ amount: 300n, since: at('2027-01-01') }, [
    month(1, 300n, 100n),
    month(2, 200n, 100n),
    month(3, 100n, 100n),
  ])
  t.equal(left, 0n)
  t.strictSame(
    months.map(({ part }) => part),
    [100n, 100n, 100n],
  )
})

t.test('several gifts together: nothing is lost, and never more is told than was paid', async () => {
  const cents = fc.bigInt({ min: 0n, max: 10n ** 9n })
  fc.assert(
    fc.property(
      fc.array(cents, { minLength: 1, maxLength: 6 }),
      fc.array(cents, { maxLength: 12 }),
      (gifts, wanted) => {
        let pot = gifts.reduce((sum, each) => sum + each, 0n)
        const months = wanted.map((want, index) => {
          const paid = want > pot ? pot : want
          const told = month(index + 1, pot, paid)
          pot -= paid
          return told
        })
        const worked = gifts.map(amount => giftAtWork({ amount, since: at('2027-01-01') }, months))
        const whole = worked.every(({ months: parts, left }, index) => {
          const spent = parts.reduce((sum, { part }) => sum + part, 0n)
          return spent + left === gifts[index] && left >= 0n && parts.every(({ part }) => part >= 0n)
        })
        const told = months.every(({ paid }, index) => {
          const together = worked.reduce((sum, { months: parts }) => sum + (parts[index]?.part ?? 0n), 0n)
          // Cents that were rounded down stay with their gift, and are carried later: never more than one a gift and month.
          return together <= paid + BigInt(gifts.length * (index + 1))
        })
        return whole && told
      },
    ),
  )
})

t.test('what is no gift is refused, and a pot that lacks money gives no more than there is', async t => {
  t.throws(() => giftAtWork({ amount: -1n, since: at('2027-01-01') }, []), RangeError)
  t.strictSame(giftAtWork({ amount: 100n, since: at('2027-01-01') }, [month(1, 50n, 200n)]).left, 0n)
})
