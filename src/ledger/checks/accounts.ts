/** The accounts against their postings, against each other and against the chart; and corrections against what they correct. */
import { sql } from 'kysely'
import type { Checks } from '../../platform/checks.ts'
import { accountKinds } from '../chart.ts'

export const accountChecks: Checks = {
  'an account is what its last posting left: balance, version, entry and time': organisationId => sql`
    select 'account ' || a.organisation_id || '/' || a.id || ' ' || a.kind || ' stands at ' || a.balance || ', version '
           || a.version || '; its postings at ' || coalesce(last.balance_after, 0) || ', version '
           || coalesce(last.account_version, 0) as detail
      from ledger.accounts a
      left join lateral (
        select p.balance_after, p.account_version, p.entry_id, e.recorded_at
          from (select * from ledger.postings p
                 where p.organisation_id = a.organisation_id and p.account_id = a.id
                 order by p.account_version desc limit 1) p
          left join ledger.entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id) last on true
     where a.organisation_id = ${organisationId}
       and (a.balance, a.version) is distinct from (coalesce(last.balance_after, 0), coalesce(last.account_version, 0))
        or a.organisation_id = ${organisationId}
       and (a.last_entry_id, a.recorded_at) is distinct from (last.entry_id, last.recorded_at)`,

  'no fund, debt or shortfall stands on its wrong side': organisationId => sql`
    select a.kind || ' ' || a.organisation_id || '/' || a.id || ' stands at ' || a.balance as detail from ledger.accounts a
     where a.organisation_id = ${organisationId}
       and a.floor <> 'none' and case a.side when 'debit' then a.balance < 0 else a.balance > 0 end`,

  'no fund has money and a shortfall at once': organisationId => sql`
    select f.kind || ' ' || f.organisation_id || '/' || f.id as detail
      from ledger.accounts f join ledger.accounts s on s.organisation_id = f.organisation_id and s.id = f.shortfall_id
     where f.organisation_id = ${organisationId} and f.balance <> 0 and s.balance <> 0`,

  'every account has the side and floor of its kind, and every fund a shortfall of its own':
    organisationId => sql`
    select 'account ' || a.organisation_id || '/' || a.id || ' ' || a.kind as detail
      from ledger.accounts a
      left join ledger.account_kinds k on k.kind = a.kind
      left join ledger.accounts s on s.organisation_id = a.organisation_id and s.id = a.shortfall_id
     where a.organisation_id = ${organisationId} and (
           k.kind is null or a.kind <> all (${accountKinds}) or (a.side, a.floor) <> (k.side, k.floor)
        or (a.floor = 'shortfall') <> (a.shortfall_id is not null)
        or a.shortfall_id is not null
           and (s.kind, s.subject, s.currency) is distinct from ('shortfall', a.kind || ':' || a.subject, a.currency)
        or s.pool_id is distinct from case when a.shortfall_id is not null then a.pool_id end
        or a.kind = 'shortfall' and not exists (
             select from ledger.accounts f
              where f.organisation_id = a.organisation_id and f.kind = split_part(a.subject, ':', 1)
                and f.subject = substr(a.subject, strpos(a.subject, ':') + 1) and f.currency = a.currency
                and f.shortfall_id = a.id))`,

  'a reversing entry mirrors the entry that it reverses, once': organisationId => sql`
    select 'entry ' || r.organisation_id || '/' || r.id || ' is no mirror of ' || r.reverses as detail
      from ledger.entries r
     where r.organisation_id = ${organisationId} and r.reverses is not null and (
           not exists (select from ledger.entries e where e.organisation_id = r.organisation_id and e.id = r.reverses
                          and e.reverses is null)
        or exists (select from ledger.entries o where o.organisation_id = r.organisation_id and o.reverses = r.reverses
                      and o.reverses is not null and o.id <> r.id)
        or exists (select account_id, -amount from ledger.folded(r.organisation_id, r.id)
                   except select account_id, amount from ledger.folded(r.organisation_id, r.reverses))
        or exists (select account_id, amount from ledger.folded(r.organisation_id, r.reverses)
                   except select account_id, -amount from ledger.folded(r.organisation_id, r.id)))`,

  // While the unique index is there and valid Postgres answers for it; without it the whole journal is sorted by key.
  'a key stands for one entry': organisationId => sql`
    select 'key ' || key || ' stands for ' || count(*) || ' entries' as detail from ledger.entries
     where organisation_id = ${organisationId}
       and not exists (select from pg_index i where i.indrelid = 'ledger.entries'::regclass and i.indisunique and i.indisvalid
                          and pg_get_indexdef(i.indexrelid) like '% (organisation_id, key)')
     group by key having count(*) > 1`,
}
