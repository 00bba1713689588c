-- Public appeals that fill a pool: written by anybody, checked by staff, and carried out as was said at the start when the goal
-- is not reached. What staff and donors read before they decided stays as it was.
create schema campaigns;
grant usage on schema campaigns to meent_app, meent_personal;

-- What a pool owes to its campaign. Null and false of every other pool.
alter table pools.pools
  add column gifts_until date, -- the last day on which it takes gifts
  add column gives_back boolean not null default false; -- gifts go back when the goal is not reached: only those that can are taken

create table campaigns.campaigns (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  starter_id uuid not null,
  locale text not null check (locale in ('nl', 'en')),
  title text not null check (length(title) between 5 and 60 and title !~ '[[:cntrl:]<>]'),
  area text not null check (length(area) between 2 and 80 and area !~ '[[:cntrl:]<>]'),
  for_whom text not null check (for_whom in ('self', 'other')),
  other_agreed boolean not null,
  monthly_amount bigint not null check (monthly_amount between 10000 and 300000),
  term_months int not null check (term_months between 1 and 24),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  last_day date not null,
  if_unreached text not null check (if_unreached in ('moves', 'refund')),
  moves_to uuid, -- the community pool that the money moves to
  state text not null default 'draft'
    check (state in ('draft', 'submitted', 'refused', 'open', 'reached', 'ended', 'closed')),
  started_at timestamptz not null,
  look_by date, -- the last day on which staff is in time
  decided_by uuid,
  decided_at timestamptz,
  because text check (length(because) between 3 and 500), -- why it was refused, for whoever started it
  pool_id uuid,
  reached_at timestamptz,
  ended_at timestamptz,
  raised bigint check (raised >= 0), -- what there was when it ended
  primary key (organisation_id, id),
  unique (organisation_id, pool_id),
  foreign key (organisation_id, starter_id) references auth.persons (organisation_id, id),
  foreign key (organisation_id, decided_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  foreign key (organisation_id, moves_to) references pools.pools (organisation_id, id),
  constraint the_other_agreed check (for_whom = 'self' or other_agreed),
  constraint for_oneself_has_a_limit check (for_whom = 'other' or monthly_amount * term_months <= 1800000),
  constraint moves_somewhere check ((if_unreached = 'moves') = (moves_to is not null)),
  constraint decided_by_somebody check ((decided_by is null) = (decided_at is null)),
  constraint starter_is_not_decider check (decided_by <> starter_id),
  constraint says_why check ((state = 'refused') = (because is not null)),
  constraint waits_for_staff check ((state = 'submitted') = (look_by is not null)),
  constraint has_a_pool check ((pool_id is not null) = (state in ('open', 'reached', 'ended', 'closed'))),
  constraint approved_by_somebody check (pool_id is null or decided_by is not null),
  constraint reached_once check (state <> 'reached' or reached_at is not null),
  constraint ended_with check ((ended_at is null) = (raised is null) and (state <> 'ended' or ended_at is not null))
);
create unique index one_for_oneself on campaigns.campaigns (organisation_id, starter_id)
  where for_whom = 'self' and state in ('submitted', 'open', 'reached', 'ended');
create index campaigns_of_starter on campaigns.campaigns (organisation_id, starter_id);
create index campaigns_by_state on campaigns.campaigns (organisation_id, state, id);
grant select, insert on campaigns.campaigns to meent_app;
grant update (title, area, for_whom, other_agreed, monthly_amount, term_months, last_day, if_unreached, moves_to, state, look_by,
              decided_by, decided_at, because, pool_id, reached_at, ended_at, raised) on campaigns.campaigns to meent_app;

-- What is told of people, given to be shown. `picture` is made here from what was sent: a JPEG without anything about where and
-- by what it was taken.
create table campaigns.stories (
  organisation_id int not null,
  campaign_id uuid not null,
  organiser text not null check (length(organiser) between 2 and 60 and organiser !~ '[[:cntrl:]<>]'),
  story text not null check (length(story) between 100 and 8000),
  picture bytea check (length(picture) <= 2000000 and substr(picture, 1, 3) = '\xffd8ff'::bytea),
  picture_alt text check (length(picture_alt) between 3 and 200 and picture_alt !~ '[[:cntrl:]<>]'),
  primary key (organisation_id, campaign_id),
  foreign key (organisation_id, campaign_id) references campaigns.campaigns (organisation_id, id),
  constraint a_picture_has_words check ((picture is null) = (picture_alt is null))
);
grant insert on campaigns.stories to meent_app;
grant select, update (organiser, story, picture, picture_alt) on campaigns.stories to meent_personal;

create table campaigns.updates (
  organisation_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  words text check (length(words) between 10 and 4000), -- null: taken down
  written_by uuid not null,
  written_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  removed_because text check (length(removed_because) between 3 and 500),
  primary key (organisation_id, id),
  foreign key (organisation_id, campaign_id) references campaigns.campaigns (organisation_id, id),
  foreign key (organisation_id, written_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, removed_by) references auth.persons (organisation_id, id),
  constraint taken_down_with_a_reason
    check (num_nonnulls(removed_by, removed_at, removed_because) in (0, 3) and (words is null) = (removed_at is not null))
);
create index updates_of_campaign on campaigns.updates (organisation_id, campaign_id, id);
grant insert on campaigns.updates to meent_app;
grant select (organisation_id, id, campaign_id, written_by, written_at, removed_by, removed_at, removed_because)
  on campaigns.updates to meent_app;
grant update (words, removed_by, removed_at, removed_because) on campaigns.updates to meent_app;
grant select (organisation_id, id, words) on campaigns.updates to meent_personal;

-- Money for oneself: somebody other than who approved it looked once more before the first payout.
create table campaigns.reviews (
  organisation_id int not null,
  campaign_id uuid not null,
  reviewed_by uuid not null,
  reviewed_at timestamptz not null,
  reason text not null check (length(reason) between 3 and 500),
  primary key (organisation_id, campaign_id),
  foreign key (organisation_id, campaign_id) references campaigns.campaigns (organisation_id, id),
  foreign key (organisation_id, reviewed_by) references auth.persons (organisation_id, id)
);
call platform.make_append_only('campaigns.reviews');
grant select, insert on campaigns.reviews to meent_app;

-- Carrying out what was chosen: one person decides, another approves, and jobs do it, bit by bit as money becomes available.
-- What arrives after it was done is another one.
create table campaigns.outcomes (
  organisation_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(), -- in real time, as roles are given and ended
  approved_by uuid,
  approved_at timestamptz,
  done_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, campaign_id) references campaigns.campaigns (organisation_id, id),
  foreign key (organisation_id, decided_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, approved_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, withdrawn_by) references auth.persons (organisation_id, id),
  constraint maker_is_not_approver check (decided_by <> approved_by),
  constraint approval_is_whole check ((approved_by is null) = (approved_at is null)),
  constraint withdrawal_is_whole check ((withdrawn_by is null) = (withdrawn_at is null)),
  constraint done_when_approved check (done_at is null or approved_at is not null),
  constraint done_or_withdrawn check (num_nonnulls(done_at, withdrawn_at) <= 1)
);
create unique index one_open_outcome on campaigns.outcomes (organisation_id, campaign_id)
  where done_at is null and withdrawn_at is null;
grant select, insert on campaigns.outcomes to meent_app;
grant update (approved_by, approved_at, done_at, withdrawn_by, withdrawn_at) on campaigns.outcomes to meent_app;

-- Each amount that moved on; its entry in the ledger has the key `outcome:position`.
create table campaigns.moves (
  organisation_id int not null,
  outcome_id uuid not null,
  position int not null check (position > 0),
  amount bigint not null check (amount > 0),
  moved_at timestamptz not null,
  primary key (organisation_id, outcome_id, position),
  foreign key (organisation_id, outcome_id) references campaigns.outcomes (organisation_id, id)
);
call platform.make_append_only('campaigns.moves');
grant select, insert on campaigns.moves to meent_app;

create function campaigns.guard_campaign() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if old.state in ('draft', 'refused') then
      return old;
    end if;
    raise exception 'a campaign that was submitted stays' using errcode = 'MT001';
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'draft' or num_nonnulls(new.decided_by, new.pool_id, new.reached_at, new.ended_at) > 0 then
      raise exception 'a campaign begins as a draft' using errcode = 'MT001';
    end if;
    return new;
  end if;
  if (new.organisation_id, new.id, new.starter_id, new.locale, new.currency, new.started_at) is distinct from
     (old.organisation_id, old.id, old.starter_id, old.locale, old.currency, old.started_at) then
    raise exception 'a campaign stays whose and what it is' using errcode = 'MT001';
  end if;
  if old.state not in ('draft', 'refused')
     and (new.title, new.area, new.for_whom, new.other_agreed, new.monthly_amount, new.term_months, new.last_day, new.if_unreached,
          new.moves_to) is distinct from
         (old.title, old.area, old.for_whom, old.other_agreed, old.monthly_amount, old.term_months, old.last_day, old.if_unreached,
          old.moves_to) then
    raise exception 'what was submitted stays as it is' using errcode = 'MT001';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
       ('draft', 'submitted'), ('submitted', 'draft'), ('refused', 'draft'), ('submitted', 'refused'), ('submitted', 'open'),
       ('open', 'reached'), ('open', 'ended'), ('reached', 'ended'), ('reached', 'closed'), ('ended', 'closed')) then
    raise exception 'a campaign does not go from % to %', old.state, new.state using errcode = 'MT001';
  end if;
  if old.pool_id is not null and (new.pool_id, new.decided_by, new.decided_at) is distinct from
     (old.pool_id, old.decided_by, old.decided_at) then
    raise exception 'a campaign keeps its pool, and who approved it' using errcode = 'MT001';
  end if;
  if new.decided_by is distinct from old.decided_by and new.decided_by is not null and new.state not in ('open', 'refused') then
    raise exception 'only what was submitted is decided on' using errcode = 'MT001';
  end if;
  if new.state <> old.state and new.state in ('open', 'refused')
     and not coalesce(auth.holds(new.organisation_id, new.decided_by, array['operator', 'administrator'], null), false) then
    raise exception 'a campaign is decided on by an operator or administrator' using errcode = 'MT001';
  end if;
  if new.state = 'submitted' and old.state <> 'submitted' and new.moves_to is not null and not exists (
       select from pools.pools p where p.organisation_id = new.organisation_id and p.id = new.moves_to
          and p.kind = 'community' and p.currency = new.currency) then
    raise exception 'money moves on to a community pool' using errcode = 'MT001';
  end if;
  if new.state = 'open' and old.state <> 'open' and not exists (
       select from pools.pools p
        where p.organisation_id = new.organisation_id and p.id = new.pool_id and p.kind = 'personal' and p.state = 'open'
          and (p.name, p.area, p.monthly_amount, p.term_months, p.currency) =
              (new.title, new.area, new.monthly_amount, new.term_months, new.currency)
          and p.gifts_until = new.last_day and p.gives_back = (new.if_unreached = 'refund')
          and p.id is distinct from new.moves_to) then
    raise exception 'the pool of a campaign has its terms' using errcode = 'MT001';
  end if;
  if (old.reached_at is not null and new.reached_at is distinct from old.reached_at)
     or (old.ended_at is not null and (new.ended_at, new.raised) is distinct from (old.ended_at, old.raised)) then
    raise exception 'a campaign is reached once and ends once' using errcode = 'MT001';
  end if;
  if new.state = 'ended' and old.state <> 'ended' and not (new.last_day < auth.day_of(new.ended_at)
       or exists (select from pools.pools p where p.organisation_id = new.organisation_id and p.id = new.pool_id and p.state = 'closed')) then
    raise exception 'a campaign ends after its last day' using errcode = 'MT001';
  end if;
  if old.state = 'ended' and new.state = 'closed' and not exists (
       select from campaigns.outcomes o
        where o.organisation_id = new.organisation_id and o.campaign_id = new.id and o.done_at is not null) then
    raise exception 'a campaign that ended closes when what was chosen is done' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_campaign before insert or update or delete on campaigns.campaigns
  for each row execute function campaigns.guard_campaign();

-- Who gives has read the story: it changes only before it is submitted.
create function campaigns.guard_story() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from campaigns.campaigns c
    where c.organisation_id = coalesce(new.organisation_id, old.organisation_id)
      and c.id = coalesce(new.campaign_id, old.campaign_id) and c.state in ('draft', 'refused') for no key update;
  if not found or (tg_op = 'UPDATE' and (new.organisation_id, new.campaign_id) is distinct from (old.organisation_id, old.campaign_id)) then
    raise exception 'a story stays as it was submitted' using errcode = 'MT001';
  end if;
  return coalesce(new, old);
end
$$;
create trigger guard_story before insert or update or delete on campaigns.stories
  for each row execute function campaigns.guard_story();

create function campaigns.guard_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an update is taken down, not removed' using errcode = 'MT001';
  end if;
  if tg_op = 'INSERT' then
    if new.removed_at is not null or not exists (
         select from campaigns.campaigns c
          where c.organisation_id = new.organisation_id and c.id = new.campaign_id and c.starter_id = new.written_by
            and auth.holds(c.organisation_id, c.starter_id, array['campaigner'], c.pool_id)) then
      raise exception 'updates are written by the campaigner of the pool' using errcode = 'MT001';
    end if;
    return new;
  end if;
  if (new.organisation_id, new.id, new.campaign_id, new.written_by, new.written_at) is distinct from
     (old.organisation_id, old.id, old.campaign_id, old.written_by, old.written_at)
     or old.removed_at is not null or (new.words is not null and new.words is distinct from old.words) then
    raise exception 'an update stays as it is or is taken down' using errcode = 'MT001';
  end if;
  if not coalesce(auth.holds(new.organisation_id, new.removed_by, array['operator', 'administrator'], null), false) then
    raise exception 'an update is taken down by an operator or administrator' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_update before insert or update or delete on campaigns.updates
  for each row execute function campaigns.guard_update();

create function campaigns.guard_review() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
       select from campaigns.campaigns c
        where c.organisation_id = new.organisation_id and c.id = new.campaign_id and c.for_whom = 'self'
          and c.pool_id is not null and new.reviewed_by not in (c.decided_by, c.starter_id)
          and auth.holds(c.organisation_id, new.reviewed_by, array['operator', 'approver', 'administrator'], null)) then
    raise exception 'money for oneself is reviewed by staff who did not approve the campaign' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_review before insert on campaigns.reviews for each row execute function campaigns.guard_review();

create function campaigns.awaits_review(p_organisation int, p_pool uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from campaigns.campaigns c
     where c.organisation_id = p_organisation and c.pool_id = p_pool and c.for_whom = 'self'
       and not exists (select from campaigns.reviews r where r.organisation_id = c.organisation_id and r.campaign_id = c.id))
$$;
grant execute on function campaigns.awaits_review to meent_app;

create function campaigns.guard_first_payout() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if campaigns.awaits_review(new.organisation_id, new.pool_id) then
    raise exception 'money for oneself is paid after a review' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_first_payout before update on disbursements.cycles
  for each row when (old.approved_at is null and new.approved_at is not null) execute function campaigns.guard_first_payout();

-- Did this person alone give the role with which somebody decided this outcome?
create function campaigns.decider_given_alone(p_organisation int, p_outcome uuid, p_person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select auth.given_alone(p_organisation, o.decided_by, p_person, array['operator'], c.pool_id, o.recorded_at, auth.day_of(o.decided_at))
      from campaigns.outcomes o
      join campaigns.campaigns c on c.organisation_id = o.organisation_id and c.id = o.campaign_id
     where o.organisation_id = p_organisation and o.id = p_outcome), false)
$$;
grant execute on function campaigns.decider_given_alone to meent_app;

-- Do both still hold the roles with which they agreed? A refund in their name is refused otherwise.
create function campaigns.may_still_act(p_organisation int, p_outcome uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select auth.holds(o.organisation_id, o.decided_by, array['operator'], c.pool_id)
       and auth.holds(o.organisation_id, o.approved_by, array['approver'], c.pool_id)
      from campaigns.outcomes o
      join campaigns.campaigns c on c.organisation_id = o.organisation_id and c.id = o.campaign_id
     where o.organisation_id = p_organisation and o.id = p_outcome), false)
$$;
revoke all on function campaigns.may_still_act from public;
grant execute on function campaigns.may_still_act to meent_app;

create function campaigns.guard_outcome() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_campaign campaigns.campaigns;
begin
  if tg_op = 'DELETE' then
    raise exception 'what was decided stays' using errcode = 'MT001';
  end if;
  select * into v_campaign from campaigns.campaigns c
   where c.organisation_id = new.organisation_id and c.id = new.campaign_id for no key update;
  if tg_op = 'INSERT' then
    if v_campaign.ended_at is null then
      raise exception 'only of a campaign that ended without its goal' using errcode = 'MT001';
    end if;
    if num_nonnulls(new.approved_at, new.done_at, new.withdrawn_at) > 0 then
      raise exception 'an outcome begins as a decision and nothing more' using errcode = 'MT001';
    end if;
    if new.decided_by = v_campaign.starter_id
       or not auth.holds(new.organisation_id, new.decided_by, array['operator'], v_campaign.pool_id) then
      raise exception 'an outcome is decided by an operator who did not start the campaign' using errcode = 'MT001';
    end if;
    new.recorded_at := clock_timestamp();
    return new;
  end if;
  if (new.organisation_id, new.id, new.campaign_id, new.decided_by, new.decided_at, new.recorded_at) is distinct from
     (old.organisation_id, old.id, old.campaign_id, old.decided_by, old.decided_at, old.recorded_at)
     or (old.approved_at is not null and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at))
     or old.done_at is not null or old.withdrawn_at is not null then
    raise exception 'each step of an outcome is taken once' using errcode = 'MT001';
  end if;
  if old.approved_at is null and new.approved_at is not null then
    if new.approved_by = v_campaign.starter_id
       or not auth.holds(new.organisation_id, new.approved_by, array['approver'], v_campaign.pool_id) then
      raise exception 'an outcome is approved by an approver who did not start the campaign' using errcode = 'MT001';
    end if;
    if campaigns.decider_given_alone(new.organisation_id, new.id, new.approved_by) then
      raise exception 'whoever gave the deciding role alone does not approve' using errcode = 'MT001';
    end if;
  end if;
  if new.withdrawn_at is not null
     and not auth.holds(new.organisation_id, new.withdrawn_by, array['operator', 'approver'], v_campaign.pool_id) then
    raise exception 'an outcome is withdrawn by whoever may decide or approve it' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_outcome before insert or update or delete on campaigns.outcomes
  for each row execute function campaigns.guard_outcome();

create function campaigns.guard_move() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from campaigns.outcomes o
    join campaigns.campaigns c on c.organisation_id = o.organisation_id and c.id = o.campaign_id
   where o.organisation_id = new.organisation_id and o.id = new.outcome_id and o.approved_at is not null
     and o.done_at is null and o.withdrawn_at is null and c.if_unreached = 'moves' for no key update of o;
  if not found then
    raise exception 'money moves on when two people agreed, and where that was chosen' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_move before insert on campaigns.moves for each row execute function campaigns.guard_move();

-- Drafts and refused campaigns that nobody touched for half a year go, with their words. Answers how many.
create function campaigns.forget(p_organisation int) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_before timestamptz := now() + coalesce((select clock_offset_ms from platform.installation), 0) * interval '1 millisecond'
                          - interval '180 days';
  v_all bigint;
begin
  delete from campaigns.stories s using campaigns.campaigns c
   where c.organisation_id = p_organisation and s.organisation_id = c.organisation_id and s.campaign_id = c.id
     and c.state in ('draft', 'refused') and greatest(c.started_at, c.decided_at) < v_before;
  delete from campaigns.campaigns c
   where c.organisation_id = p_organisation and c.state in ('draft', 'refused')
     and greatest(c.started_at, c.decided_at) < v_before;
  get diagnostics v_all = row_count;
  return v_all;
end
$$;
revoke all on function campaigns.forget from public;
grant execute on function campaigns.forget to meent_app;

alter table acts.acts add constraint says_why_of_campaigns check (
  actor_kind <> 'person' or reason is not null or action not in (
    'campaign.refuse', 'campaign.review', 'campaign-update.remove', 'campaign-outcome.decide', 'campaign-outcome.withdraw')
) not valid;
