/** The bank against the ledger: what the last statements say is what is booked, and each booked entry once. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

/** The kinds of entries that these checks answer for. */
export const bankKinds = [
  'batch-debited',
  'income-returned',
  'provider-payout-arrived',
  'unrecognised-entry',
  'transfer-received',
  'suspense-resolved',
] as const

export const reconciliationChecks: Checks = {
  'the ledger has at the bank what the last statement says': organisationId => sql`
    select 'bank account ' || coalesce(b.id::text, a.subject) || ': ledger ' || coalesce(a.balance, 0) || ', statement '
           || coalesce(s.closing, 0) as detail
      from (select id, currency from organisations.bank_accounts where organisation_id = ${organisationId}) b
      left join (select distinct on (bank_account_id) bank_account_id, closing from reconciliation.statements
                  where organisation_id = ${organisationId} order by bank_account_id, position desc) s
        on s.bank_account_id = b.id
      full join (select subject, currency, balance from ledger.accounts
                  where organisation_id = ${organisationId} and kind = 'bank') a
        on a.subject = b.id::text and a.currency = b.currency
     where b.id is null or coalesce(a.balance, 0) <> coalesce(s.closing, 0)`,

  'statements follow each other, and each adds up': organisationId => sql`
    select 'statement ' || s.id as detail
      from (select s.*, lag(s.closing) over account as before, row_number() over account as place
              from reconciliation.statements s where s.organisation_id = ${organisationId}
            window account as (partition by s.bank_account_id order by s.position)) s
      left join (select statement_id, sum(amount) as booked from reconciliation.bank_entries
                  where organisation_id = ${organisationId} group by statement_id) e on e.statement_id = s.id
     where s.position <> s.place or s.opening <> coalesce(s.before, s.opening)
        or s.closing <> s.opening + coalesce(e.booked, 0)`,

  'each entry of the bank is one entry here, of its amount, and the bank moves by nothing else':
    organisationId => sql`
    with said (key, kind, subject, amount) as (
      select bank_account_id || '/' || reference, case matched_to when 'batch' then 'batch-debited'
               when 'return' then 'income-returned' when 'provider-payout' then 'provider-payout-arrived'
               when 'transfer' then 'transfer-received' else 'unrecognised-entry' end, bank_account_id::text, amount
        from reconciliation.bank_entries where organisation_id = ${organisationId} and amount <> 0
      union all
      select bank_account_id || '/opening', 'unrecognised-entry', bank_account_id::text, opening
        from reconciliation.statements where organisation_id = ${organisationId} and position = 1 and opening <> 0
    ), held as (
      select e.key, e.kind, a.subject, sum(p.amount) as amount
        from ledger.accounts a
        join ledger.postings p on p.organisation_id = a.organisation_id and p.account_id = a.id
        join ledger.entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
       where a.organisation_id = ${organisationId} and a.kind = 'bank'
       group by e.key, e.kind, a.subject
    )
    select 'entry ' || coalesce(held.key, said.key) || case when held.key is null then ' of the bank is not booked'
             when said.key is null then ' is not the bank''s' else ' differs from the bank''s' end as detail
      from said full join held using (key)
     where (said.kind, said.subject, said.amount) is distinct from (held.kind, held.subject, held.amount)`,

  'what was recognised at the bank is ours, once, and of that amount': organisationId => sql`
    select 'entry ' || e.bank_account_id || '/' || e.reference || ' matched to ' || e.matched_to || ' '
           || coalesce(e.matched_id, '') as detail
      from (select e.*, count(*) over (partition by matched_to, matched_id) as times from reconciliation.bank_entries e
             where e.organisation_id = ${organisationId} and e.matched_to not in ('suspense', 'transfer')) e
      left join disbursements.batches b on b.organisation_id = e.organisation_id and e.matched_to = 'batch'
       and b.id::text = e.matched_id and b.bank_account_id = e.bank_account_id
      left join (select a.id, p.amount from disbursements.attempts a
                   join disbursements.payouts p on p.organisation_id = a.organisation_id and p.id = a.payout_id
                  where a.organisation_id = ${organisationId} and a.outcome = 'returned') r
        on e.matched_to = 'return' and r.id::text = e.matched_id
      left join donations.provider_transactions t on t.organisation_id = e.organisation_id
       and e.matched_to = 'provider-payout' and t.id = e.matched_id and t.kind = 'provider-payout'
     where e.times > 1 or e.amount is distinct from coalesce(-b.total, r.amount, -t.net)`,

  'an attempt was settled or returned by an entry of the bank': organisationId => sql`
    select 'attempt ' || a.id || ' ' || a.outcome as detail
      from disbursements.attempts a
      left join reconciliation.bank_entries e on e.organisation_id = a.organisation_id
       and e.bank_account_id || '/' || e.reference = a.outcome_entry
     where a.organisation_id = ${organisationId}
       and (a.outcome = 'settled' and (e.matched_to, e.matched_id) is distinct from ('batch', a.batch_id::text)
         or a.outcome = 'returned' and (e.matched_to, e.matched_id) is distinct from ('return', a.id::text))`,

  'a batch that the bank debited is cleared by its payments, and no other': organisationId => sql`
    select 'batch ' || coalesce(b.id::text, a.subject) || ' stands at ' || coalesce(a.balance, 0) || ', not '
           || coalesce(b.open, 0) as detail
      from (select b.id, b.currency, case when count(e.reference) > 0 then
                     coalesce(sum(p.amount) filter (where t.outcome is null or t.outcome = 'rejected'), 0) else
                     -coalesce(sum(p.amount) filter (where t.outcome in ('settled', 'returned')), 0) end as open
              from disbursements.batches b
              left join disbursements.attempts t on t.organisation_id = b.organisation_id and t.batch_id = b.id
              left join disbursements.payouts p on p.organisation_id = t.organisation_id and p.id = t.payout_id
              left join reconciliation.bank_entries e on e.organisation_id = b.organisation_id
               and e.matched_to = 'batch' and e.matched_id = b.id::text
             where b.organisation_id = ${organisationId}
             group by b.organisation_id, b.id) b
      full join (select subject, currency, balance from ledger.accounts
                  where organisation_id = ${organisationId} and kind = 'batch-clearing') a
        on a.subject = b.id::text and a.currency = b.currency
     where coalesce(a.balance, 0) <> coalesce(b.open, 0)`,

  'in transit is what the provider sent and the bank has not shown': organisationId => sql`
    select 'in transit ' || held.amount || ', by the provider and the bank ' || said.amount as detail
      from (select coalesce(sum(balance), 0) as amount from ledger.accounts
             where organisation_id = ${organisationId} and kind = 'in-transit') held,
           (select coalesce((select sum(-net) from donations.provider_transactions
                              where organisation_id = ${organisationId} and parked is null
                                and kind in ('provider-payout', 'provider-payout-failed')), 0)
                 - coalesce((select sum(amount) from reconciliation.bank_entries
                              where organisation_id = ${organisationId} and matched_to = 'provider-payout'), 0) as amount) said
     where held.amount <> said.amount`,

  'what nobody recognised waits in suspense': organisationId => sql`
    select 'suspense stands at ' || held.amount || ', the bank''s entries that nobody recognised at ' || said.amount as detail
      from (select coalesce(sum(-balance), 0) as amount from ledger.accounts
             where organisation_id = ${organisationId} and kind = 'suspense') held,
           (select coalesce((select sum(amount) from reconciliation.bank_entries
                              where organisation_id = ${organisationId} and matched_to = 'suspense'), 0)
                 + coalesce((select sum(opening) from reconciliation.statements
                              where organisation_id = ${organisationId} and position = 1), 0)
                 - coalesce((select sum(e.amount) from reconciliation.suspense_resolutions r
                               join reconciliation.bank_entries e on e.organisation_id = r.organisation_id
                                and e.bank_account_id = r.bank_account_id and e.reference = r.reference
                              where r.organisation_id = ${organisationId}), 0) as amount) said
     where held.amount <> said.amount`,

  'a transfer, and what was in suspense, came to its pool, and to costs what the donor chose':
    organisationId => sql`
    with said as (
      select e.bank_account_id || '/' || e.reference as key, 'transfer-received' as kind, d.pool_id::text as pool,
             t.gift, t.costs_share as costs
        from reconciliation.bank_entries e
        left join donations.transfers t on t.organisation_id = e.organisation_id and t.bank_account_id = e.bank_account_id
         and t.entry_reference = e.reference and t.donation_id::text = e.matched_id
        left join donations.donations d on d.organisation_id = t.organisation_id and d.id = t.donation_id
       where e.organisation_id = ${organisationId} and e.matched_to = 'transfer'
      union all
      select r.id::text, 'suspense-resolved', r.pool_id::text, coalesce(t.gift, e.amount), coalesce(t.costs_share, 0)
        from reconciliation.suspense_resolutions r
        join reconciliation.bank_entries e on e.organisation_id = r.organisation_id
         and e.bank_account_id = r.bank_account_id and e.reference = r.reference
        left join donations.transfers t on t.organisation_id = r.organisation_id and t.ledger_key = r.id::text
       where r.organisation_id = ${organisationId} and (r.donation_id is null) = (t.ledger_key is null)
    ), held as (
      select e.key, e.kind, min(a.pool_id::text) as pool,
             coalesce(-sum(p.amount) filter (where a.kind like 'fund-%' or a.subject like 'fund-%'), 0) as gift,
             coalesce(-sum(p.amount) filter (where a.kind like 'costs-%' or a.subject like 'costs-%'), 0) as costs
        from ledger.entries e
        join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
        join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
       where e.organisation_id = ${organisationId} and e.kind in ('transfer-received', 'suspense-resolved')
       group by e.organisation_id, e.id
    )
    select coalesce(held.kind, said.kind) || ' ' || coalesce(held.key, said.key) || case when held.key is null then
             ' has no entry' when said.key is null then ' is of no entry of the bank' else ' differs from the bank''s' end as detail
      from said full join held using (key)
     -- What was all for costs touches no account of the pool.
     where (said.kind, case when said.gift <> 0 then said.pool end, said.gift, said.costs)
           is distinct from (held.kind, held.pool, held.gift, held.costs)`,

  'what arrived for a gift is what its entries of the bank say, each once': organisationId => sql`
    select 'transfer ' || t.bank_account_id || '/' || t.entry_reference || ' of donation ' || t.donation_id as detail
      from donations.transfers t
      left join reconciliation.bank_entries e on e.organisation_id = t.organisation_id
       and e.bank_account_id = t.bank_account_id and e.reference = t.entry_reference
      left join reconciliation.suspense_resolutions r on r.organisation_id = t.organisation_id
       and r.bank_account_id = t.bank_account_id and r.reference = t.entry_reference
     where t.organisation_id = ${organisationId}
       and (e.amount is distinct from t.gift + t.costs_share
         or (e.matched_to = 'transfer' and e.matched_id = t.donation_id::text
             or e.matched_to = 'suspense' and r.donation_id = t.donation_id) is not true)`,
}
