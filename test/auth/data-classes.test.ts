// The list of data classes in src/README.md is whole: each table of the database stands in one, and in no other.

import { readFileSync } from 'node:fs'
import pg from 'pg'
import t from 'tap'
import { testDatabase } from '../support/database.ts'

const readme = readFileSync(new URL('../../src/README.md', import.meta.url), 'utf8')
const [, list = ''] = /^## Which data, and how each is kept$([\s\S]*?)(?=^## )/m.exec(readme) ?? []
const classes = [...list.matchAll(/^\| \*\*(.+?)\*\*[^|]*\|([^|]*)\|(.*)\|$/gm)].map(
  ([, name = '', tables = '', rest = '']) => ({
    name,
    tables: [...tables.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, table = '']) => table),
    rest: rest.split('|').map(each => each.trim()),
  }),
)
const tablesOf = (name: string) => classes.filter(each => each.name === name).flatMap(each => each.tables)

t.test('every table stands in one class, and what is sealed or hashed in one that says so', async t => {
  const { url } = await testDatabase(t)
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  t.teardown(() => owner.end())
  const named = async (query: string) =>
    (await owner.query<{ name: string }>(query)).rows.map(({ name }) => name)
  const here = `table_schema not in ('pg_catalog', 'information_schema', 'simulation', 'jobs', 'migrations')`

  const all = await named(
    `select table_schema || '.' || table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and ${here} order by 1`,
  )
  t.ok(all.length > 30, `${all.length} tables`)
  t.strictSame(classes.flatMap(({ tables }) => tables).sort(), all.sort())
  const sealed = await named(
    `select distinct table_schema || '.' || table_name as name from information_schema.columns
      where ${here} and (data_type = 'bytea' or column_name ~ '(secret|sealed|encrypted|sha256|fingerprint)')`,
  )
  const saysSo = new Set([...tablesOf('Secret'), ...tablesOf('Personal')])
  t.ok(sealed.length > 8, `${sealed.length} with something sealed or hashed`)
  t.strictSame(
    sealed.filter(name => !saysSo.has(name)),
    [],
  )
  for (const { name, rest } of classes) {
    t.equal(rest.length, 3, `${name}: at rest, kept, read by`)
    t.ok(
      rest.every(each => each.length > 3),
      `${name}: each of them says something`,
    )
  }
})
