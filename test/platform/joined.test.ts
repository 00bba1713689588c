// Many who want the same at once are one round of work; each hears what became of its own.

import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { atMostEvery, joined } from '../../src/platform/joined.ts'

t.test('whoever comes while a round is under way joins the next', async t => {
  const rounds: number[][] = []
  const gate = Promise.withResolvers<void>()
  const double = joined<number, number>(async items => {
    rounds.push([...items])
    await gate.promise
    return items.map(item => item * 2)
  })
  const first = [double(1), double(2)]
  while (rounds.length === 0) await setTimeout(1) // the first round is under way
  const second = [double(3), double(4), double(5)]
  gate.resolve()
  t.strictSame(await Promise.all([...first, ...second]), [2, 4, 6, 8, 10], 'each its own answer')
  t.strictSame(rounds, [
    [1, 2],
    [3, 4, 5],
  ])
  t.equal(await double(6), 12, 'and it goes on')
})

t.test('one may be refused alone, and what fails fails the whole round and nobody else', async t => {
  const work = joined<string, string>(async items => {
    if (items.includes('all')) throw new Error('all of it')
    return items.map(item => (item === 'one' ? new Error('this one') : item))
  })
  const together = await Promise.allSettled([work('a'), work('one'), work('b')])
  t.strictSame(together.map(each => each.status), ['fulfilled', 'rejected', 'fulfilled']) // biome-ignore format: one thought
  const failed = await Promise.allSettled([work('a'), work('all')])
  t.strictSame(failed.map(each => each.status), ['rejected', 'rejected']) // biome-ignore format: one thought
  t.equal(await work('c'), 'c')
})

t.test('no more than so many in a round, and no more than so many wait', async t => {
  const sizes: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const work = joined<number, number>(
    async items => {
      sizes.push(items.length)
      await promise
      return items
    },
    { most: 2, mayWait: 3, refusal: () => new Error('too many') },
  )
  const begun = [work(1), work(2)]
  await setTimeout(2)
  const waiting = [work(3), work(4), work(5)]
  await t.rejects(work(6), /too many/)
  resolve()
  t.strictSame(await Promise.all([...begun, ...waiting]), [1, 2, 3, 4, 5])
  t.strictSame(sizes, [2, 2, 1])
})

t.test('what is asked for again in the pause is done once more at its end', async t => {
  let done = 0
  const ask = atMostEvery(20, async () => {
    done += 1
  })
  await Promise.all([ask(), ask(), ask()])
  t.equal(done, 1, 'at once, and once')
  await setTimeout(60)
  t.equal(done, 2, 'and again')
})
