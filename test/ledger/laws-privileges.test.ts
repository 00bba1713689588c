/** Laws 3 and 8: what the application's role cannot do, however it tries. */
import t from 'tap'
import { accountIds, book, refused, testLedger } from './support.ts'

const { owner, app } = await testLedger(t)
await book(app, { key: 'gift', lines: { 'bank b': 100, 'fund-available p': -100 } })

const tables = ['account_kinds', 'accounts', 'entries', 'postings']
const denied = { code: '42501' }

t.test('the application reads the ledger and writes none of its tables', async t => {
  for (const table of tables) {
    await t.resolves(app.query(`select * from ledger.${table}`))
    const column = table === 'postings' ? 'amount' : 'kind'
    for (const attack of [
      `insert into ledger.${table} default values`,
      `update ledger.${table} set ${column} = ${column}`,
      `select * from ledger.${table} for update`,
      `delete from ledger.${table}`,
      `truncate ledger.${table} cascade`,
      `alter table ledger.${table} disable trigger all`,
      `create trigger mine before insert on ledger.${table} for each row execute function suppress_redundant_updates_trigger()`,
      `drop table ledger.${table} cascade`,
    ])
      await refused(t, app, () => app.query(attack), denied, attack)
  }
  const { rows } = await app.query(`
    select c.relname from pg_class c where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p') order by 1`)
  t.strictSame(
    rows.map(row => row.relname),
    tables,
    'no table is forgotten here',
  )
})

t.test('of the functions it may call four, and of the procedures none', async t => {
  const { rows } = await owner.query(`
    select p.oid::regproc::text as name from pg_proc p
     where p.pronamespace in ('ledger'::regnamespace, 'platform'::regnamespace)
       and has_function_privilege('meent_app', p.oid, 'execute') order by 1`)
  t.strictSame(
    rows.map(row => row.name),
    ['ledger.folded', 'ledger.open_accounts', 'ledger.post', 'ledger.post_movements'],
  )
  for (const attack of [
    `select ledger.through_shortfall('fact', '{1}', '{1}', '{1}', '{1}', '{1}', '{1}')`,
    `select ledger.picked('{1}', '{1}')`,
    `select ledger.folded_entries(1, '{1}')`,
    'select ledger.total(1)',
    'select ledger.apply_postings()',
    'select ledger.guard_accounts()',
    `select ledger.refuse_crooked_reversals(1, '{}', '{}', '{}', '{}', '{}')`,
    `call platform.make_append_only('ledger.accounts')`,
    `select nextval('ledger.entries_id_seq')`,
    `select setval('ledger.accounts_id_seq', 1)`,
  ])
    await refused(t, app, () => app.query(attack), denied, attack)
})

t.test('nor does it get round them', async t => {
  const [fund] = await accountIds(app, ['fund-available p'])
  for (const attack of [
    'set session_replication_role = replica',
    'create table ledger.mine (a int)',
    'create table public.mine (a int)',
    'create schema mine',
    'create or replace function ledger.guard_accounts() returns trigger language plpgsql as $$ begin return null; end $$',
  ])
    await t.rejects(app.query(attack), denied, attack)

  // A trigger of its own puts an update at the very depth at which the ledger's trigger works.
  await app.query('create temp table lever (a int)')
  await app.query(`
    create function pg_temp.pull() returns trigger language plpgsql as $$
    begin update ledger.accounts set balance = -1000000 where id = ${fund}; return null; end $$`)
  await app.query('create trigger pull after insert on lever for each row execute function pg_temp.pull()')
  await refused(t, app, () => app.query('insert into lever values (1)'), denied, 'a trigger of its own')

  // Temporary objects that look like the ledger's do not lead its functions astray.
  await app.query('create temp table accounts (like ledger.accounts)')
  await app.query('create temp table entries (like ledger.entries)')
  t.match(await book(app, { key: 'gift-2', lines: { 'bank b': 1, 'fund-available p': -1 } }), {
    outcome: 'posted',
  })
})

t.test('personal data is behind a role of its own, and that role sees no money', async t => {
  for (const table of ['recipients.persons', 'donors.gifts'])
    await t.rejects(app.query(`select * from ${table}`), denied, table)
  await app.query('begin')
  await app.query('set local role meent_personal')
  await t.resolves(app.query('select * from recipients.persons'))
  await t.resolves(app.query('select * from donors.gifts'))
  await t.rejects(app.query('select * from ledger.entries'), denied)
  await app.query('rollback')
})

t.test('no column of the ledger has room for a name', async t => {
  const { rows } = await owner.query(`
    select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'ledger' and data_type in ('text', 'json', 'jsonb', 'bytea', 'character varying') order by 1`)
  t.strictSame(
    rows.map(row => row.name).filter(name => !name.startsWith('account_kinds.')),
    ['accounts.currency', 'accounts.floor', 'accounts.kind', 'accounts.side', 'accounts.subject'].concat([
      'entries.key',
      'entries.kind',
      'entries.nature',
    ]),
  )
})
