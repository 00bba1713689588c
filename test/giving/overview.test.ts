// The annual overview: what came and went in a year, made once, and never changed by what is set, learnt or given back later.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { approveRefund, askRefunds, decideRefund, postTransactions } from '../../src/donations/index.ts'
import {
  makeOverviews,
  type OverviewContent,
  overviewOf,
  overviewYears,
  totalsOf,
} from '../../src/giving/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { lettersTo } from '../auth/mailbox.ts'
import { actor } from '../disbursements/run.ts'
import { DONOR, pay, type StartedGift, start } from '../donors/run.ts'
import { testApp } from '../support/app.ts'

t.setTimeout(60_000)
const api = await testApp(t, { start: '2027-11-01' })
const { deps, organisationId } = api
const clockTo = async (day: string) => {
  const ahead = new Date(`${day}T12:00:00Z`).getTime() - Date.now()
  await api.owner.query('update platform.installation set clock_offset_ms = $1', [ahead])
  await api.liveTo(day)
}
const donorId = async (): Promise<string> =>
  (await api.owner.query('select id from donors.donors order by known_since, id limit 1')).rows[0].id
const overview = async (year: number) => {
  const id = await donorId()
  return inTransaction(deps.db, trx => overviewOf(trx, deps, id, year))
}
const sums = (content: OverviewContent | undefined) => content && totalsOf(content)

async function givenBack({ donationId }: StartedGift, amount: bigint): Promise<void> {
  const decided = await decideRefund(deps, actor(api, 'operator'), {
    ...{ donationId, amount, reason: 'Gever belde', idempotencyKey: randomUUID() },
  })
  await approveRefund(deps, actor(api, 'approver'), { refundId: decided.id, idempotencyKey: randomUUID() })
  await askRefunds(deps)
}

let first: StartedGift
t.test('in the year itself there is none; in January it is made, and its donor is told once', async t => {
  await clockTo('2027-11-02')
  first = await start(api, { amount: 5_000, costsShare: 250 })
  const second = await start(api, { amount: 10_000, email: DONOR })
  await start(api, { amount: 9_900 }) // never paid
  for (const gift of [first, second]) await pay(api, gift)
  await postTransactions(deps)
  await clockTo('2027-11-12')
  await givenBack(second, 4_000n)
  await clockTo('2027-11-20')
  t.equal(await overview(2027), null)
  t.equal(await makeOverviews(deps), 0, 'not in November')
  await clockTo('2028-01-02')
  t.equal(await makeOverviews(deps), 1)
  t.equal(await makeOverviews(deps), 0)
  const letters = (await lettersTo(api, DONOR)).filter(({ letter }) => /2027/.test(letter.subject))
  t.match(letters, [
    { letter: { action: { url: 'http://meent.test/my-gifts/overviews/2027' }, stop: /overview-ready/ } },
  ])
})

t.test('it says what came, what went back, and who received it', async t => {
  const made = await overview(2027)
  t.match(made, {
    isNew: false,
    content: { version: 1, year: 2027, organisation: { legalName: 'Stichting Proef' } },
  })
  t.strictSame(
    made?.content.lines.map(({ what, amount, costsShare, currency }) => [what, amount, costsShare, currency]),
    [
      ['gift', '5250', '250', 'EUR'],
      ['gift', '10000', '0', 'EUR'],
      ['back', '-4000', '0', 'EUR'],
    ],
  )
  t.strictSame(sums(made?.content), [
    { currency: 'EUR', given: 15_250n, back: 4_000n, left: 11_250n, costs: 250n },
  ])
})

t.test('nothing of later changes it: settings, names, refunds, a gift to erase', async t => {
  const before = await overview(2027)
  await api.owner.query(`update organisations.organisations set legal_name = 'Heel Anders', rsin = null`)
  await api.owner.query(`alter table pools.pools disable trigger user`)
  await api.owner.query(`update pools.pools set name = 'Andere naam'`)
  await api.owner.query(`alter table pools.pools enable trigger user`)
  await givenBack(first, 5_250n)
  await clockTo('2028-01-20')
  t.strictSame(await overview(2027), before)
  t.equal(await makeOverviews(deps), 0)
  await clockTo('2029-02-01')
  const next = await overview(2028)
  t.strictSame(sums(next?.content), [
    { currency: 'EUR', given: 0n, back: 5_250n, left: -5_250n, costs: -250n },
  ])
  t.match(
    next,
    { isNew: true, content: { organisation: { legalName: 'Heel Anders' } } },
    'made when it was asked for',
  )
  const id = await donorId()
  t.strictSame(await inTransaction(deps.db, trx => overviewYears(trx, deps, id)), [
    { year: 2028, isMade: true },
    { year: 2027, isMade: true },
  ])
  t.equal(await overview(2026), null)
})

t.test('the database refuses another one, a change, and one of a year that is not over', async t => {
  const no = (sql: string, code = 'MT001') => t.rejects(api.owner.query(sql), { code }, sql)
  await no(`update giving.overviews set content = '{}'`)
  await no('delete from giving.overviews')
  await no('truncate giving.overviews')
  const insert = (year: number, says = year) =>
    `insert into giving.overviews (organisation_id, donor_id, year, content, made_at)
     select organisation_id, id, ${year}, '{"year": ${says}}', now() from donors.donors limit 1`
  await no(insert(2027), '23505')
  await no(insert(2029))
  await no(insert(2026, 2025))
  await t.rejects(api.owner.query('set local role meent_app; select * from giving.overviews'), {
    code: '42501',
  })
  t.equal(organisationId, api.organisationId)
})

t.test('whoever asks at the same moment as the job gets the same one', async t => {
  const gift = await start(api, { amount: 700, email: 'tegelijk@thuis.example' })
  await pay(api, gift)
  await postTransactions(deps)
  const { rows } = await api.owner.query('select donor_id as id from donors.gifts where donation_id = $1', [
    gift.donationId,
  ])
  await clockTo('2030-01-03')
  const asked = () => inTransaction(deps.db, trx => overviewOf(trx, deps, rows[0].id, 2029))
  const all = await Promise.all([asked(), asked(), makeOverviews(deps).then(asked), asked(), asked()])
  t.equal(new Set(all.map(each => each?.madeAt.getTime())).size, 1)
  t.equal((await api.owner.query('select from giving.overviews where year = 2029')).rowCount, 1)
})
