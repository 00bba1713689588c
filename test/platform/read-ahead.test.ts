// Reading goes on while what was read is worked on, in order, bounded, and ends with the work.

import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { readAhead } from '../../src/platform/read-ahead.ts'

t.test('all of it, in order, in larger portions when the work is slower than the reading', async t => {
  let read = 0
  async function* pages() {
    for (let page = 0; page < 20; page += 1) {
      read += 1
      yield [page * 2, page * 2 + 1]
      await setTimeout(0)
    }
  }
  const portions: number[][] = []
  for await (const some of readAhead(pages(), 6)) {
    portions.push(some)
    await setTimeout(10)
    t.ok(read * 2 - portions.flat().length <= 8, 'no more is read ahead than may wait, and a page')
  }
  t.strictSame(
    portions.flat(),
    Array.from({ length: 40 }, (_, index) => index),
  )
  t.ok(portions.length < 20, `${portions.length} portions of 20 pages`)
})

t.test('what fails is told after what came before it; who stops early stops the reading', async t => {
  let read = 0
  async function* failing() {
    yield [1]
    yield [2]
    throw new Error('no more')
  }
  const got: number[] = []
  await t.rejects(async () => {
    for await (const some of readAhead(failing(), 10)) got.push(...some)
  }, /no more/)
  t.strictSame(got, [1, 2])
  async function* endless() {
    for (;;) {
      read += 1
      yield [read]
      await setTimeout(0)
    }
  }
  for await (const some of readAhead(endless(), 3)) if (some) break
  await setTimeout(5)
  const then = read
  await setTimeout(10)
  t.equal(read, then)
})
