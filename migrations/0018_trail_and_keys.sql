-- The trail is searched by when something happened, from where, in which session and for whom; and a key's end only
-- comes nearer.

-- `at` is what people see, and what they ask for; `recorded_at` stands beside it as Postgres's word.
drop index acts.acts_by_time;
create index acts_by_moment on acts.acts (organisation_id, at, id);
create index acts_by_place on acts.acts (organisation_id, place, id) where place is not null;
create index acts_by_session on acts.acts (organisation_id, session_id, id) where session_id is not null;
create index acts_on_behalf_of on acts.acts (organisation_id, on_behalf_of, id) where on_behalf_of is not null;

create index keys_by_maker on auth.keys (organisation_id, created_by);
create index keys_by_predecessor on auth.keys (organisation_id, replaces) where replaces is not null;

-- What a key may do is fixed when it is made, and nobody lengthens its life or brings it back, not even the owner.
create function auth.guard_key() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a key is ended, never removed: acts name it' using errcode = 'MT001';
  end if;
  if to_jsonb(new) - array['expires_at', 'used_at', 'ended_by', 'ended_at']
       <> to_jsonb(old) - array['expires_at', 'used_at', 'ended_by', 'ended_at']
     or new.expires_at > old.expires_at
     or (old.ended_at is not null and (new.ended_at, new.ended_by, new.expires_at)
           is distinct from (old.ended_at, old.ended_by, old.expires_at)) then
    raise exception 'a key is never changed: it ends, once, and not later than was said' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_key before update or delete on auth.keys
  for each row execute function auth.guard_key();
