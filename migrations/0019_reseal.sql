-- After SECRETS was rotated everything is sealed anew, so that the old secret can go. A document may only be sealed anew:
-- what it holds, and what is said of it, stays.
grant update (body_encrypted) on archive.documents to meent_personal;
create function archive.guard_document() returns trigger
language plpgsql as $$
begin
  if to_jsonb(new) - 'body_encrypted' <> to_jsonb(old) - 'body_encrypted' then
    raise exception 'a document is only sealed anew' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_document before update on archive.documents
  for each row execute function archive.guard_document();
