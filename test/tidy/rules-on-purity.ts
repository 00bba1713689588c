/** Laws on packages, on pure files, and on whose tables a slice may name. */
import { findingsIn, inSrc, lineAt, type Project, type Rule, sliceOf, within } from './source.ts'
import { alsoReads, impure, packages, pure, purePackages } from './table.ts'

const packagesInPlace: Rule = {
  law: 'each package is imported only where the table says',
  check: project => {
    const used = inSrc(project).flatMap(file =>
      file.imports
        .filter(({ to }) => !to.startsWith('src/') && !to.startsWith('node:'))
        .map(each => ({ ...each, file: file.path })),
    )
    const misplaced = used
      .filter(({ to, file }) => !packages[to]?.some(place => within(file, place)))
      .map(({ to, file, line }) => ({ file, line, says: `${to} is not imported here` }))
    const needed = new Set(used.map(({ to }) => to))
    const idle = declared(project)
      .filter(name => !needed.has(name))
      .map(name => ({ file: 'package.json', line: 1, says: `nothing imports ${name}` }))
    return [...misplaced, ...idle]
  },
  breaks: [
    { 'src/pools/routes.ts': "import Fastify from 'fastify'" },
    { 'src/donations/post.ts': "import type Stripe from 'stripe'" },
    { 'src/api/pools.ts': "import { sql } from 'kysely'" },
    { 'src/web/page.ts': "import { Pool } from 'pg'" },
    { 'package.json': '{ "dependencies": { "left-pad": "1.0.0" } }' },
  ],
  holds: {
    'src/donations/stripe/index.ts': "import Stripe from 'stripe'",
    'src/platform/db.ts': "import { Kysely } from 'kysely'\nimport { readFileSync } from 'node:fs'",
    'package.json': '{ "dependencies": { "kysely": "1", "stripe": "1" } }',
  },
}

function declared(project: Project): string[] {
  const text = project.get('package.json')?.text ?? '{}'
  return Object.keys((JSON.parse(text) as { dependencies?: Record<string, string> }).dependencies ?? {})
}

const isPure = (path: string) => pure.some(place => within(path, place))

const pureStaysPure: Rule = {
  law: 'pure files know no clock, chance, settings or I/O, and import nothing that does',
  check: project =>
    inSrc(project)
      .filter(({ path }) => isPure(path))
      .flatMap(file => [
        ...impure.flatMap(pattern =>
          findingsIn(file, file.bare, pattern, `not in a pure file: ${pattern.source}`),
        ),
        ...file.imports
          .filter(({ to, typeOnly }) => !typeOnly && !isPure(to) && !purePackages.includes(to))
          .map(({ to, line }) => ({ file: file.path, line, says: `a pure file does not import ${to}` })),
      ]),
  breaks: [
    { 'src/money/amount.ts': 'export const today = () => new Date()' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the hole of a template in a made-up file
    { 'src/money/amount.ts': 'export const today = () => `it is ${Date.now()}`' },
    { 'src/sustainability/policy.ts': 'export const chance = Math.random()' },
    { 'src/ledger/movements/cash.ts': "export const mode = process.env.NODE_ENV ?? ''" },
    { 'src/reconciliation/camt053/index.ts': "import { readFile } from 'node:fs/promises'" },
    { 'src/disbursements/rails/sepa/index.ts': "import { connect } from '../../../platform/db.ts'" },
  ],
  holds: {
    'src/money/amount.ts':
      "// never new Date()\nexport const word = 'Date.now'\nexport const day = new Date(0)",
    'src/ledger/movements/cash.ts':
      "import { bank } from '../chart.ts'\nimport type { Nature } from '../tables.ts'",
    'src/ledger/post.ts': 'export const now = () => new Date()',
  },
}

const ownTables: Rule = {
  law: "a slice names other slices' tables only where the table says; recipients and archive are named by nobody else",
  check: project => {
    const tables = tablesOf(project)
    return inSrc(project).flatMap(({ path, literals }) =>
      [...literals.matchAll(/\b([a-z_]+)\.([a-zA-Z_]+)\b/g)]
        .map(match => ({ schema: match[1] ?? '', name: `${match[1]}.${snakeCase(match[2] ?? '')}`, match }))
        .filter(({ schema, name }) => tables.has(name) && schema !== sliceOf(path))
        .filter(({ name }) => !alsoReads[sliceOf(path)]?.includes(name) && path !== 'src/database.ts')
        .map(({ name, match }) => ({
          file: path,
          line: lineAt(literals, match.index),
          says: `${sliceOf(path)} does not name ${name}`,
        })),
    )
  },
  breaks: [
    {
      'migrations/0001_pools.sql': '-- Pools.\ncreate table recipients.persons ();',
      'src/web/page.ts': "export const q = (db: DB) => db.selectFrom('recipients.persons')",
    },
    {
      'migrations/0001_pools.sql': '-- Pools.\ncreate table organisations.bank_accounts ();',
      'src/pools/pool.ts': 'export const q = sql`select id from organisations.bank_accounts`',
      'src/donations/a.ts': "export const q = (db: DB) => db.selectFrom('organisations.bankAccounts as a')",
    },
  ],
  holds: {
    'migrations/0001_pools.sql': '-- Pools.\ncreate table pools.pools ();',
    'src/pools/pool.ts': "export const q = (db: DB) => db.selectFrom('pools.pools')",
    'src/auth/permissions.ts': "export const permissions = { 'pools.manage': ['administrator'] }",
    'src/web/page.ts': 'export const all = (pools: Pools) => pools.pools',
  },
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

function tablesOf(project: Project): Set<string> {
  const migrations = [...project.values()].filter(({ path }) => path.startsWith('migrations/'))
  return new Set(
    migrations.flatMap(({ text }) =>
      [...text.matchAll(/create table (?:if not exists )?([a-z_]+\.[a-z_]+)/g)].map(match => match[1] ?? ''),
    ),
  )
}

export const rulesOnPurity: readonly Rule[] = [packagesInPlace, pureStaysPure, ownTables]
