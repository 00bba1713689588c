// The list of what the migrations make is what a freshly migrated database holds; `--write` writes it anew.

import { writeFileSync } from 'node:fs'
import t from 'tap'
import expected from '../../src/verify/schema.json' with { type: 'json' }
import { readSchema } from '../../src/verify/schema.ts'
import { testLedger } from '../ledger/support.ts'

const { db, owner } = await testLedger(t)
const { rows } = await owner.query(`
  select array_agg(nspname::text) as schemas from pg_namespace
   where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'jobs', 'migrations')`)
const found = await db.transaction().execute(trx => readSchema(trx, rows[0].schemas))
const sorted = Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))

if (process.argv.includes('--write')) {
  writeFileSync(
    new URL('../../src/verify/schema.json', import.meta.url),
    `${JSON.stringify(sorted, null, 2)}\n`,
  )
  t.pass('written')
} else {
  t.strictSame(expected, sorted, 'src/verify/schema.json: node test/verify/schema.test.ts --write')
}
