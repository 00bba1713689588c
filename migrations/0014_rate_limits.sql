-- How often somebody came by lately, counted by all instances together. Losing it in a crash costs nothing but a fresh
-- start of the count, so it is unlogged: counting waits for no disk. One row for each limit and each subject, until its
-- window ends; the service removes old ones.
create unlogged table platform.rate_limits (
  -- organisation/limit/kind:subject. A subject is hexadecimal (a keyed hash, an id) or `all`: an address of a person or
  -- of a network cannot stand here.
  key text collate "C" primary key check (key ~ '^[0-9]+/[a-z-]+/[a-z-]+:([0-9a-f-]{8,64}|all)$'),
  points int not null,
  expire bigint not null -- milliseconds since 1970
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
grant select, insert, update, delete on platform.rate_limits to meent_app;
