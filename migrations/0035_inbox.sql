-- The inbox takes many events in one statement, says what each is about and what became of it; and what the archive keeps
-- for a while really goes when that while has passed.
alter table donations.inbox
  add column object_id text collate "C", -- the provider's id of what it tells of: says nothing of anybody
  add column outcome text check (
    outcome in ('transaction-read', 'no-transaction', 'moves-nothing', 'type-unknown')),
  add constraint outcome_when_processed check (outcome is null or processed_at is not null);
grant update (outcome) on donations.inbox to meent_app;
-- One index for all that waits, also by what it is about.
create index inbox_waiting on donations.inbox (organisation_id, object_id) where processed_at is null;
drop index donations.inbox_unprocessed;

-- From an event to the transaction that it told of, whichever was learnt first.
alter table donations.provider_transactions add column source_id text collate "C"; -- the provider's: of a charge, refund, dispute, payout
create index transactions_by_source on donations.provider_transactions (organisation_id, source_id) where source_id is not null;

-- When a reading last looked back as far as it ever does. In between it may stop where it finds nothing new.
alter table donations.provider_readings add column whole_at timestamptz;

-- Sealed bytes cannot be pressed, and an event of a few kilobytes is best kept with its row.
alter table archive.documents alter column body_encrypted set storage external;
alter table archive.documents set (toast_tuple_target = 8160);

-- Takes in events that came at the same time, each with its sealed document: all in one statement, so that they are one
-- transaction and one wait for the disk. The bytes of all documents are one value, cut apart here. Answers the documents of those
-- that were new. In one order, so that no two who take in the same events wait for each other.
create function donations.take_in(
  p_organisation int, p_events text[], p_types text[], p_happened timestamptz[], p_objects text[],
  p_documents uuid[], p_hashes bytea, p_sealed bytea, p_starts int[], p_sizes int[], p_keep_until date
) returns setof uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return query
  with fresh as (
    insert into donations.inbox (organisation_id, event_id, type, happened_at, object_id, document_id)
    select p_organisation, e.* from unnest(p_events, p_types, p_happened, p_objects, p_documents) e(id, type, at, object, document)
     order by e.id
    on conflict do nothing returning document_id
  ), kept as (
    insert into archive.documents (organisation_id, id, kind, sha256, body_encrypted, keep_until)
    select p_organisation, d.id, 'provider-event', substring(p_hashes from (d.nth::int - 1) * 32 + 1 for 32),
           substring(p_sealed from d.start for d.size), p_keep_until
      from unnest(p_documents, p_starts, p_sizes) with ordinality d(id, start, size, nth)
      join fresh on fresh.document_id = d.id
  )
  select document_id from fresh;
end
$$;
revoke all on function donations.take_in from public;
grant execute on function donations.take_in to meent_app;

-- Whoever refers to a document keeps its id when it is gone; it must be there when it is first referred to. Of events, which come
-- by the thousand, the one function that writes both sees to it, and `verify` asks.
alter table donations.inbox drop constraint inbox_organisation_id_document_id_fkey;
alter table disbursements.batches drop constraint batches_organisation_id_document_id_fkey;
alter table reconciliation.statements drop constraint statements_organisation_id_document_id_fkey;
create function archive.must_be_there() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from archive.documents d where d.organisation_id = new.organisation_id and d.id = new.document_id;
  if not found then
    raise exception 'there is no such document' using errcode = 'foreign_key_violation';
  end if;
  return new;
end
$$;
create trigger document_is_there after insert on disbursements.batches
  for each row execute function archive.must_be_there();
create trigger document_is_there after insert on reconciliation.statements
  for each row execute function archive.must_be_there();

-- Nothing goes before its day, whoever asks. The day is the installation's, which in a demonstration may be ahead.
create function archive.today() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select ((now() + coalesce((select clock_offset_ms from platform.installation), 0) * interval '1 millisecond')
          at time zone 'UTC')::date
$$;
create function archive.guard_removal() returns trigger
language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' or old.keep_until >= archive.today() then
    raise exception 'a document is kept until its day has passed' using errcode = 'MT001';
  end if;
  return old;
end
$$;
create trigger guard_removal before delete on archive.documents for each row execute function archive.guard_removal();
create trigger guard_truncate before truncate on archive.documents for each statement execute function archive.guard_removal();
revoke delete on archive.documents from meent_personal;
-- Documents of one kind come in the order in which they go: a few pages say where those are, and nothing is kept a row.
create index documents_by_keep_until on archive.documents using brin (keep_until);

-- Answers how many of each kind went, at most so many at once.
create function archive.remove_expired(p_organisation int, p_most int) returns table (kind text, removed bigint)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with expired as (
    select d.organisation_id, d.id from archive.documents d
     where d.organisation_id = p_organisation and d.keep_until < archive.today()
     order by d.keep_until limit p_most for update skip locked
  ), gone as (
    delete from archive.documents d using expired e where d.organisation_id = e.organisation_id and d.id = e.id returning d.kind
  )
  select gone.kind, count(*) from gone group by gone.kind
$$;

-- Events that must still have their document, and have none.
create function donations.events_without_document(p_organisation int) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.event_id from donations.inbox i
   where i.organisation_id = p_organisation and i.received_at > now() - interval '1 year'
     and archive.today() < i.received_at::date + 399
     and not exists (select from archive.documents d where d.organisation_id = i.organisation_id and d.id = i.document_id)
$$;
revoke all on function archive.today, archive.remove_expired, donations.events_without_document from public;
grant execute on function archive.today, archive.remove_expired, donations.events_without_document to meent_app;
