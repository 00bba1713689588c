/** Laws on what stands in a file: its length, its opening words, and what is never written. */
import { type Finding, findingsIn, type Project, type Rule, type SourceFile } from './source.ts'
import { LONGEST_FILE_LINES } from './table.ts'

const isCode = ({ path }: SourceFile) => /^(src|test)\/.*\.(ts|js|css)$/.test(path)
const linesOf = ({ text }: SourceFile) => text.replace(/\n$/, '').split('\n').length

/** Files in src longer than `lines`, longest first. */
export function longFiles(project: Project, lines: number): (Finding & { readonly lines: number })[] {
  return [...project.values()]
    .filter(file => file.path.startsWith('src/') && file.path.endsWith('.ts') && linesOf(file) > lines)
    .map(file => ({
      file: file.path,
      line: linesOf(file),
      says: `${linesOf(file)} lines`,
      lines: linesOf(file),
    }))
    .sort((a, b) => b.lines - a.lines)
}

const shortEnough: Rule = {
  law: `no file in src has more than ${LONGEST_FILE_LINES} lines`,
  check: project => longFiles(project, LONGEST_FILE_LINES),
  breaks: [{ 'src/money/amount.ts': '// One line too many.\n'.repeat(LONGEST_FILE_LINES + 1) }],
  holds: { 'src/money/amount.ts': '// Just not too many.\n'.repeat(LONGEST_FILE_LINES) },
}

const opensWithWords: Rule = {
  law: 'every file in src, test and migrations says first what it is',
  check: project =>
    [...project.values()]
      .filter(file => isCode(file) || file.path.endsWith('.sql'))
      .filter(({ path, text }) => !(path.endsWith('.sql') ? /^-- \S/ : /^(\/\/|\/\*)/).test(text))
      .map(({ path }) => ({ file: path, line: 1, says: 'opens without a comment' })),
  breaks: [
    { 'src/money/amount.ts': 'export const one = 1n' },
    { 'test/money/amount.test.ts': "import t from 'tap'\n// Too late." },
    { 'migrations/0001_roles.sql': 'create schema ledger;' },
  ],
  holds: {
    'src/money/amount.ts': '/** One. */\nexport const one = 1n',
    'test/money/amount.test.ts': '// One is one.',
    'migrations/0001_roles.sql': '-- Two roles.',
  },
}

const transactionIsGiven: Rule = {
  law: 'a writer is given its transaction: never `trx?:`',
  check: project =>
    [...project.values()].flatMap(file =>
      findingsIn(
        file,
        file.path.endsWith('.ts') ? file.bare : '',
        /\b(trx|transaction)\?\s*:/g,
        'an optional transaction',
      ),
    ),
  breaks: [
    { 'src/pools/pool.ts': 'export function close(db: DB, trx?: Transaction<DB>) {}' },
    { 'src/pools/pool.ts': 'interface Options {\n  readonly trx?: Transaction<DB>\n}' },
  ],
  holds: {
    'src/pools/pool.ts': '// never trx?: Transaction\nexport function close(trx: Transaction<DB>) {}',
  },
}

// Letters in brackets, so that these lines do not find themselves.
const neverInCode: readonly RegExp[] = [/\bas any\b/g, /\bas unknown as any\b/g, /\bexport default\b/g]
const neverInText: readonly RegExp[] = [
  /\bT[O]DO\b/g,
  /\bFIX[M]E\b/g,
  /@ts-(?:[i]gnore|[e]xpect-error|[n]ocheck)/g,
]

const neverWritten: Rule = {
  law: 'no note to do it later, no escape from the compiler, no default export',
  check: project =>
    [...project.values()]
      .filter(isWritten)
      .flatMap(file => [
        ...neverInText.flatMap(pattern =>
          findingsIn(file, file.text, pattern, `never written: ${pattern.source}`),
        ),
        ...(isCode(file) ? neverInCode : []).flatMap(pattern =>
          findingsIn(file, file.bare, pattern, `never written: ${pattern.source}`),
        ),
      ]),
  breaks: [
    { 'src/money/amount.ts': ['// TO', 'DO: negative amounts'].join('') },
    { 'README.md': ['# FIX', 'ME'].join('') },
    { 'src/money/amount.ts': 'export const one = two as any' },
    { 'src/money/amount.ts': ['// @ts-', 'ignore\nexport const one = two'].join('') },
    { 'test/a.ts': 'export default 1' },
  ],
  holds: { 'src/money/amount.ts': "// the default, as any export\nexport const a = 'as any'" },
}

const isWritten = ({ path }: SourceFile) => path !== 'package-lock.json' && path !== 'LICENSE'

const machines = /(?<![\w.$}-])\/(?:work|root|home\/\w+|Users\/\w+|tmp\/\w+|mnt\/\w+)\/|\b[A-Z]:\\\\?Users\b/g
const hosts =
  /\bregistry\.[a-z0-9-]+\.[a-z]+|\b[a-z0-9-]+\.(?:jfrog|pkg\.dev|pkg\.github)\b|\/(?:artifactory|repository\/npm)\b|_auth[T]oken/gi

const staysAtHome: Rule = {
  law: 'no path of one machine and no host of a package registry stands in a tracked file',
  check: project =>
    [...project.values()].flatMap(file => [
      ...findingsIn(file, file.text, machines, 'a path of one machine'),
      ...findingsIn(file, file.text, hosts, 'a host of a package registry'),
    ]),
  breaks: [
    { 'README.md': ['See ', 'home', 'somebody', 'meent'].join('/') },
    { 'src/config.ts': ["const folder = '", 'root', "meent'"].join('/') },
    { 'package-lock.json': `"resolved": "https://${['registry', 'example', 'org'].join('.')}/kysely"` },
    { '.npmrc': `//packages.example/:${['_auth', 'Token'].join('')}=x` },
  ],
  holds: {
    'README.md': 'https://meent.example/root/ and `.data/`, `../root/`, [home](src/home/x/README.md)',
    'package-lock.json': '"integrity": "sha512-abc", "url": "https://opencollective.com/pino"',
  },
}

export const rulesOnText: readonly Rule[] = [
  shortEnough,
  opensWithWords,
  transactionIsGiven,
  neverWritten,
  staysAtHome,
]
