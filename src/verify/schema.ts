/**
 * The schema against what the migrations make: `schema.json` names every table, index, constraint, trigger, function and
 * right of a freshly migrated database, with a digest of its definition. So a trigger that was switched off, a function
 * that was replaced, an index that is gone and a right too many are all noticed, whoever did it: the list is not kept in
 * the database. `node test/verify/schema.test.ts --write` writes it anew after a migration was added.
 */
import { type QueryExecutorProvider, sql } from 'kysely'
import { type Broken, DETAILS, settle } from '../platform/checks.ts'
import { sha256 } from '../platform/id.ts'
import expected from './schema.json' with { type: 'json' }

export type Schema = Readonly<Record<string, string>>

/** By the first word of an object's name: the law that it is under. */
const lawOf: Readonly<Record<string, string>> = {
  table: 'tables and their columns are those of the migrations',
  index: 'indexes are there, valid and as the migrations made them',
  constraint: 'constraints are there, valid and as the migrations made them',
  trigger: 'triggers and rules are those of the migrations, and switched on',
  function: 'functions are those of the migrations',
  right: 'nobody has a right that the migrations did not give',
  role: 'the roles of the application are no more than they should be, and nothing is theirs',
}
export const schemaLaws: readonly string[] = Object.values(lawOf)

export async function checkSchema(trx: QueryExecutorProvider): Promise<Broken[]> {
  const found = await readSchema(trx, schemasOf(expected))
  const differences = [
    ...Object.entries(expected).flatMap(([name, digest]) =>
      found[name] === undefined
        ? [`${name} is missing`]
        : found[name] === digest
          ? []
          : [`${name} differs from the migrations`],
    ),
    ...Object.keys(found).flatMap(name => (name in expected ? [] : [`${name} is not of the migrations`])),
  ]
  return Object.entries(lawOf).flatMap(([word, check]) => {
    const details = differences.filter(each => each.startsWith(`${word} `))
    return details.length === 0 ? [] : [{ check, count: details.length, details: details.slice(0, DETAILS) }]
  })
}

const schemasOf = (schema: Schema): string[] => [
  ...new Set(Object.keys(schema).flatMap(name => /^table ([a-z_]+)\./.exec(name)?.[1] ?? [])),
]

/** Everything of these schemas that the laws stand on, as name and digest; and what anybody may do there. */
export async function readSchema(trx: QueryExecutorProvider, schemas: readonly string[]): Promise<Schema> {
  await settle(trx, { search_path: 'pg_catalog, pg_temp' }) // so that every name is written with its schema
  const { rows } = await sql<{ name: string; definition: string }>`
    with space as (select oid, nspname, nspowner, nspacl from pg_namespace where nspname = any (${schemas})),
    relation as (select c.*, c.oid::regclass::text as name from pg_class c join space on space.oid = c.relnamespace),
    routine as (select p.*, p.oid::regprocedure::text as name from pg_proc p join space on space.oid = p.pronamespace)
    select 'table ' || r.name as name, concat_ws(' ', r.relkind, r.relpersistence, r.relrowsecurity,
             (select string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                                          a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), ', ' order by a.attnum)
                from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
               where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped)) as definition
      from relation r where r.relkind not in ('i', 'I', 'S', 't')
    union all
    select 'table ledger.account_kinds has ' || kind, side || ' ' || floor from ledger.account_kinds
    union all
    select 'index ' || r.name, concat_ws(' ', pg_get_indexdef(r.oid), i.indisvalid and i.indisready and i.indislive)
      from relation r join pg_index i on i.indexrelid = r.oid
    union all
    select 'constraint ' || c.conname || ' on ' || r.name, concat_ws(' ', pg_get_constraintdef(c.oid), c.convalidated)
      from relation r join pg_constraint c on c.conrelid = r.oid and c.contype in ('c', 'f', 'p', 'u', 'x')
    union all
    select 'trigger ' || t.tgname || ' on ' || r.name, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
      from relation r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
    union all -- those behind foreign keys have a number for a name
    select 'trigger of a foreign key on ' || r.name, 'off'
      from relation r where exists (select from pg_trigger t where t.tgrelid = r.oid and t.tgisinternal
                                       and t.tgenabled not in ('O', 'A'))
    union all
    select 'trigger rule ' || w.rulename || ' on ' || r.name, pg_get_ruledef(w.oid)
      from relation r join pg_rewrite w on w.ev_class = r.oid and w.rulename <> '_RETURN'
    union all
    select 'trigger setting of ' || case s.setrole when 0 then 'everybody' else s.setrole::regrole::text end, w.setting
      from pg_db_role_setting s, unnest(s.setconfig) w(setting)
     where w.setting like 'session_replication_role=%' and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
    union all
    select 'function ' || p.name, concat_ws(' ', p.prosrc, p.prokind, p.prosecdef, p.proconfig, p.provolatile, p.proisstrict,
             p.prorettype::regtype, (select lanname from pg_language where oid = p.prolang),
             (select concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggmtransfn, g.aggminvtransfn, g.agginitval)
                from pg_aggregate g where g.aggfnoid = p.oid))
      from routine p
    union all
    select 'right ' || a.privilege_type || ' on ' || o.name || ' for '
           || case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end
           || case when a.is_grantable then ' to give on' else '' end, ''
      from (select 'schema ' || nspname as name, nspowner as owner, nspacl as acl from space
            union all select name, relowner, coalesce(relacl, acldefault('r', relowner)) from relation
            union all select r.name || '.' || a.attname, r.relowner, a.attacl
                        from relation r join pg_attribute a on a.attrelid = r.oid and a.attacl is not null
            union all select name, proowner, coalesce(proacl, acldefault('f', proowner)) from routine) o
      cross join lateral aclexplode(o.acl) a where a.grantee <> o.owner
    union all
    select 'role ' || r.rolname, concat_ws(' ', r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolbypassrls, r.rolreplication,
             r.rolcanlogin, (select string_agg(g.rolname, ', ' order by g.rolname) from pg_auth_members m
                               join pg_roles g on g.oid = m.roleid where m.member = r.oid))
      from pg_roles r where r.rolname in ('meent_app', 'meent_personal')
    union all
    select 'role ' || o.owner::regrole || ' owns ' || o.name, 'owner'
      from (select nspname::text as name, nspowner as owner from space union all select name, relowner from relation
            union all select name, proowner from routine) o
     where o.owner <> (select nspowner from space where nspname = 'ledger')
        or o.owner in (select oid from pg_roles where rolname in ('meent_app', 'meent_personal'))`.execute(
    trx,
  )
  return Object.fromEntries(
    rows.map(({ name, definition }) => [name, definition === '' ? '' : digestOf(definition)]),
  )
}

const digestOf = (definition: string): string => sha256(definition).toString('hex').slice(0, 16)
