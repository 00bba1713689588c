// Rows of disbursements are born at their first step, whoever writes them.

import t from 'tap'

t.test('the database keeps a row from being born further than its first step', async t => {
  const { testDatabase } = await import('../support/database.ts')
  const { default: pg } = await import('pg')
  const { url } = await testDatabase(t)
  const owner = new pg.Client(url)
  await owner.connect()
  t.teardown(() => owner.end())
  const born = (column: string) => `
    insert into disbursements.cycles (organisation_id, id, pool_id, month, payday, planned_at, ${column}_by, ${column}_at)
    values (1, gen_random_uuid(), gen_random_uuid(), '2027-01-01', '2027-01-25', now(), gen_random_uuid(), now())`
  await t.rejects(owner.query(born('proposed')), { code: 'MT001' }, 'proposed')
  await t.rejects(
    owner.query(`
      insert into disbursements.attempts (organisation_id, id, payout_id, batch_id, end_to_end_id, outcome, outcome_at)
      values (1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'e', 'settled', now())`),
    { code: 'MT001' },
    'settled',
  )
  await t.rejects(
    owner.query(`
      insert into disbursements.batches (organisation_id, id, cycle_id, bank_account_id, message_id, execution_date, payouts,
        total, currency, document_id, made_by, made_at, handed_over_by, handed_over_at)
      values (1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'm', '2027-01-24', 1, 1, 'EUR', gen_random_uuid(),
        gen_random_uuid(), now(), gen_random_uuid(), now())`),
    { code: 'MT001' },
    'handed over',
  )
})
