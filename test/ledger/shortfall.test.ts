/** Law 5 for facts: what really happened is never refused. The fund goes to zero, the rest to its shortfall, which is repaid first. */
import t, { type Test } from 'tap'
import { checkLedger } from '../../src/ledger/checks.ts'
import { balances, book, refused, testLedger } from './support.ts'

const { app, db } = await testLedger(t)
const lacking = { code: 'MT003' }

/** A fund of 100 of its own name. */
const fundOf100 = (name: string) => book(app, { key: `gift-${name}`, lines: { 'bank b': 100, [name]: -100 } })
const taken = (key: string, name: string, amount: number) =>
  book(app, { key, lines: { 'bank b': -amount, [name]: amount } })
const given = (key: string, name: string, amount: number) => taken(key, name, -amount)

async function positionIs(t: Test, name: string, fund: number, shortfall: number, what: string) {
  const all = await balances(app)
  const subject = name.replace(' ', ':')
  t.strictSame([-(all[name] ?? 0), all[`shortfall ${subject}`] ?? 0], [fund, shortfall], what)
}

t.test('what a fact takes beyond the fund lands in the shortfall of that fund', async t => {
  for (const kind of [
    'fund-available',
    'fund-pending',
    'fund-disputed',
    'costs-pending',
    'costs-available',
  ]) {
    const name = `${kind} beyond`
    await fundOf100(name)
    await taken(`${kind}-1`, name, 100)
    await positionIs(t, name, 0, 0, 'the last cent')
    await taken(`${kind}-2`, name, 1)
    await positionIs(t, name, 0, 1, 'one more')
    await taken(`${kind}-3`, name, 49)
    await positionIs(t, name, 0, 50, 'and more')
  }
})

t.test('one fact may take the rest of the fund and go on into the shortfall', async t => {
  await fundOf100('fund-available across')
  await taken('across', 'fund-available across', 130)
  await positionIs(t, 'fund-available across', 0, 30, '100 from the fund, 30 short')
})

t.test('whatever comes in repays the shortfall first', async t => {
  const name = 'fund-available repaid'
  await fundOf100(name)
  await taken('repaid-0', name, 150)
  await given('repaid-1', name, 20)
  await positionIs(t, name, 0, 30, 'a part')
  await given('repaid-2', name, 45)
  await positionIs(t, name, 15, 0, 'the rest, and the fund begins again')
  await taken('repaid-3', name, 20)
  const decided = { 'loss-reserve repaid': 7, [name]: -7 }
  await book(app, { key: 'repaid-4', lines: { 'bank b': 7, 'loss-reserve repaid': -7 } })
  await book(app, { key: 'repaid-5', nature: 'decision', lines: decided })
  await positionIs(t, name, 2, 0, 'a decision repays too')
})

t.test('a fund with a shortfall bears no decision, and the refusal counts the shortfall', async t => {
  const name = 'fund-available blocked'
  await fundOf100(name)
  await taken('blocked', name, 130)
  const reserve = { [name]: 1, 'enrolment-reserved blocked': -1 }
  const attack = () => book(app, { key: 'reserve', nature: 'decision', lines: reserve })
  const detail = '{"account" : "fund-available", "missing" : "31"}'
  await refused(t, app, attack, { ...lacking, detail }, 'a cent')
  await given('unblocked', name, 31)
  await attack()
  await positionIs(t, name, 0, 0, 'what was left after repaying')
})

t.test('a fact is the same fact again, however much of it fell through', async t => {
  const name = 'fund-available again'
  await fundOf100(name)
  const { id } = await taken('again', name, 130)
  t.strictSame(await taken('again', name, 130), { id, outcome: 'already' })
  await given('again-more', name, 500)
  t.strictSame(await taken('again', name, 130), { id, outcome: 'already' })
  for (const other of [100, 30, 129])
    await refused(t, app, () => taken('again', name, other), { code: 'MT004' }, `${other} under its key`)
})

t.test('after all this every law holds', async t => t.strictSame(await checkLedger(db), []))

t.test('a posting of nothing is refused, also where a fund is short', async t => {
  const nothing = { 'bank b': 5, 'fund-available across': -5, suspense: 0 }
  await refused(t, app, () => book(app, { key: 'nothing', lines: nothing }), { code: 'MT002' }, 'zero')
})

t.test('only the ledger itself brings a shortfall about: beside a fund with money there is none', async t => {
  await fundOf100('fund-available beside')
  const attack = () =>
    book(app, { key: 'beside', lines: { 'shortfall fund-available:beside': 10, 'bank b': -10 } })
  await refused(t, app, attack, { code: /^MT/ }, 'a posting to the shortfall itself')
})
