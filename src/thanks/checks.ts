/** Thank-yous against the trail: none shown unseen, and none that nobody wrote. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

export const thanksChecks: Checks = {
  'each thank-you that staff decided on has the act of whoever decided': organisationId => sql`
    select 'thank-you ' || t.id || ' is ' || t.state as detail
      from thanks.thanks t
     where t.organisation_id = ${organisationId} and t.decided_by is not null
       and not exists (select from acts.acts a
                        where a.organisation_id = t.organisation_id and a.subject_kind = 'thanks'
                          and a.subject_id = t.id::text and a.action in ('thanks.show', 'thanks.refuse')
                          and a.actor_id = t.decided_by and a.at = t.decided_at)`,

  'each thank-you was written by or for the recipient whose it is': organisationId => sql`
    select 'thank-you ' || t.id as detail
      from thanks.thanks t
     where t.organisation_id = ${organisationId}
       and not exists (select from acts.acts a
                        where a.organisation_id = t.organisation_id and a.subject_kind = 'enrolment'
                          and a.subject_id = t.enrolment_id::text and a.action = 'thanks.write'
                          and a.at = t.written_at
                          and (t.helped_by is null and a.on_behalf_of is null
                               or a.actor_id = t.helped_by and a.on_behalf_of = t.enrolment_id))`,
}
