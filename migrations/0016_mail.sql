-- What leaves by e-mail waits here, queued in the transaction of what it is about: what was accepted is kept, and a mail
-- server that is away loses nothing. Address and words are sealed, and are gone once a letter was sent or given up.
create schema mail;
grant usage on schema mail to meent_app;

create table mail.outbox (
  organisation_id int not null,
  id uuid not null, -- also its Message-ID: a letter that was sent twice is one letter to whoever reads it
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 40),
  locale text not null check (locale in ('nl', 'en')),
  sealed bytea, -- to whom, and the words
  queued_at timestamptz not null, -- this and all below by the installation's clock
  expires_at timestamptz not null, -- not sent any more from then on
  attempts int not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null, -- whoever tries it puts this ahead first: until then it is theirs
  sent_at timestamptz,
  failed_at timestamptz,
  error text check (error ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(error) <= 40), -- a code of ours: never what a server said
  primary key (organisation_id, id),
  constraint content_goes_with_the_letter check ((sealed is null) = (sent_at is not null or failed_at is not null)),
  constraint sent_or_failed check (sent_at is null or failed_at is null),
  constraint sent_was_tried check (sent_at is null or attempts > 0),
  constraint failed_says_why check (failed_at is null or error is not null),
  constraint expires_later check (expires_at > queued_at),
  constraint sign_in_is_short check (kind <> 'sign-in' or expires_at <= queued_at + interval '15 minutes')
);
create index outbox_waiting on mail.outbox (organisation_id, next_attempt_at) where sealed is not null;
grant select on mail.outbox to meent_app;
grant insert (organisation_id, id, kind, locale, sealed, queued_at, expires_at, next_attempt_at) on mail.outbox to meent_app;
grant update (sealed, attempts, next_attempt_at, sent_at, failed_at, error) on mail.outbox to meent_app;

create function mail.guard_outbox() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.sealed is null or new.attempts <> 0 then
      raise exception 'a letter begins with its words, untried' using errcode = 'MT001';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' or old.sealed is null or (new.sealed is not null and new.sealed <> old.sealed)
     or new.attempts < old.attempts
     or to_jsonb(new) - array['sealed', 'attempts', 'next_attempt_at', 'sent_at', 'failed_at', 'error']
     <> to_jsonb(old) - array['sealed', 'attempts', 'next_attempt_at', 'sent_at', 'failed_at', 'error'] then
    raise exception 'a letter is sent as it was written, once, and stays on record' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_outbox before insert or update or delete on mail.outbox
  for each row execute function mail.guard_outbox();
