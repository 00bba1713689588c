-- The trail also says which program acted, in which session, from which place, for whom and why. A place is a short keyed
-- hash of a network address: the same place is recognised, and no address is stored. What is personal of a session is
-- sealed in auth.sessions and goes with it.
alter table acts.acts
  add column session_id uuid,
  add column place text check (place ~ '^[0-9a-f]{8}$'),
  add column on_behalf_of uuid, -- the enrolment whose recipient was helped
  add column reason text check (length(reason) between 3 and 500),
  drop constraint acts_actor_kind_check,
  add constraint acts_actor_kind_check check (actor_kind in ('person', 'key', 'system', 'public')),
  drop constraint acts_check,
  add constraint acts_check check ((actor_kind in ('person', 'key')) = (actor_id is not null)),
  add constraint helped_by_a_person check (on_behalf_of is null or actor_kind = 'person');
create index acts_by_actor on acts.acts (organisation_id, actor_id, id) where actor_id is not null;
create index acts_by_action on acts.acts (organisation_id, action, id);
create index acts_by_time on acts.acts (organisation_id, recorded_at, id);
