-- One small index for reading the journal by period or kind. Entries lie on disk in the order they were written, so it is
-- enough to know of each stretch of them which times and kinds it holds: a thousandth of the size of an ordinary index,
-- and nearly nothing to do when posting. A stretch that is not summarised yet is read as it is.
create index entries_by_stretch on ledger.entries using brin (
  organisation_id, id, effective_at, recorded_at, kind text_bloom_ops (n_distinct_per_range = 64)
) with (pages_per_range = 32, autosummarize = on);
