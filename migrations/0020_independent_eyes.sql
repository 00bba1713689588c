-- Two people are two only when neither is the other's creature, and both still work here. What money is sent to is decided by
-- approvers: an administrator is of people and settings, and gives the roles that propose.

-- Was every role by which somebody may propose given to them by this one person alone?
create function auth.given_alone(p_organisation int, p_maker uuid, p_giver uuid, p_roles text[]) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(bool_and(g.granted_by is not distinct from p_giver and g.change_id is null), false)
    from auth.grants g
   where g.organisation_id = p_organisation and g.person_id = p_maker and g.role = any (p_roles)
$$;
grant execute on function auth.given_alone to meent_app;

create function changes.proposers(p_kind text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_kind
    when 'lift-freeze' then array['approver']
    when 'own-iban' then array['treasurer', 'administrator']
    when 'provider-keys' then array['treasurer', 'administrator']
    else array['administrator'] end
$$;
grant execute on function changes.proposers to meent_app;

create function changes.guard_independence() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.decision not in ('approved', 'alone') then
    return new;
  end if;
  if not changes.holds(new.organisation_id, new.proposed_by, changes.proposers(new.kind)) then
    raise exception 'whoever proposed this may not, or no longer' using errcode = 'MT001';
  end if;
  if new.decision = 'approved' and auth.given_alone(new.organisation_id, new.proposed_by, new.decided_by, changes.proposers(new.kind)) then
    raise exception 'whoever gave the proposing role alone does not approve' using errcode = 'MT001';
  end if;
  if new.decision = 'approved' and new.kind in ('own-iban', 'provider-keys')
     and not changes.holds(new.organisation_id, new.decided_by, array['approver']) then
    raise exception 'where money goes is approved by an approver' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_independence before update of decision on changes.changes
  for each row when (new.decision is not null) execute function changes.guard_independence();

-- A cycle stays payable when its maker has left: another approver approves it.
create function disbursements.guard_independence() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.given_alone(new.organisation_id, new.proposed_by, new.approved_by, array['operator', 'approver']) then
    raise exception 'whoever gave the proposing role alone does not approve' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_independence before update of approved_by on disbursements.cycles
  for each row when (new.approved_by is not null) execute function disbursements.guard_independence();

-- Founding counts those who can decide: for the whole organisation, on the installation's day, as the command line does.
create or replace function auth.guard_approving_role() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_holders int;
begin
  if new.role not in ('approver', 'administrator') then
    return new;
  end if;
  if new.change_id is not null then
    if not changes.approved_now(new.organisation_id, new.change_id, 'approving-role', new.person_id::text,
         jsonb_build_object('personId', new.person_id, 'role', new.role, 'poolId', new.pool_id, 'lastDay', new.last_day,
                            'standInFor', new.stand_in_for))
       or not exists (select from changes.changes c where c.organisation_id = new.organisation_id and c.id = new.change_id
                         and c.proposed_by is not distinct from new.granted_by) then
      raise exception 'a role that approves needs an approved change that says exactly that' using errcode = 'MT001';
    end if;
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('founding roles', new.organisation_id));
  select count(distinct g.person_id) into v_holders from auth.grants g
   where g.organisation_id = new.organisation_id
     and changes.holds(new.organisation_id, g.person_id, array['approver', 'administrator']);
  if new.granted_by is not null
     or (v_holders >= 2 and (select mode from platform.installation) is distinct from 'demonstration') then
    raise exception 'a role that approves is given by two people' using errcode = 'MT001';
  end if;
  return new;
end
$$;
