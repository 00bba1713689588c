// A pool can pay one more income than ever before: whoever gave to it before that is told, once.

import t from 'tap'
import { postTransactions, thankDonors } from '../../src/donations/index.ts'
import { noteGoals, tellGoals } from '../../src/giving/index.ts'
import { lettersTo } from '../auth/mailbox.ts'
import { pay, start } from '../donors/run.ts'
import { testApp } from '../support/app.ts'

t.setTimeout(60_000)
const api = await testApp(t, { terms: { monthlyAmount: 10_000n, termMonths: 6 } })
const { deps, pools } = api
const EARLY = 'vroeg@thuis.example'
const LATE = 'laat@thuis.example'
const STRANGER = 'elders@thuis.example'

async function gave(email: string | undefined, amount: number, pool = pools.open.id) {
  const gift = await start(api, email ? { email, amount } : { amount, email: '' }, pool)
  await pay(api, gift)
  await postTransactions(deps)
}
let day = 3
async function look() {
  day += 4
  await api.liveTo(`2027-03-${String(day).padStart(2, '0')}`)
  await thankDonors(deps)
  return { reached: await noteGoals(deps), told: await tellGoals(deps) }
}
const goals = async (email: string) =>
  (await lettersTo(api, email)).filter(({ letter }) => /inkomen/.test(letter.subject)).length

t.test('where counting begins nobody is told', async t => {
  await gave(EARLY, 70_000)
  t.strictSame(await look(), { reached: 0, told: 0 })
})

t.test('the next one is told to whoever gave to that pool, once, and to nobody else', async t => {
  await gave(EARLY, 100)
  await gave(STRANGER, 1_000, pools.other.id)
  await gave(undefined, 70_000)
  t.strictSame(await look(), { reached: 1, told: 1 })
  await gave(LATE, 1_000)
  t.strictSame(await look(), { reached: 0, told: 0 })
  t.strictSame([await goals(EARLY), await goals(LATE), await goals(STRANGER)], [1, 0, 0])
  const letter = (await lettersTo(api, EARLY)).find(each => /inkomen/.test(each.letter.subject))?.letter
  t.match(letter, { action: { url: `http://meent.test/pools/${pools.open.slug}` }, stop: /goal-reached/ })
  t.ok(letter?.paragraphs.join(' ').includes('het 2e'))
})

t.test(
  'whoever stopped such letters gets none, and a run that was broken off goes on where it stopped',
  async t => {
    const stop = (await lettersTo(api, EARLY)).find(({ letter }) => letter.stop?.includes('goal-reached'))
      ?.letter.stop
    t.equal((await api.ask(new URL(stop ?? '').pathname, { method: 'POST', key: null })).status, 200)
    await gave(undefined, 70_000)
    await api.owner.query('revoke insert on mail.outbox from meent_app')
    day += 4
    await api.liveTo(`2027-03-${day}`)
    t.equal(await noteGoals(deps), 1)
    await t.rejects(tellGoals(deps))
    await api.owner.query(
      'grant insert (organisation_id, id, kind, locale, sealed, queued_at, expires_at, next_attempt_at) on mail.outbox to meent_app',
    )
    const ends = await Promise.all([tellGoals(deps), tellGoals(deps), tellGoals(deps)])
    t.equal(
      ends.reduce((sum, each) => sum + each, 0),
      1,
    )
    t.strictSame([await goals(EARLY), await goals(LATE)], [1, 1])
  },
)

t.test('the database keeps a goal as it was reached', async t => {
  const no = (sql: string) => t.rejects(api.owner.query(sql), { code: 'MT001' }, sql)
  await no('update giving.goals set number = number + 1')
  await no('update giving.goals set told_at = now() where told_at is not null')
  await no('delete from giving.goals')
  await no(`insert into giving.goals (organisation_id, pool_id, number, reached_at)
            select organisation_id, pool_id, number - 1, now() from giving.goals where number > 0 limit 1`)
})
