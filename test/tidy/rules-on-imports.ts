/** Laws on who imports whom. */
import {
  type Finding,
  inSrc,
  matches,
  type Project,
  type Rule,
  type SourceFile,
  sliceOf,
  within,
} from './source.ts'
import { doors, mayImport, neverReaches } from './table.ts'

interface Edge {
  readonly file: SourceFile
  readonly from: string
  /** Path of the imported file. */
  readonly target: string
  readonly to: string
  readonly typeOnly: boolean
  readonly line: number
}

/** Imports from one slice, or file right under src/, to another. */
function crossings(project: Project): Edge[] {
  return inSrc(project).flatMap(file =>
    file.imports
      .filter(({ to }) => to.startsWith('src/') && sliceOf(to) !== sliceOf(file.path))
      .map(({ to: target, typeOnly, line }) => {
        return { file, from: sliceOf(file.path), target, to: sliceOf(target), typeOnly, line }
      }),
  )
}

const finding = ({ file, line }: Edge, says: string): Finding => ({ file: file.path, line, says })

const granted: Rule = {
  law: 'a slice imports only what the table grants it',
  check: project => [
    ...crossings(project)
      .filter(({ from, to, typeOnly }) => {
        const allowed = mayImport[from] ?? []
        const asType = typeOnly && (allowed.includes(`type ${to}`) || allowed.includes('type *'))
        return !allowed.includes(to) && !asType
      })
      .map(edge =>
        finding(edge, `${edge.from} may not import ${edge.typeOnly ? 'types of ' : ''}${edge.to}`),
      ),
    ...inSrc(project)
      .filter(({ path }) => !(sliceOf(path) in mayImport))
      .map(({ path }) => ({ file: path, line: 1, says: `${sliceOf(path)} has no line in the table` })),
  ],
  breaks: [
    { 'src/money/amount.ts': "import type { Pool } from '../pools/index.ts'" },
    { 'src/platform/db.ts': "import { pools } from '../pools/index.ts'" },
    { 'src/ledger/post.ts': "import { connect, type DB } from '../database.ts'" },
    { 'src/ledger/post.ts': "import type { Deps } from '../deps.ts'" },
    { 'src/api/pools.ts': "import { payees } from '../recipients/index.ts'" },
    { 'src/donations/a.ts': "import { registerApi } from '../api/index.ts'" },
    { 'src/donations/a.ts': "import { jobsOf } from '../jobs.ts'" },
    { 'src/pools/a.ts': "const page = await import('../web/routes.ts')" },
    { 'src/helpers/a.ts': 'export const one = 1' },
  ],
  holds: {
    'src/ledger/post.ts':
      "import type { DB } from '../database.ts'\nimport { money } from '../money/index.ts'",
    'src/database.ts': "import type { RecipientTables } from './recipients/tables.ts'",
    'src/donations/a.ts':
      "// import { registerApi } from '../api/index.ts'\nexport const a = \"import '../api/index.ts'\"",
  },
}

const atTheDoor: Rule = {
  law: 'slices meet at index.ts, or at a door that the table names',
  check: project =>
    crossings(project)
      .filter(({ target, from }) => {
        const inside = target.slice('src/'.length)
        if (!inside.includes('/') || matches(inside, '*/index.ts')) return false
        return !Object.entries(doors).some(
          ([door, open]) => matches(inside, door) && (open.includes('*') || open.includes(from)),
        )
      })
      .map(edge => finding(edge, `${edge.target} is not a door for ${edge.from}`)),
  breaks: [
    { 'src/enrolments/enrol.ts': "import { pool } from '../pools/pool.ts'" },
    { 'src/donations/a.ts': "import { stripe } from '../simulation/stripe/index.ts'" },
    { 'src/compose.ts': "import { verify } from './donations/stripe/verify-event.ts'" },
  ],
  holds: {
    'src/enrolments/enrol.ts':
      "import { pool } from '../pools/index.ts'\nimport { a } from '../platform/id.ts'",
    'src/compose.ts': "import { createStripeProvider } from './donations/stripe/index.ts'",
    'src/pools/pool.ts': "import { legalSubjects } from './tables.ts'",
  },
}

const noCycle: Rule = {
  law: 'slices form no cycle',
  check: project => {
    const edges = crossings(project).filter(
      ({ file, target }) => !isRootFile(file.path) && !isRootFile(target),
    )
    return edges
      .filter(({ from, to }) => reaches(edges, to, from))
      .map(edge => finding(edge, `${edge.from} → ${edge.to} closes a circle`))
  },
  breaks: [
    {
      'src/pools/a.ts': "import { a } from '../donations/index.ts'",
      'src/donations/a.ts': "import type { A } from '../acts/index.ts'",
      'src/acts/a.ts': "import { a } from '../pools/index.ts'",
    },
  ],
  holds: {
    'src/pools/a.ts': "import { a } from '../acts/index.ts'",
    'src/donations/a.ts': "import { a } from '../acts/index.ts'\nimport { a } from '../pools/index.ts'",
    'src/acts/a.ts': "import type { DB } from '../database.ts'",
    'src/database.ts': "import type { PoolTables } from './pools/tables.ts'",
  },
}

const isRootFile = (path: string) => path.split('/').length === 2

function reaches(edges: readonly Edge[], start: string, goal: string): boolean {
  const seen = new Set([start])
  for (const slice of seen) for (const { from, to } of edges) if (from === slice) seen.add(to)
  return seen.has(goal)
}

const keepsFromPersons: Rule = {
  law: 'ledger and transparency never reach recipients, through however many files',
  check: project =>
    neverReaches.flatMap(({ from, to }) => {
      const starts = inSrc(project).filter(({ path }) => from.some(slice => within(path, slice)))
      const cameFrom = new Map<string, string | null>(starts.map(({ path }) => [path, null]))
      for (const path of cameFrom.keys()) {
        // database.ts joins the row types of every slice: of that nothing is left when it runs.
        const known = path === 'src/database.ts' ? [] : (project.get(path)?.imports ?? [])
        for (const { to: next } of known) if (!cameFrom.has(next)) cameFrom.set(next, path)
      }
      return [...cameFrom.keys()]
        .filter(path => within(path, to))
        .map(path => ({ file: path, line: 1, says: `reached by ${wayTo(path, cameFrom).join(' → ')}` }))
    }),
  breaks: [
    { 'src/ledger/post.ts': "import type { Payee } from '../recipients/index.ts'" },
    {
      'src/transparency/publish.ts': "import { a } from '../platform/a.ts'",
      'src/platform/a.ts': "import { b } from './b.ts'",
      'src/platform/b.ts': "export { payees } from '../recipients/index.ts'",
    },
  ],
  holds: {
    'src/ledger/post.ts': "import type { DB } from '../database.ts'",
    'src/database.ts': "import type { RecipientTables } from './recipients/tables.ts'",
    'src/enrolments/enrol.ts': "import { addPerson } from '../recipients/index.ts'",
  },
}

function wayTo(path: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const before = cameFrom.get(path)
  return before ? [...wayTo(before, cameFrom), path] : [path]
}

export const rulesOnImports: readonly Rule[] = [granted, atTheDoor, noCycle, keepsFromPersons]
