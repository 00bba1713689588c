/** The laws of monthly gifts in the database, tried by raw SQL as its owner. */
import t from 'tap'
import { testApp } from '../support/app.ts'
import { begin } from './monthly-run.ts'

t.setTimeout(120_000)
const api = await testApp(t)
const id = await begin(api)
const gift = async (set: string) =>
  api.owner.query(`update donations.monthly_gifts set ${set} where id = $1`, [id])
const change = (what: string, values = 'null, null, null') =>
  api.owner.query(
    `insert into donations.monthly_changes (organisation_id, id, monthly_gift_id, what, amount, costs_share, gift_item_id, subscription_id, requested_at)
     select organisation_id, gen_random_uuid(), id, '${what}', ${values}, subscription_id, now() from donations.monthly_gifts where id = $1`,
    [id],
  )

t.test('it is one subscription for good, and older words replace nothing', async t => {
  await t.rejects(gift("subscription_id = 'sub_other'"), /one subscription for good/)
  await t.rejects(gift("customer_id = 'cus_other'"), /one subscription for good/)
  await t.rejects(gift("said_at = said_at - interval '1 s'"), /said earlier/)
  await t.rejects(gift("state = 'awaiting-payment'"), /was paid/)
  await t.rejects(gift('said_at = null'), /said_by_the_provider/)
})

t.test('one change at a time, whole, and answered once', async t => {
  await t.rejects(change('pause', '100, 0, null'), /amount_of_a_change/)
  await t.rejects(change('change-amount'), /amount_of_a_change/)
  await change('pause')
  await t.rejects(change('stop'), /one_open_change/)
  const set = (what: string) => api.owner.query(`update donations.monthly_changes set ${what}`)
  await t.rejects(set('answered_at = now()'), /answered_when_asked/)
  await set('asked_at = now()')
  await t.rejects(set("asked_at = now() + interval '1 s'"), /asked and answered once/)
  await set('answered_at = now()')
  await t.rejects(set("refused = 'x'"), /asked and answered once/)
})

t.test('an instalment is of one charge, in its pool, and whole', async t => {
  const again = `insert into donations.donations (organisation_id, id, pool_id, amount, costs_share, currency, receipt_token_sha256, locale, provider,
      pool_name, return_base, created_at, monthly_gift_id, provider_charge_id, provider_invoice_id)
    select organisation_id, gen_random_uuid(), POOL, amount, costs_share, currency, sha256(gen_random_uuid()::text::bytea), locale, provider, pool_name,
      return_base, created_at, monthly_gift_id, CHARGE, provider_invoice_id from donations.donations where monthly_gift_id is not null limit 1`
  const insert = (pool: string, charge: string) =>
    api.owner.query(again.replace('POOL', pool).replace('CHARGE', charge))
  await t.rejects(insert('pool_id', 'provider_charge_id'), /instalment_of_charge/)
  await t.rejects(insert(`'${api.pools.other.id}'`, "'py_other'"), /instalment_of_monthly_gift/)
  await t.rejects(insert('pool_id', 'null'), /instalment_is_whole/)
})

t.test('stopped stays stopped, and is not changed', async t => {
  await gift("state = 'stopped', next_at = null")
  await t.rejects(gift("state = 'active'"), /has stopped/)
  await t.rejects(change('resume'), /that runs/)
})

t.test('the application writes no more of it than it has to', async t => {
  const may = async (column: string) =>
    (
      await api.owner.query(
        `select has_column_privilege('meent_app', 'donations.monthly_gifts', $1, 'UPDATE') as may,
                has_table_privilege('meent_app', 'donors.monthly_gifts', 'SELECT') as whose`,
        [column],
      )
    ).rows[0]
  t.strictSame(await may('pool_id'), { may: false, whose: false })
  t.strictSame(await may('currency'), { may: false, whose: false })
})
