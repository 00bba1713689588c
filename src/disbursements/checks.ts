/**
 * Money out against the ledger: what is owed and what is on its way is what payouts and attempts say, and each step of
 * each payout has its entry, posting by posting, and no other entry does.
 */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

/** The kinds of entries that these checks answer for; what the bank books, `reconciliation` looks at as well. */
export const disbursementKinds = [
  'income-accrued',
  'payout-instructed',
  'income-paid',
  'payout-rejected',
] as const

export const disbursementChecks: Checks = {
  'what is owed to a recipient, and what is on its way, is what payouts and attempts say':
    organisationId => sql`
    select 'enrolment ' || coalesce(said.enrolment_id::text, held.subject) || ' owed ' || coalesce(held.owed, 0) || ', sent '
           || coalesce(held.sent, 0) || '; by its payouts ' || coalesce(said.owed, 0) || ', ' || coalesce(said.sent, 0) as detail
      from (select p.enrolment_id, p.currency, coalesce(sum(p.amount) filter (where a.id is null), 0) as owed,
                   coalesce(sum(p.amount) filter (where a.id is not null and a.outcome is null), 0) as sent
              from disbursements.payouts p
              join disbursements.cycles c on c.organisation_id = p.organisation_id and c.id = p.cycle_id
              left join disbursements.attempts a on a.organisation_id = p.organisation_id and a.payout_id = p.id
               and (a.outcome is null or a.outcome = 'settled')
             where p.organisation_id = ${organisationId} and c.approved_at is not null
             group by p.enrolment_id, p.currency) said
      full join (select subject, currency, coalesce(-sum(balance) filter (where kind = 'recipient-payable'), 0) as owed,
                        coalesce(-sum(balance) filter (where kind = 'payout-sent'), 0) as sent
                   from ledger.accounts
                  where organisation_id = ${organisationId} and kind in ('recipient-payable', 'payout-sent')
                  group by subject, currency) held
        on held.subject = said.enrolment_id::text and held.currency = said.currency
     where (coalesce(said.owed, 0), coalesce(said.sent, 0)) <> (coalesce(held.owed, 0), coalesce(held.sent, 0))`,

  'each step of a payout has its one entry, to the cent and to the account': organisationId => sql`
    with payout as (
      select p.*, c.pool_id, c.approved_at from disbursements.payouts p
        join disbursements.cycles c on c.organisation_id = p.organisation_id and c.id = p.cycle_id
       where p.organisation_id = ${organisationId}
    ), attempt as (
      select a.id, a.batch_id, a.outcome, p.enrolment_id, p.amount from disbursements.attempts a
        join payout p on p.id = a.payout_id where a.organisation_id = ${organisationId}
    ), said (kind, key, debited, credited, amount) as (
      select 'income-accrued', id::text, 'enrolment-reserved ' || enrolment_id, 'recipient-payable ' || enrolment_id, amount
        from payout where approved_at is not null
      union all
      select 'payout-instructed', id::text, 'recipient-payable ' || enrolment_id, 'payout-sent ' || enrolment_id, amount
        from attempt
      union all
      select 'income-paid', id || ':settled', 'payout-sent ' || enrolment_id, 'batch-clearing ' || batch_id, amount
        from attempt where outcome in ('settled', 'returned')
      union all
      select 'payout-rejected', id || ':rejected', 'payout-sent ' || enrolment_id, 'recipient-payable ' || enrolment_id, amount
        from attempt where outcome = 'rejected'
    ), held as (
      select e.kind, e.key, count(*) as postings,
             min(a.kind || ' ' || a.subject) filter (where p.amount > 0) as debited,
             min(a.kind || ' ' || a.subject) filter (where p.amount < 0) as credited, max(p.amount) as amount
        from ledger.entries e
        join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
        join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
       where e.organisation_id = ${organisationId} and e.kind = any (${disbursementKinds})
       group by e.kind, e.key
    )
    select coalesce(said.kind, held.kind) || ' ' || coalesce(said.key, held.key)
           || case when held.key is null then ' has no entry' when said.key is null then ' is of no payout'
                   else ' moves ' || held.amount || ' from ' || held.debited || ' to ' || held.credited end as detail
      from said full join held using (key)
     where (said.kind, said.debited, said.credited, said.amount, 2::bigint)
           is distinct from (held.kind, held.debited, held.credited, held.amount, held.postings)`,

  'a payout is of a month of its term, at its amount, and none before two people agreed':
    organisationId => sql`
    select 'payout ' || p.id as detail
      from disbursements.payouts p
      left join disbursements.cycles c on c.organisation_id = p.organisation_id and c.id = p.cycle_id
      left join enrolments.enrolments n on n.organisation_id = p.organisation_id and n.id = p.enrolment_id
     where p.organisation_id = ${organisationId} and (
           (p.amount, p.currency, c.pool_id, p.month) is distinct from (n.monthly_amount, n.currency, n.pool_id, c.month)
        or p.month < n.first_month or p.month >= n.first_month + make_interval(months => n.term_months)
        or c.proposed_by is null or c.approved_by = c.proposed_by
        or c.approved_by is null and exists (select from disbursements.attempts a
                                              where a.organisation_id = p.organisation_id and a.payout_id = p.id))`,

  'a batch is the sum of its payments, and a payment is on its way once': organisationId => sql`
    select 'batch ' || b.id || ' says ' || b.payouts || ' payments, ' || b.total || '; it has ' || count(p.id) || ', '
           || coalesce(sum(p.amount), 0) as detail
      from disbursements.batches b
      left join disbursements.attempts a on a.organisation_id = b.organisation_id and a.batch_id = b.id
      left join disbursements.payouts p on p.organisation_id = a.organisation_id and p.id = a.payout_id
       and p.cycle_id = b.cycle_id
     where b.organisation_id = ${organisationId}
     group by b.organisation_id, b.id
    having b.payouts <> count(p.id) or b.total <> coalesce(sum(p.amount), 0) or count(a.id) <> count(p.id)
    union all
    select 'payout ' || a.payout_id || ' has ' || count(*) || ' payments on their way or settled' as detail
      from disbursements.attempts a
     where a.organisation_id = ${organisationId} and (a.outcome is null or a.outcome = 'settled')
     group by a.payout_id having count(*) > 1`,
}
