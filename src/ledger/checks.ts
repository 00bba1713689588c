/**
 * The ledger's laws, asked of what is stored: each check is a query that answers what breaks it. `verify` and the
 * end of every journey run them all; the database should make each of them impossible to fail.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../database.ts'

export interface Finding {
  readonly check: string
  readonly detail: string
}

const checks: Readonly<Record<string, RawBuilder<{ detail: string }>>> = {
  'every entry has two or more postings that sum to zero in one currency': sql`
    select 'entry ' || e.organisation_id || '/' || e.id || ' sums to ' || coalesce(sum(p.amount), 0) as detail
      from ledger.entries e
      left join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
      left join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
     group by e.organisation_id, e.id
    having coalesce(sum(p.amount), 1) <> 0 or count(p.amount) < 2 or count(distinct a.currency) <> 1
        or max(p.ordinal) <> count(*)`,
  'every posting belongs to an entry and an account': sql`
    select 'posting of entry ' || p.organisation_id || '/' || p.entry_id as detail from ledger.postings p
     where not exists (select from ledger.entries e where e.organisation_id = p.organisation_id and e.id = p.entry_id)
        or not exists (select from ledger.accounts a where a.organisation_id = p.organisation_id and a.id = p.account_id)`,
  'a reversing entry mirrors the entry that it reverses': sql`
    select 'entry ' || r.organisation_id || '/' || r.id || ' is no mirror of ' || r.reverses as detail
      from ledger.entries r
     where r.reverses is not null and (
           not exists (select from ledger.entries e where e.organisation_id = r.organisation_id and e.id = r.reverses)
        or exists (select account_id, -amount from ledger.folded(r.organisation_id, r.id)
                   except select account_id, amount from ledger.folded(r.organisation_id, r.reverses))
        or exists (select account_id, amount from ledger.folded(r.organisation_id, r.reverses)
                   except select account_id, -amount from ledger.folded(r.organisation_id, r.id)))`,
  'running balances and versions follow without a gap': sql`
    select 'account ' || c.organisation_id || '/' || c.account_id || ' at version ' || c.account_version as detail
      from (select p.*, sum(amount) over w as running, row_number() over w as place
              from ledger.postings p window w as (partition by organisation_id, account_id order by account_version)) c
     where c.balance_after <> c.running or c.account_version <> c.place`,
  'balance and version of an account follow from its postings': sql`
    select 'account ' || a.organisation_id || '/' || a.id || ' ' || a.kind as detail
      from ledger.accounts a
      left join ledger.postings p on p.organisation_id = a.organisation_id and p.account_id = a.id
     group by a.organisation_id, a.id
    having a.balance <> coalesce(sum(p.amount), 0) or a.version <> count(p.amount)`,
  'recorded time never runs backwards within an account': sql`
    select 'account ' || c.organisation_id || '/' || c.account_id || ' at version ' || c.account_version as detail
      from (select p.organisation_id, p.account_id, p.account_version, e.recorded_at,
                   lag(e.recorded_at) over (partition by p.organisation_id, p.account_id order by p.account_version) as before
              from ledger.postings p
              join ledger.entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id) c
     where c.recorded_at < c.before`,
  'no fund, debt or shortfall stands on its wrong side': sql`
    select a.kind || ' ' || a.organisation_id || '/' || a.id || ' stands at ' || a.balance as detail from ledger.accounts a
     where a.floor <> 'none' and case a.side when 'debit' then a.balance < 0 else a.balance > 0 end`,
  'no fund has money and a shortfall at once': sql`
    select f.kind || ' ' || f.organisation_id || '/' || f.id as detail
      from ledger.accounts f join ledger.accounts s on s.organisation_id = f.organisation_id and s.id = f.shortfall_id
     where f.balance <> 0 and s.balance <> 0`,
  'a decision never made a shortfall': sql`
    select 'entry ' || e.organisation_id || '/' || e.id as detail
      from ledger.entries e
      join ledger.postings p on p.organisation_id = e.organisation_id and p.entry_id = e.id
      join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
     where e.nature = 'decision' and a.kind = 'shortfall' and p.amount > 0`,
  'the triggers that enforce the laws are in place': sql`
    select 'trigger ' || w.name || ' on ' || w.relation || ' is missing or disabled' as detail
      from (values ('ledger.entries', 'append_only'), ('ledger.postings', 'append_only'),
                   ('ledger.account_kinds', 'append_only'), ('ledger.postings', 'apply_postings'),
                   ('ledger.accounts', 'guard_accounts'), ('ledger.accounts', 'guard_new_account'),
                   ('acts.acts', 'append_only'), ('disbursements.payouts', 'append_only'),
                   ('disbursements.cycles', 'guard_cycle'), ('disbursements.attempts', 'guard_attempt'),
                   ('disbursements.payouts', 'guard_payout'), ('disbursements.batches', 'guard_batch'),
                   ('disbursements.cycles', 'guard_birth'), ('disbursements.attempts', 'guard_birth'),
                   ('disbursements.batches', 'guard_birth'), ('acts.acts', 'stamp')) w(relation, name)
     where not exists (select from pg_trigger t
                        where t.tgrelid = w.relation::regclass and t.tgname = w.name and t.tgenabled in ('O', 'A'))`,
  'the application has no right to write the ledger': sql`
    select 'meent_app may ' || r.privilege || ' ' || c.oid::regclass as detail
      from pg_class c, (values ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) r(privilege)
     where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p')
       and (has_table_privilege('meent_app', c.oid, r.privilege)
         or (r.privilege in ('INSERT', 'UPDATE') and has_any_column_privilege('meent_app', c.oid, r.privilege)))
    union all
    select 'meent_app may execute ' || p.oid::regprocedure from pg_proc p
     where p.pronamespace = 'ledger'::regnamespace and p.proname not in ('post_movements', 'post', 'open_accounts', 'folded')
       and has_function_privilege('meent_app', p.oid, 'EXECUTE')`,
}

/**
 * Runs every check on one snapshot; an empty answer means that every law holds. With an organisation, what is found
 * about another one is left out.
 */
export async function checkLedger(db: Kysely<DB>, organisationId?: number): Promise<Finding[]> {
  const isOthers = (detail: string) => {
    const about = /\b(\d+)\/\d+/.exec(detail)?.[1]
    return organisationId !== undefined && about !== undefined && about !== String(organisationId)
  }
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async trx => {
      const findings: Finding[] = []
      for (const [check, query] of Object.entries(checks)) {
        const { rows } = await query.execute(trx)
        const own = rows.filter(row => !isOthers(row.detail))
        findings.push(...own.slice(0, 20).map(row => ({ check, detail: row.detail })))
      }
      return findings
    })
}

export const checkNames = Object.keys(checks)
