/** What two people agreed against what is: no role, account, terms, keys or lifted freeze without its change. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

export const changeChecks: Checks = {
  'a role that approves was given by two people, or founded from the command line': organisationId => sql`
    select 'grant ' || g.id as detail
      from auth.grants g
      left join changes.changes c on c.organisation_id = g.organisation_id and c.id = g.change_id
     where g.organisation_id = ${organisationId} and g.role in ('approver', 'administrator') and (
           (g.change_id is null and g.granted_by is not null)
        or (g.change_id is not null and (c.kind, c.decision) is distinct from ('approving-role', 'approved'))
        or (g.change_id is not null and c.content <> jsonb_build_object('personId', g.person_id, 'role', g.role,
              'poolId', g.pool_id, 'lastDay', g.last_day, 'standInFor', g.stand_in_for)))`,

  'every account of our own but the first was approved': organisationId => sql`
    select 'account ' || a.id as detail
      from organisations.bank_accounts a
      left join changes.changes c on c.organisation_id = a.organisation_id and c.id = a.change_id
     where a.organisation_id = ${organisationId} and (
           (a.change_id is null and exists (select from organisations.bank_accounts o
                                             where o.organisation_id = a.organisation_id and o.id < a.id))
        or (a.change_id is not null
            and (c.kind, c.decision, c.content->'to') is distinct from
                ('own-iban', 'approved', jsonb_build_object('iban', a.iban, 'holder', a.holder))))`,

  "a pool's terms follow from its founding and its changes, step by step": organisationId => sql`
    with step as (
      select t.*, lead(t.was) over (partition by t.pool_id order by t.changed_at, c.position) as next_was,
             row_number() over (partition by t.pool_id order by t.changed_at desc, c.position desc) as from_last,
             c.kind, c.decision, c.content
        from pools.term_changes t
        left join changes.changes c on c.organisation_id = t.organisation_id and c.id = t.change_id
       where t.organisation_id = ${organisationId}
    )
    select 'pool ' || p.id || ' is not what its last change made it' as detail
      from pools.pools p
      left join step s on s.pool_id = p.id and s.from_last = 1
     where p.organisation_id = ${organisationId} and (p.terms_change_id is distinct from s.change_id
        or s.became <> pools.terms_of(p) || jsonb_build_object('bankAccountId', p.bank_account_id))
    union all
    select 'pool ' || pool_id || ' changed by ' || change_id || ', which does not say so' as detail
      from step
     where next_was <> became or decision is null or decision not in ('approved', 'alone')
        or (kind = 'pool-terms' and content <> jsonb_build_object('from', was - 'bankAccountId', 'to', became - 'bankAccountId'))
        or (kind = 'own-iban' and was - 'bankAccountId' <> became - 'bankAccountId')
        or kind not in ('pool-terms', 'own-iban')`,

  'terms that somebody gave on were changed by two people': organisationId => sql`
    select 'pool ' || c.subject_id || ', change ' || c.id as detail
      from changes.changes c
     where c.organisation_id = ${organisationId} and c.decision = 'alone'
       and exists (select from donations.donations d where d.organisation_id = c.organisation_id
                      and d.pool_id::text = c.subject_id and d.created_at < c.decided_at)`,

  'keys of the payment provider are the first ones, or were approved': organisationId => sql`
    select 'keys ' || k.id as detail
      from organisations.provider_keys k
      left join changes.changes c on c.organisation_id = k.organisation_id and c.id = k.change_id
     where k.organisation_id = ${organisationId} and (
           (k.change_id is null and exists (select from organisations.provider_keys o where o.id < k.id
              and o.organisation_id = k.organisation_id and o.provider = k.provider))
        or (k.change_id is not null and (c.kind, c.decision, c.content->>'to') is distinct from
              ('provider-keys', 'approved', encode(k.fingerprint, 'hex'))))`,

  'a freeze was lifted by two people': organisationId => sql`
    select 'freeze ' || f.id as detail
      from disbursements.freezes f
      left join changes.changes c on c.organisation_id = f.organisation_id and c.id = f.lift_change_id
     where f.organisation_id = ${organisationId} and f.lifted_at is not null
       and (c.kind, c.decision, c.subject_id) is distinct from ('lift-freeze', 'approved', f.id::text)`,

  'what was approved was done, and by another than its maker': organisationId => sql`
    select c.kind || ' ' || c.id as detail
      from changes.changes c
     where c.organisation_id = ${organisationId} and (
           (c.decision in ('approved', 'rejected') and c.decided_by = c.proposed_by)
        or (c.decision in ('approved', 'alone') and not case c.kind
              when 'own-iban' then exists (select from organisations.bank_accounts a where
                   a.organisation_id = c.organisation_id and a.iban = c.content->'to'->>'iban')
              when 'pool-terms' then exists (select from pools.term_changes t where
                   t.organisation_id = c.organisation_id and t.change_id = c.id)
              when 'approving-role' then exists (select from auth.grants g where
                   g.organisation_id = c.organisation_id and g.change_id = c.id)
              when 'provider-keys' then exists (select from organisations.provider_keys k where
                   k.organisation_id = c.organisation_id and k.change_id = c.id)
              else exists (select from disbursements.freezes f where
                   f.organisation_id = c.organisation_id and f.lift_change_id = c.id) end))`,
}
