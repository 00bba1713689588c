/** Wishes against themselves and the trail: nothing shown unseen, nothing left of what was taken away. */
import { sql } from 'kysely'
import type { Checks } from '../platform/checks.ts'

export const wishChecks: Checks = {
  'each wish that staff decided on has the act of whoever decided': organisationId => sql`
    select 'wish ' || w.id || ' is ' || w.state as detail
      from wishes.wishes w
     where w.organisation_id = ${organisationId} and (
           (w.decided_by is null and w.state in ('shown', 'refused'))
        or (w.decided_by is not null
            and not exists (select from acts.acts a
                             where a.organisation_id = w.organisation_id and a.subject_kind = 'wish'
                               and a.subject_id = w.id::text and a.action in ('wish.show', 'wish.refuse', 'wish.hide')
                               and a.actor_id = w.decided_by and a.at = w.decided_at)))`,

  'who agreed is counted, and three reports hide a wish until staff looked': organisationId => sql`
    select 'wish ' || w.id || ': ' || w.agreements || ' counted, ' || coalesce(a.places, 0) || ' places, '
           || coalesce(r.reports, 0) || ' reports that wait' as detail
      from wishes.wishes w
      left join (select wish_id, count(*) as places from wishes.agreements
                  where organisation_id = ${organisationId} group by 1) a on a.wish_id = w.id
      left join (select wish_id, count(*) as reports from wishes.reports
                  where organisation_id = ${organisationId} and looked_at is null group by 1) r on r.wish_id = w.id
     where w.organisation_id = ${organisationId} and (
           w.agreements < coalesce(a.places, 0)
        or (w.state = 'shown' and coalesce(r.reports, 0) >= 3)
        or (w.state in ('waiting', 'shown') and coalesce(r.reports, 0) > 0 and w.look_by is null)
        or (w.state = 'taken-away' and coalesce(a.places, 0) + coalesce(r.reports, 0) > 0))`,
}
