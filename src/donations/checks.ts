/** Money in against the ledger: what the provider moved is booked, to the cent, for the pool that it was given to. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

/** Entries that belong to one transaction of the provider, or one step of a refund. */
const bookedKinds = [
  'donation-received',
  'donation-available',
  'donation-failed-late',
  'refund-decided',
  'refund-withdrawn',
  'refund-paid',
  'refund-failed',
  'refund-made-outside',
  'refund-made-outside-failed',
  'dispute-opened',
  'dispute-won',
  'provider-paid-out',
  'provider-payout-failed',
  'provider-fee-charged',
] as const
/** The kinds of entries that these checks answer for. */
export const donationKinds = [...bookedKinds, 'dispute-lost'] as const

export const donationChecks: Checks = {
  'each event that must still have its document has it': organisationId => sql`
    select 'event ' || id as detail from donations.events_without_document(${organisationId}) id`,

  // Of a cent that costs alone bear, no account of the pool knows. Pending and available count as one, and a shortfall as its fund: which of them bears a debit depends on the moment.
  'each transaction of the provider and each step of a refund is booked once, to the cent':
    organisationId => sql`
    with bounced as materialized (
      select donation_id from donations.provider_transactions
       where organisation_id = ${organisationId} and kind = 'gift-failed' and parked is null
    ), moved as (
      select t.*, d.pool_id as its_pool, d.fee_bearer, donations.costs_part(t.amount, d.amount, d.costs_share) as costs_part
        from donations.provider_transactions t
        left join donations.donations d on d.organisation_id = t.organisation_id and d.id = t.donation_id
       where t.organisation_id = ${organisationId} and t.parked is null
    ), said as (
      select t.id as key, k.entry as kind, t.its_pool::text collate "C" as pool, t.net as cash,
             case when t.kind like 'provider-payout%' then -t.net else 0 end as transit,
             case when t.refund_id is null then coalesce(t.costs_part - t.amount, 0) else 0 end
               + case t.fee_bearer when 'pool' then t.fee else 0 end as fund,
             case when t.kind = 'provider-fee' then -t.net when t.refund_id is null then coalesce(-t.costs_part, 0) else 0 end
               + case t.fee_bearer when 'costs' then t.fee else 0 end as costs,
             case when t.refund_id is null then 0 else -t.amount end as owed, false as may_be_missing
        from moved t
        left join (values ('gift', false, 'donation-received'), ('gift-failed', false, 'donation-failed-late'),
                          ('refund', true, 'refund-paid'), ('refund-failed', true, 'refund-failed'),
                          ('refund', false, 'refund-made-outside'), ('refund-failed', false, 'refund-made-outside-failed'),
                          ('dispute', false, 'dispute-opened'), ('dispute-won', false, 'dispute-won'),
                          ('provider-payout', false, 'provider-paid-out'), ('provider-payout-failed', false, 'provider-payout-failed'),
                          ('provider-fee', false, 'provider-fee-charged')) k(kind, ours, entry)
          on k.kind = t.kind and k.ours = (t.refund_id is not null)
      union all -- it moves from pending to available; of a gift that bounced and cost nothing, nothing is left to move
      select t.id || ':available', 'donation-available', t.pool_id::text, 0, 0, 0, 0, 0,
             t.fee = 0 and t.donation_id in (select donation_id from bounced)
        from moved t where t.kind = 'gift' and t.made_available_at is not null
      union all -- decided, and perhaps called off
      select r.id::text || step.key, step.kind, r.pool_id::text, 0, 0, step.sign * (r.amount - costs_part), step.sign * costs_part,
             -step.sign * r.amount, false
        from donations.refunds r
        join donations.donations d on d.organisation_id = r.organisation_id and d.id = r.donation_id
        cross join lateral donations.costs_part(r.amount, d.amount, d.costs_share)
        cross join lateral (values (1, '', 'refund-decided', true),
                                   (-1, ':withdrawn', 'refund-withdrawn', r.withdrawn_at is not null)) step(sign, key, kind, taken)
       where r.organisation_id = ${organisationId} and step.taken
    ), account as materialized (
      select id, pool_id::text collate "C" as pool,
             case when kind in ('stripe-pending', 'stripe-available') then 1 when kind = 'in-transit' then 2
                  when kind in ('fund-pending', 'fund-available') or subject ~ '^fund-(pending|available):' then 3
                  when kind like 'costs-%' or subject like 'costs-%' then 4 when kind = 'refunds-owed' then 5 end as side
        from ledger.accounts where organisation_id = ${organisationId}
    ), held as (
      select e.key, e.kind, min(a.pool) as pool, max(a.pool) as other_pool,
             coalesce(sum(p.amount) filter (where a.side = 1), 0) as cash,
             coalesce(sum(p.amount) filter (where a.side = 2), 0) as transit,
             coalesce(sum(p.amount) filter (where a.side = 3), 0) as fund,
             coalesce(sum(p.amount) filter (where a.side = 4), 0) as costs,
             coalesce(sum(p.amount) filter (where a.side = 5), 0) as owed
        from ledger.entries e
        join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
        join account a on a.id = p.account_id
       where e.organisation_id = ${organisationId} and e.kind = any (${bookedKinds})
       group by e.organisation_id, e.id
    )
    select coalesce(held.kind, said.kind) || ' ' || coalesce(held.key, said.key)
           || case when held.key is null then ' has no entry' when said.key is null then ' is of no transaction'
                   else ' differs from its transaction' end as detail
      from said full join held using (key)
     where not (held.key is null and said.may_be_missing)
       and ((said.kind, said.pool, said.cash, said.transit, said.fund, said.costs, said.owed) is distinct from
            (held.kind, coalesce(held.pool, said.pool), held.cash, held.transit, held.fund, held.costs, held.owed) or held.pool <> held.other_pool)`,

  'what is pending at the provider is what has not become available': organisationId => sql`
    with entry as (
      select t.id, t.net, t.organisation_id, t.donation_id,
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
       and coalesce(moved, 0) is distinct from (
         select entry.net + f.net from donations.provider_transactions f where f.organisation_id = entry.organisation_id
            and f.donation_id = entry.donation_id and f.kind = 'gift-failed' and f.parked is null)`,

  'a gift that was paid is the gift that was meant, and what goes back is of it': organisationId => sql`
    select 'transaction ' || t.id || ' of donation ' || coalesce(t.donation_id::text, '') as detail
      from donations.provider_transactions t
      left join donations.donations d on d.organisation_id = t.organisation_id and d.id = t.donation_id
     where t.organisation_id = ${organisationId} and t.parked is null and (
           t.net <> t.amount - t.fee
        or t.kind = 'gift' and t.amount is distinct from d.amount + d.costs_share
        or t.kind in ('gift-failed', 'refund', 'refund-failed', 'dispute', 'dispute-won') and (
           abs(t.amount) > d.amount + d.costs_share or (t.amount > 0) <> (t.kind in ('refund-failed', 'dispute-won')))
        or t.kind in ('gift', 'gift-failed', 'refund', 'refund-failed', 'dispute', 'dispute-won')
           and (t.pool_id, t.currency) is distinct from (d.pool_id, d.currency))`,

  'what is owed to donors is what was decided and has not left': organisationId => sql`
    with said as (
      select pool_id, sum(amount) as owed from (
        select pool_id, amount from donations.refunds where organisation_id = ${organisationId} and withdrawn_at is null
        union all
        select pool_id, amount from donations.provider_transactions
         where organisation_id = ${organisationId} and refund_id is not null and parked is null) r group by pool_id
    ), held as (
      select pool_id, -balance as owed from ledger.accounts where organisation_id = ${organisationId} and kind = 'refunds-owed'
    )
    select 'pool ' || coalesce(said.pool_id, held.pool_id) || ': ' || coalesce(held.owed, 0) || ' is owed in the ledger, '
           || coalesce(said.owed, 0) || ' by its refunds' as detail
      from said full join held using (pool_id) where coalesce(said.owed, 0) <> coalesce(held.owed, 0)`,

  'what is argued about is what the disputes that are open took, on both sides': organisationId => sql`
    with said as (
      select d.pool_id, sum(donations.open_of_dispute(x.organisation_id, x.id)) as argued
        from donations.disputes x
        join donations.donations d on d.organisation_id = x.organisation_id and d.id = x.donation_id
       where x.organisation_id = ${organisationId} group by 1
    ), held as (
      select pool_id, sum(-balance) filter (where kind = 'fund-disputed') as fund,
             sum(balance) filter (where kind = 'dispute-receivable') as receivable
        from ledger.accounts where organisation_id = ${organisationId} and kind in ('fund-disputed', 'dispute-receivable')
       group by 1
    )
    select 'pool ' || coalesce(said.pool_id, held.pool_id) as detail
      from said full join held using (pool_id)
     where (coalesce(said.argued, 0), coalesce(said.argued, 0)) <> (coalesce(held.fund, 0), coalesce(held.receivable, 0))`,

  'no more of a gift was promised back than was given': organisationId => sql`
    select 'donation ' || d.id as detail
      from donations.donations d
      join (select donation_id, sum(amount) as amount from donations.refunds
             where organisation_id = ${organisationId} and withdrawn_at is null group by 1) r on r.donation_id = d.id
     where d.organisation_id = ${organisationId} and r.amount > d.amount + d.costs_share`,

  'the ledger is what the provider said that it holds, to the cent': organisationId => sql`
    select last.currency || ': ' || ledger_pending + ledger_available || ' in the ledger, '
           || provider_pending + provider_available || ' at the provider' as detail
      from (select distinct on (currency) * from donations.balance_readings
             where organisation_id = ${organisationId} order by currency, id desc) last
     where ledger_pending + ledger_available <> provider_pending + provider_available`,

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
