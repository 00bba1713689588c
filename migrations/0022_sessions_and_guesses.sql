-- A session gets another token whenever its person shows more, says on what kind of device it is, and counts wrong codes of its
-- own once the second factor was shown in it. A door that shuts again stays shut for longer each time.
alter table auth.sessions
  add column device text check (device ~ '^[A-Za-z]{2,20}(/[A-Za-z]{2,20})?$'), -- two words of ours, never what a browser sent
  add column wrong_codes int not null default 0 check (wrong_codes >= 0);
grant update (token_sha256, wrong_codes) on auth.sessions to meent_app;

alter table auth.authenticators
  add column begun_in uuid, -- the session that is setting it up: nobody else reads the secret
  add column times_shut int not null default 0 check (times_shut >= 0); -- since a right code was last shown
