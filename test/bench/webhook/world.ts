// What a busy evening left at the provider and with us: donations to one pool, each paid, with its charge and balance
// transaction. By SQL and as the owner, as the service
// would have written it. With an event for each in the inbox, unless the bench sends those.

import pg from 'pg'

/** Gifts 1 to `gifts`, € 25 each with a fee of € 0.29, some a minute ago. */
export async function makeWorld(ownerUrl: string, gifts: number, { withEvents = true } = {}): Promise<void> {
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  const ids = `(select n, overlay(overlay(md5('gift' || n) placing '4' from 13) placing '8' from 17)::uuid as donation_id, 'py_bench_' || n as charge_id, 'txn_bench_' || n as id,
                       date_trunc('second', now()) - interval '1 minute' as at from generate_series(1, ${gifts}) n)`
  for (const statement of [
    'set session_replication_role = replica',
    `insert into pools.pools (organisation_id, id, slug, name, kind, area, bank_account_id)
     select organisation_id, md5('pool')::uuid, 'hot', 'Hot pool', 'community', 'Somewhere', id
       from organisations.bank_accounts limit 1`,
    `insert into donations.donations (organisation_id, id, pool_id, amount, currency, receipt_token_sha256, locale, provider,
                                      pool_name, return_base, fee_bearer, created_at)
     select p.organisation_id, donation_id, p.id, 2500, 'EUR', sha256(g.id::bytea), 'nl', 'stripe', 'Hot pool', 'here', 'pool', at
       from ${ids} g, pools.pools p where p.slug = 'hot'`,
    `insert into simulation.charges (id, payment_intent_id, checkout_session_id, status, amount, currency, method, metadata,
                                     balance_transaction_id, created_at)
     select charge_id, 'pi_bench_' || n, 'cs_test_bench', 'succeeded', 2500, 'eur', 'ideal',
            json_build_object('donationId', donation_id, 'organisationId', '1', 'poolId', md5('pool')::uuid)::text, id, at
       from ${ids} g`,
    `insert into simulation.balance_transactions (id, type, reporting_category, amount, fee, currency, status, source_id,
                                                  created_at, available_on)
     select id, 'payment', 'charge', 2500, 29, 'eur', 'pending', charge_id, at, at + interval '2 days' from ${ids} g order by n`,
    `insert into donations.inbox (organisation_id, event_id, type, happened_at, document_id, object_id)
     select p.organisation_id, 'evt_bench_' || n, 'charge.updated', at, donation_id, charge_id
       from ${ids} g, pools.pools p where p.slug = 'hot' and ${withEvents}`,
    'vacuum analyze',
  ])
    await owner.query(statement)
  await owner.end()
}
