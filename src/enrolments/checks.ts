/** What is set aside against the terms that it is set aside for: a term is reserved once, and empties month by month. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

/** The kinds of entries that these checks answer for. */
export const enrolmentKinds = ['income-reserved'] as const

export const enrolmentChecks: Checks = {
  'an enrolment has set aside what its term has left': organisationId => sql`
    select 'enrolment ' || coalesce(n.id::text, a.subject) || ' has ' || coalesce(-a.balance, 0) || ' set aside, its term has '
           || coalesce(n.monthly_amount * n.term_months - coalesce(d.accrued, 0), 0) || ' left' as detail
      from (select * from enrolments.enrolments where organisation_id = ${organisationId}) n
      left join (select p.enrolment_id, sum(p.amount) as accrued from disbursements.payouts p
                   join disbursements.cycles c on c.organisation_id = p.organisation_id and c.id = p.cycle_id
                  where p.organisation_id = ${organisationId} and c.approved_at is not null
                  group by p.enrolment_id) d on d.enrolment_id = n.id
      full join (select * from ledger.accounts
                  where organisation_id = ${organisationId} and kind = 'enrolment-reserved') a
        on a.subject = n.id::text and a.currency = n.currency
     where coalesce(n.monthly_amount * n.term_months - coalesce(d.accrued, 0), 0) <> coalesce(-a.balance, 0)
        or n.id is null`,

  'a term is reserved once, whole, from the fund of its pool': organisationId => sql`
    select 'enrolment ' || coalesce(n.id::text, '') || ', entry ' || coalesce(e.key, 'missing') as detail
      from (select * from enrolments.enrolments where organisation_id = ${organisationId}) n
      full join (select e.id, e.key, e.nature from ledger.entries e
                  where e.organisation_id = ${organisationId} and e.kind = 'income-reserved') e
        on e.key = n.id::text
     where n.id is null or e.id is null or e.nature <> 'decision'
        or (select array_agg((a.kind, a.subject, p.amount)::text order by p.ordinal)
              from ledger.postings p
              join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
             where p.organisation_id = ${organisationId} and p.entry_id = e.id)
           is distinct from array[
             ('fund-available'::text, n.pool_id::text, n.monthly_amount * n.term_months)::text,
             ('enrolment-reserved'::text, n.id::text, -n.monthly_amount * n.term_months)::text]`,

  'every account of a recipient belongs to an enrolment, in its pool and currency': organisationId => sql`
    select 'account ' || a.organisation_id || '/' || a.id || ' ' || a.kind || ' ' || a.subject as detail
      from ledger.accounts a
      left join enrolments.enrolments n on n.organisation_id = a.organisation_id and n.id::text = a.subject
     where a.organisation_id = ${organisationId}
       and a.kind in ('enrolment-reserved', 'recipient-payable', 'payout-sent')
       and (a.pool_id, a.currency) is distinct from (n.pool_id, n.currency)`,
}
