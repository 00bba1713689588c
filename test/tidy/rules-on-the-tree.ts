/** Laws on the tree: its top, its READMEs, its migrations, and that every refusal is used. */
import { inSrc, type Project, type Rule } from './source.ts'
import { topLevel } from './table.ts'

const top: Rule = {
  law: 'the top level has only the allowed names',
  check: project =>
    [...new Set([...project.keys()].map(path => path.split('/')[0] ?? ''))]
      .filter(name => !topLevel.includes(name))
      .map(name => ({
        file: name,
        line: 1,
        says: 'not at the top level: knowledge lives in READMEs, code in src',
      })),
  breaks: [{ 'docs/architecture.md': '# No' }, { 'NOTES.md': '# No' }, { '.prettierrc': '{}' }],
  holds: { 'README.md': '# Meent', 'src/money/amount.ts': '// One.', '.ci/run': '' },
}

const readmes: Rule = {
  law: 'every slice, src, migrations and test have a README.md',
  check: project =>
    [...new Set([...project.keys()].flatMap(foldersToExplain))]
      .filter(folder => !/^# \S/.test(project.get(`${folder}/README.md`)?.text ?? ''))
      .map(folder => ({
        file: `${folder}/README.md`,
        line: 1,
        says: 'is missing, or opens without a heading',
      })),
  breaks: [
    { 'src/README.md': '# Map', 'src/pools/pool.ts': '// A pool.' },
    { 'test/tidy.test.ts': '// Tidy.' },
    { 'migrations/0001_a.sql': '-- A.', 'migrations/README.md': '' },
  ],
  holds: { 'src/README.md': '# Map', 'src/pools/README.md': '# Pools', 'src/pools/pool.ts': '// A pool.' },
}

function foldersToExplain(path: string): string[] {
  const [first = '', second = '', ...deeper] = path.split('/')
  if (!['src', 'migrations', 'test'].includes(first)) return []
  return first === 'src' && deeper.length > 0 ? [first, `${first}/${second}`] : [first]
}

const migrationNames: Rule = {
  law: 'every migration has a number of its own',
  check: project => {
    const names = [...project.keys()]
      .filter(path => path.startsWith('migrations/') && path !== 'migrations/README.md')
      .sort()
    const numberOf = (path: string) => /^migrations\/(\d{4})_[a-z0-9_]+\.sql$/.exec(path)?.[1]
    return names.flatMap(file => {
      const number = numberOf(file)
      if (number === undefined) return [{ file, line: 1, says: 'is not named NNNN_what_it_is.sql' }]
      const others = names.filter(each => each !== file && numberOf(each) === number)
      return others.map(other => ({ file, line: 1, says: `has the number of ${other}` }))
    })
  },
  breaks: [
    { 'migrations/0001_a.sql': '-- A.', 'migrations/0001_b.sql': '-- B.' },
    { 'migrations/1_a.sql': '-- A.' },
    { 'migrations/0001-a.ts': '// A.' },
  ],
  holds: {
    'migrations/0001_a.sql': '-- A.',
    'migrations/0002_b.sql': '-- B.',
    'migrations/README.md': '# B',
  },
}

const REFUSALS = 'src/refusals.ts'

const refusalsUsed: Rule = {
  law: 'every refusal is thrown or answered somewhere',
  check: project => {
    const literals = inSrc(project)
      .filter(({ path }) => path !== REFUSALS)
      .map(file => file.literals)
      .join('\n')
    return codesOf(project)
      .filter(({ code }) => !literals.includes(`'${code}'`))
      .map(({ code, line }) => ({ file: REFUSALS, line, says: `nobody refuses with ${code}` }))
  },
  breaks: [
    { [REFUSALS]: "const table = {\n  'pool-closed': {\n    status: 409,\n  },\n}" },
    {
      [REFUSALS]: "const table = {\n  'pool-closed': { status: 409 },\n}",
      'src/pools/pool.ts': "// 'pool-closed'\nexport const a = 1",
    },
  ],
  holds: {
    [REFUSALS]: "const table = {\n  'pool-closed': { status: 409 },\n}",
    'src/pools/pool.ts': "throw new DomainError('pool-closed')",
  },
}

function codesOf(project: Project): { code: string; line: number }[] {
  return (project.get(REFUSALS)?.text ?? '').split('\n').flatMap((text, index) => {
    const code = /^ {2}'?([a-z][a-z-]*)'?: \{/.exec(text)?.[1]
    return code ? [{ code, line: index + 1 }] : []
  })
}

export const rulesOnTheTree: readonly Rule[] = [top, readmes, migrationNames, refusalsUsed]
