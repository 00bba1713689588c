/** Campaigns against the ledger and the trail: what moved on is booked once, and whoever decided has their act. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

/** The kinds of entries that these checks answer for. */
export const campaignKinds = ['fund-moved'] as const

export const campaignChecks: Checks = {
  'what moved on from a campaign is booked once, to the cent, from its pool to the one it named':
    organisationId => sql`
    with moved as (
      select m.outcome_id || ':' || m.position as key, m.amount, c.pool_id, c.moves_to
        from campaigns.moves m
        join campaigns.outcomes o on o.organisation_id = m.organisation_id and o.id = m.outcome_id
        join campaigns.campaigns c on c.organisation_id = o.organisation_id and c.id = o.campaign_id
       where m.organisation_id = ${organisationId}
    ), booked as (
      select e.key, a.pool_id, sum(p.amount) as amount
        from ledger.entries e
        join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
        join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
       where e.organisation_id = ${organisationId} and e.kind = 'fund-moved'
       group by 1, 2
    ), said as (
      select key, pool_id, amount from moved union all select key, moves_to, -amount from moved
    )
    select coalesce(s.key, b.key) || ': ' || coalesce(s.amount, 0) || ' said, ' || coalesce(b.amount, 0) || ' booked' as detail
      from said s full join booked b on b.key = s.key and b.pool_id = s.pool_id
     where s.amount is distinct from b.amount`,

  'each step of a campaign that somebody decided has the act of whoever did': organisationId => sql`
    with steps as (
      select case when pool_id is null then 'campaign.refuse' else 'campaign.approve' end as action, id, decided_by as by,
             decided_at as at
        from campaigns.campaigns
       where organisation_id = ${organisationId} and decided_by is not null and (pool_id is not null or state = 'refused')
      union all select 'campaign.review', campaign_id, reviewed_by, reviewed_at
        from campaigns.reviews where organisation_id = ${organisationId}
      union all select 'campaign-update.remove', id, removed_by, removed_at
        from campaigns.updates where organisation_id = ${organisationId} and removed_at is not null
      union all select 'campaign-outcome.decide', id, decided_by, decided_at
        from campaigns.outcomes where organisation_id = ${organisationId}
      union all select 'campaign-outcome.approve', id, approved_by, approved_at
        from campaigns.outcomes where organisation_id = ${organisationId} and approved_at is not null
      union all select 'campaign-outcome.withdraw', id, withdrawn_by, withdrawn_at
        from campaigns.outcomes where organisation_id = ${organisationId} and withdrawn_at is not null
    )
    select s.action || ' of ' || s.id as detail
      from steps s
     where not exists (select from acts.acts a
                        where a.organisation_id = ${organisationId} and a.subject_id = s.id::text and a.action = s.action
                          and a.actor_id = s.by and a.at = s.at)`,

  'a campaign that is done moved everything or gave every gift back': organisationId => sql`
    select 'outcome ' || o.id || ' is done with ' || l.amount || ' of gift ' || d.id as detail
      from campaigns.outcomes o
      join campaigns.campaigns c on c.organisation_id = o.organisation_id and c.id = o.campaign_id and c.if_unreached = 'refund'
      join donations.donations d on d.organisation_id = c.organisation_id and d.pool_id = c.pool_id
       and d.provider <> 'bank-transfer' and d.created_at < o.done_at
      join donations.provider_transactions t on t.organisation_id = d.organisation_id and t.donation_id = d.id
       and t.kind = 'gift' and t.made_available_at < o.done_at
      cross join lateral donations.left_of(d.organisation_id, d.id) l(amount)
     where o.organisation_id = ${organisationId} and l.amount > 0
       and not exists (select from donations.refunds r where r.organisation_id = d.organisation_id and r.donation_id = d.id)`,
}
