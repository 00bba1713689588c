-- People and roles: what keeps an organisation from locking itself out, who is helped since when, and one account for
-- one enrolment.

-- Helping ends by itself, so a session knows since when; and nobody is helped who is not enrolled here.
alter table auth.sessions
  add column acting_since timestamptz, -- real time
  add constraint helped_since check ((acting_for is null) = (acting_since is null)),
  add constraint helped_in_this_organisation foreign key (organisation_id, acting_for)
    references enrolments.enrolments (organisation_id, id);
grant update (acting_since) on auth.sessions to meent_app;

create unique index one_account_of_an_enrolment on auth.persons (organisation_id, enrolment_id)
  where enrolment_id is not null;

-- Without an administrator of the whole organisation, for as long as it takes, nobody could give anybody a role again.
create function auth.keep_an_administrator() returns trigger
language plpgsql as $$
begin
  if old.role = 'administrator' and old.pool_id is null and old.last_day is null then
    perform from auth.grants
      where organisation_id = old.organisation_id and role = 'administrator'
        and pool_id is null and last_day is null and ended_at is null
      for update;
    if not found then
      raise exception 'an organisation keeps an administrator' using errcode = 'MT001';
    end if;
  end if;
  return null;
end
$$;
create trigger keep_an_administrator after update on auth.grants
  for each row execute function auth.keep_an_administrator();
