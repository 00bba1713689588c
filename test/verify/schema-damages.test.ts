// What the owner could do to the schema itself is noticed, each under its law, by name; then rolled back.

import { sql } from 'kysely'
import t from 'tap'
import { checkSchema, schemaLaws } from '../../src/verify/schema.ts'
import { testLedger } from '../ledger/support.ts'

const damages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tables and their columns are those of the migrations': {
    'a column more': 'alter table ledger.entries add column note text',
    'a column that may be empty': 'alter table ledger.postings alter column amount drop not null',
    'a table that is lost in a crash': 'alter table acts.acts set unlogged',
    'an account kind that may pass zero': `set local session_replication_role = replica;
      update ledger.account_kinds set floor = 'none' where kind = 'loss-reserve'`,
  },
  'indexes are there, valid and as the migrations made them': {
    'an index dropped': 'drop index ledger.entries_reversed_once',
    'an index that is not valid':
      "update pg_index set indisvalid = false where indexrelid = 'ledger.entries_organisation_id_key_key'::regclass",
  },
  'constraints are there, valid and as the migrations made them': {
    'a key dropped': 'alter table ledger.entries drop constraint entries_organisation_id_key_key',
    'two pairs of eyes dropped': 'alter table disbursements.cycles drop constraint maker_is_not_approver',
    'a check that old rows need not pass': `alter table ledger.postings drop constraint postings_amount_check;
      alter table ledger.postings add constraint postings_amount_check check (amount <> 0) not valid`,
  },
  'triggers and rules are those of the migrations, and switched on': {
    'one disabled': 'alter table ledger.postings disable trigger apply_postings',
    'all of a table disabled': 'alter table ledger.entries disable trigger all',
    'one that fires for replicas only': 'alter table ledger.accounts enable replica trigger guard_accounts',
    'one dropped': 'drop trigger append_only on acts.acts',
    'one for updates only': `drop trigger append_only on ledger.entries;
      create trigger append_only before update on ledger.entries for each statement execute function platform.refuse_change()`,
    'one more': `create trigger mine before insert on ledger.accounts
      for each row execute function suppress_redundant_updates_trigger()`,
    'those behind foreign keys disabled': 'alter table disbursements.attempts disable trigger all',
    'a rule that swallows': 'create rule swallow as on delete to ledger.entries do instead nothing',
    'all of them off for everybody': `do $$ begin execute format(
      'alter database %I set session_replication_role = replica', current_database()); end $$`,
  },
  'functions are those of the migrations': {
    'a law replaced': `create or replace function ledger.apply_postings() returns trigger
      language plpgsql security definer as 'begin return null; end'`,
    'the rights of its caller': 'alter function ledger.guard_accounts() security definer',
    'a search path left open': 'alter function ledger.open_accounts reset search_path',
    'a function more': `create function ledger.mine() returns int language sql as 'select 1'`,
  },
  'nobody has a right that the migrations did not give': {
    'a right to insert': 'grant insert on ledger.entries to meent_app',
    'a right of everybody': 'grant truncate on ledger.accounts to public',
    'a right to one column': 'grant update (balance) on ledger.accounts to meent_app',
    'a function that is not for it': 'grant execute on function ledger.picked to meent_app',
    'a right to make more': 'grant create on schema ledger to meent_app',
    'a right to names': 'grant select on recipients.persons to meent_app',
    'a right that is gone':
      'revoke select on ledger.postings from meent_app;\n grant select on ledger.postings to meent_app with grant option',
  },
  'the roles of the application are no more than they should be, and nothing is theirs': {
    'a table of its own': 'alter table ledger.postings owner to meent_app',
    'a function of its own': 'alter function ledger.apply_postings() owner to meent_app',
  },
}

t.strictSame(
  Object.keys(damages).sort(),
  [...schemaLaws].sort(),
  'every law on the schema is shown to be able to fail',
)

const { db } = await testLedger(t)
const rolledBack = new Error('rolled back')

for (const [law, ways] of Object.entries(damages))
  for (const [way, statements] of Object.entries(ways))
    t.test(`found: ${way}`, async t => {
      const damaged = db.transaction().execute(async trx => {
        await sql`set local role none`.execute(trx)
        for (const statement of statements.split(/;\n/)) await sql.raw(statement).execute(trx)
        const broken = await checkSchema(trx)
        t.ok(
          broken.some(each => each.check === law),
          `${law}; found: ${broken.flatMap(each => each.details).join('; ')}`,
        )
        throw rolledBack
      })
      await t.rejects(damaged, rolledBack)
    })

t.test('nothing is found when all was rolled back', async t =>
  t.strictSame(await db.transaction().execute(checkSchema), []),
)
