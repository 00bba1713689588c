/** Money in against the ledger: what the provider moved is booked, to the cent, for the pool that it was given to. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

/** The kinds of entries that these checks answer for. */
export const donationKinds = [
  'donation-received',
  'donation-available',
  'donation-failed-late',
  'provider-paid-out',
  'provider-payout-failed',
  'provider-fee-charged',
] as const

export const donationChecks: Checks = {
  // Pending and available count as one, and a shortfall as its fund: which of them bears a debit depends on the moment.
  'each transaction of the provider is booked once: the cash, the gift, the share for costs and the fee':
    organisationId => sql`
    with bounced as materialized (
      select donation_id from donations.provider_transactions
       where organisation_id = ${organisationId} and kind = 'gift-failed' and parked is null
    ), said as (
      select t.id as key, k.entry as kind, d.pool_id::text collate "C" as pool, t.net as cash,
             case when t.kind like 'provider-payout%' then -t.net else 0 end as transit,
             case t.kind when 'gift' then -d.amount when 'gift-failed' then d.amount else 0 end
               + case d.fee_bearer when 'pool' then t.fee else 0 end as fund,
             case t.kind when 'gift' then -d.costs_share when 'gift-failed' then d.costs_share when 'provider-fee' then -t.net
               else 0 end + case d.fee_bearer when 'costs' then t.fee else 0 end as costs, false as may_be_missing
        from donations.provider_transactions t
        left join (values ('gift', 'donation-received'), ('gift-failed', 'donation-failed-late'),
                          ('provider-payout', 'provider-paid-out'), ('provider-payout-failed', 'provider-payout-failed'),
                          ('provider-fee', 'provider-fee-charged')) k(kind, entry) on k.kind = t.kind
        left join donations.donations d on d.organisation_id = t.organisation_id and d.id = t.donation_id
       where t.organisation_id = ${organisationId} and t.parked is null
      union all -- it moves from pending to available; of a gift that bounced and cost nothing, nothing is left to move
      select t.id || ':available', 'donation-available', t.pool_id::text, 0, 0, 0, 0,
             t.fee = 0 and t.donation_id in (select donation_id from bounced)
        from donations.provider_transactions t
       where t.organisation_id = ${organisationId} and t.parked is null and t.kind = 'gift' and t.made_available_at is not null
    ), account as materialized (
      select id, pool_id::text collate "C" as pool,
             case when kind in ('stripe-pending', 'stripe-available') then 1 when kind = 'in-transit' then 2
                  when kind like 'fund-%' or subject like 'fund-%' then 3
                  when kind like 'costs-%' or subject like 'costs-%' then 4 end as side
        from ledger.accounts where organisation_id = ${organisationId}
    ), held as (
      select e.key, e.kind, min(a.pool) as pool, max(a.pool) as other_pool,
             coalesce(sum(p.amount) filter (where a.side = 1), 0) as cash,
             coalesce(sum(p.amount) filter (where a.side = 2), 0) as transit,
             coalesce(sum(p.amount) filter (where a.side = 3), 0) as fund,
             coalesce(sum(p.amount) filter (where a.side = 4), 0) as costs
        from ledger.entries e
        join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
        join account a on a.id = p.account_id
       where e.organisation_id = ${organisationId} and e.kind = any (${donationKinds})
       group by e.organisation_id, e.id
    )
    select coalesce(held.kind, said.kind) || ' ' || coalesce(held.key, said.key)
           || case when held.key is null then ' has no entry' when said.key is null then ' is of no transaction'
                   else ' differs from its transaction' end as detail
      from said full join held using (key)
     where not (held.key is null and said.may_be_missing)
       and ((said.kind, said.pool, said.cash, said.transit, said.fund, said.costs)
            is distinct from (held.kind, held.pool, held.cash, held.transit, held.fund, held.costs) or held.pool <> held.other_pool)`,

  'what is pending at the provider is what has not become available': organisationId => sql`
    with entry as (
      select t.id, t.fee, t.net, t.kind, t.organisation_id, t.donation_id,
             (select sum(p.amount) from ledger.entries e
                join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
                join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
               where e.organisation_id = t.organisation_id and e.key = t.id || ':available'
                 and a.kind = 'stripe-available') as moved
        from donations.provider_transactions t
       where t.organisation_id = ${organisationId} and t.kind = 'gift' and t.made_available_at is not null
    )
    select 'transaction ' || id || ' made ' || coalesce(moved, 0) || ' available' as detail from entry
     where moved is distinct from net
       and not (coalesce(moved, 0) = -fee and exists (
         select from donations.provider_transactions f where f.organisation_id = entry.organisation_id
            and f.donation_id = entry.donation_id and f.kind = 'gift-failed' and f.parked is null))`,

  'a gift that was paid is the gift that was meant: its amount, pool and currency': organisationId => sql`
    select 'transaction ' || t.id || ' of donation ' || coalesce(t.donation_id::text, '') as detail
      from donations.provider_transactions t
      left join donations.donations d on d.organisation_id = t.organisation_id and d.id = t.donation_id
     where t.organisation_id = ${organisationId} and t.parked is null and (
           t.net <> t.amount - t.fee
        or t.kind in ('gift', 'gift-failed') and (t.amount, t.pool_id, t.currency) is distinct from
           (case t.kind when 'gift' then 1 else -1 end * (d.amount + d.costs_share), d.pool_id, d.currency))`,

  'every account of a pool belongs to one, and the others to no pool': organisationId => sql`
    select 'account ' || a.organisation_id || '/' || a.id || ' ' || a.kind || ' ' || a.subject as detail
      from ledger.accounts a
      left join pools.pools p on p.organisation_id = a.organisation_id and p.id = a.pool_id
     where a.organisation_id = ${organisationId} and (
           (a.kind in ('stripe-pending', 'dispute-receivable', 'refunds-owed') or a.kind like 'fund-%')
           and (a.subject, a.currency) is distinct from (p.id::text, p.currency)
        or (a.kind in ('stripe-available', 'in-transit', 'loss-reserve', 'suspense') or a.kind like 'costs-%')
           and (a.subject <> '' or a.pool_id is not null))`,
}
