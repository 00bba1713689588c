/** The trail against what it tells of: what somebody decided has its act, by that person, and no act tells of nothing. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

/** Each step of money out, of people, of statements and of what two people decide: who it says did it, and the act that has to say so too. */
const steps = (organisationId: number) => sql`
  select 'cycle.plan' as action, 'cycle' as kind, id::text as id, null::uuid as by, false as named
    from disbursements.cycles where organisation_id = ${organisationId}
  union all select 'cycle.propose', 'cycle', id::text, proposed_by, true
    from disbursements.cycles where organisation_id = ${organisationId} and proposed_at is not null
  union all select 'cycle.approve', 'cycle', id::text, approved_by, true
    from disbursements.cycles where organisation_id = ${organisationId} and approved_at is not null
  union all select 'payment-file.make', 'batch', id::text, made_by, true
    from disbursements.batches where organisation_id = ${organisationId}
  union all select 'payment-file.hand-over', 'batch', id::text, handed_over_by, true
    from disbursements.batches where organisation_id = ${organisationId} and handed_over_at is not null
  union all select 'statement.import', 'statement', id::text, imported_by, imported_by is not null
    from reconciliation.statements where organisation_id = ${organisationId}
  union all select 'enrolment.create', 'enrolment', id::text, enrolled_by, true
    from enrolments.enrolments where organisation_id = ${organisationId}
  union all select 'refund.decide', 'refund', id::text, decided_by, true
    from donations.refunds where organisation_id = ${organisationId}
  union all select 'refund.approve', 'refund', id::text, approved_by, true
    from donations.refunds where organisation_id = ${organisationId} and approved_at is not null
  union all select 'refund.withdraw', 'refund', id::text, withdrawn_by, true
    from donations.refunds where organisation_id = ${organisationId} and withdrawn_at is not null
  union all select 'key.make', 'key', id::text, created_by, true
    from auth.keys where organisation_id = ${organisationId}
  union all select 'payments.freeze', 'freeze', id::text, frozen_by, true
    from disbursements.freezes where organisation_id = ${organisationId}
  union all select 'change.propose', 'change', id::text, proposed_by, true
    from changes.changes where organisation_id = ${organisationId}
  union all select case decision when 'approved' then 'change.approve' when 'rejected' then 'change.reject'
                                 else 'change.withdraw' end, 'change', id::text, decided_by, true
    from changes.changes where organisation_id = ${organisationId} and decision <> 'alone'
  union all select 'suspense.resolve', 'suspense', id::text, resolved_by, true
    from reconciliation.suspense_resolutions where organisation_id = ${organisationId}`

export const actChecks: Checks = {
  'every person and key that acted is known': organisationId => sql`
    select 'act ' || a.id || ' ' || a.action || ' by ' || a.actor_kind || ' ' || a.actor_id as detail
      from acts.acts a
      left join auth.persons p on p.organisation_id = a.organisation_id and p.id = a.actor_id
      left join auth.keys k on k.organisation_id = a.organisation_id and k.id = a.actor_id
     where a.organisation_id = ${organisationId}
       and ((a.actor_kind = 'person' and p.id is null) or (a.actor_kind = 'key' and k.id is null))`,

  'each decision on money, people and keys has one act, by whoever decided': organisationId => sql`
    select coalesce(s.action, a.action) || ' of ' || coalesce(s.kind || ' ' || s.id, a.subject_kind || ' ' || a.subject_id)
           || ': ' || coalesce(a.acts, 0) || ' acts' || case when s.id is null then ', of nothing' else '' end as detail
      from (${steps(organisationId)}) s
      full join (select action, subject_kind, subject_id, count(*) as acts, min(actor_id::text) as actor_id,
                        bool_and(actor_kind = 'person') as persons
                   from acts.acts
                  where organisation_id = ${organisationId}
                    and action in ('cycle.plan', 'cycle.propose', 'cycle.approve', 'payment-file.make',
                                   'payment-file.hand-over', 'statement.import', 'enrolment.create', 'key.make',
                                   'refund.decide', 'refund.approve', 'refund.withdraw',
                                   'payments.freeze', 'change.propose', 'change.approve', 'change.reject',
                                   'change.withdraw', 'suspense.resolve')
                  group by action, subject_kind, subject_id) a
        on a.action = s.action and a.subject_kind = s.kind and a.subject_id = s.id
     where s.id is null or a.acts is distinct from 1
        or (s.named and (not a.persons or a.actor_id is distinct from s.by::text))`,

  'each agreement to paying again has its act': organisationId => sql`
    select 'retry of attempt ' || r.attempt_id || ' agreed to by ' || r.approved_by as detail
      from disbursements.retries r
      join disbursements.attempts t on t.organisation_id = r.organisation_id and t.id = r.attempt_id
      join disbursements.batches b on b.organisation_id = t.organisation_id and b.id = t.batch_id
     where r.organisation_id = ${organisationId}
       and not exists (select from acts.acts a
                        where a.organisation_id = r.organisation_id and a.action = 'cycle.approve-retries'
                          and a.subject_id = b.cycle_id::text and a.actor_id = r.approved_by and a.at = r.approved_at)`,

  'each role that a person gave has its act': organisationId => sql`
    select 'grant ' || g.id || ' of ' || g.role || ' to ' || g.person_id as detail
      from auth.grants g
     where g.organisation_id = ${organisationId} and g.granted_by is not null
       and g.change_id is null -- what two people decided: the law after this
       and g.role <> 'recipient' -- told by the act on the enrolment, which may be another's by now
       and not exists (select from acts.acts a
                        where a.organisation_id = g.organisation_id and a.subject_kind = 'person'
                          and a.subject_id = g.person_id::text and a.action = 'role.give'
                          and a.actor_id = g.granted_by and a.detail ->> 'grantId' = g.id::text)`,

  'each change that was done has one act of what it did, by whoever decided': organisationId => sql`
    select c.kind || ' ' || c.id || ': ' || coalesce(a.acts, 0) || ' acts' as detail
      from changes.changes c
      left join (select detail ->> 'changeId' as change_id, action, count(*) as acts, min(actor_id::text) as actor_id
                   from acts.acts
                  where organisation_id = ${organisationId}
                    and action in ('bank-account.change', 'pool.change-terms', 'role.give', 'provider-keys.accept',
                                   'payments.lift-freeze')
                  group by 1, 2) a
        on a.change_id = c.id::text
       and a.action = case c.kind when 'own-iban' then 'bank-account.change' when 'pool-terms' then 'pool.change-terms'
                                  when 'approving-role' then 'role.give' when 'provider-keys' then 'provider-keys.accept'
                                  else 'payments.lift-freeze' end
     where c.organisation_id = ${organisationId} and c.decision in ('approved', 'alone')
       and (a.acts is distinct from 1 or a.actor_id is distinct from c.decided_by::text)`,

  'each key that was ended has the act that ended it': organisationId => sql`
    select 'key ' || k.id as detail
      from auth.keys k
     where k.organisation_id = ${organisationId} and k.ended_at is not null
       and not exists (select from acts.acts a
                        where a.organisation_id = k.organisation_id and a.actor_id = k.ended_by
                          and (a.subject_kind, a.subject_id, a.action) in
                              (('key', k.id::text, 'key.end'), ('person', k.created_by::text, 'person.disable')))`,
}
