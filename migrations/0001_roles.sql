-- Three roles. The owner runs migrations. `meent_app` is what the service runs as: it can read the ledger and
-- execute its posting function, never write its tables. `meent_personal` alone reaches personal data; the
-- application steps into it for the length of one query (`set local role`), so that a mistake anywhere else
-- cannot read a person's name. Roles belong to the whole server, so another database may have made them already.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['meent_app', 'meent_personal'] loop
    begin
      if not exists (select from pg_roles where rolname = role_name) then
        execute format('create role %I nologin noinherit', role_name);
      end if;
    exception when duplicate_object or unique_violation then
      null; -- made by another database at this very moment
    end;
  end loop;
  begin
    if not pg_has_role('meent_app', 'meent_personal', 'member') then
      grant meent_personal to meent_app;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant meent_app to %I', current_user);
    end if;
  exception when unique_violation or sqlstate 'XX000' then
    null; -- "tuple concurrently updated": the same grant, made by another database at this very moment
  end;
end
$$;

revoke all on schema public from public;
alter default privileges revoke execute on functions from public;

-- One function refuses every change of an append-only table, whoever asks: privileges stop the application,
-- this trigger stops the owner's slip of the hand too.
create schema platform;
grant usage on schema platform to meent_app, meent_personal;

create function platform.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception '% on %.% is refused: it is append-only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'MT001';
end
$$;

create procedure platform.make_append_only(p_table regclass)
language plpgsql as $$
begin
  execute format(
    'create trigger append_only before update or delete or truncate on %s
       for each statement execute function platform.refuse_change()', p_table);
end
$$;
