/**
 * A code base as the tidy rules see it: paths and texts, with comments and literals told apart. The real one is read
 * from disk; made-up ones of a line or two show that a rule can fail.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Import, importsOf } from './imports-of.ts'
import { lettersOf } from './letters-of.ts'

export interface SourceFile {
  /** From the top of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  /** The text with comments blanked, with comments and literals blanked, and with nothing but literals; same length. */
  readonly code: string
  readonly bare: string
  readonly literals: string
  readonly imports: readonly Import[]
}

export type Project = ReadonlyMap<string, SourceFile>

export interface Finding {
  readonly file: string
  readonly line: number
  readonly says: string
}

export interface Rule {
  /** The law, as a sentence. */
  readonly law: string
  check(project: Project): Finding[]
  /** Each of these made-up projects breaks it; `holds` does not. */
  readonly breaks: readonly Readonly<Record<string, string>>[]
  readonly holds: Readonly<Record<string, string>>
}

export function projectOf(files: Readonly<Record<string, string>>): Project {
  return new Map(Object.entries(files).map(([path, text]) => [path, sourceFile(path, text)]))
}

function sourceFile(path: string, text: string): SourceFile {
  if (!path.endsWith('.ts')) return { path, text, code: text, bare: text, literals: '', imports: [] }
  const letters = lettersOf(text)
  return { path, text, ...letters, imports: importsOf(path, letters) }
}

/** Everything that belongs to the repository, tracked or about to be. */
export function readProject(root: string): Project {
  const paths = (listedByGit(root) ?? walked(root)).filter(
    path => isText(path) && existsSync(join(root, path)),
  )
  return projectOf(Object.fromEntries(paths.map(path => [path, readFileSync(join(root, path), 'utf8')])))
}

const isText = (path: string) => !/\.(png|ico|woff2?|pdf)$/.test(path)

function listedByGit(root: string): string[] | undefined {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 16_000_000 } as const
  const { status, stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], options)
  return status === 0 ? [...new Set(stdout.split('\0').filter(Boolean))].sort() : undefined
}

/** Without git, such as in an unpacked archive. */
function walked(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = folder + entry.name
    if (/^(node_modules|\.git|\.data|\.tap|\.env)$/.test(entry.name) || /\.log$/.test(entry.name)) return []
    return entry.isDirectory() ? walked(root, `${path}/`) : [path]
  })
}

/** Every match of `pattern` in one of the texts of a file. */
export function findingsIn(file: SourceFile, text: string, pattern: RegExp, says: string): Finding[] {
  return [...text.matchAll(pattern)].map(match => ({
    file: file.path,
    line: lineAt(text, match.index),
    says,
  }))
}

export const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

/** The folder or file right under src/ that a file belongs to: `src/pools/pool.ts` is of `pools`. */
export const sliceOf = (path: string) => path.split('/')[1] ?? ''

export const inSrc = (project: Project) =>
  [...project.values()].filter(file => /^src\/.*\.ts$/.test(file.path))

/** `*` stands for anything but a slash; `**` for anything. */
export function matches(path: string, glob: string): boolean {
  const source = glob
    .split(/(\*\*|\*)/)
    .map(part => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+()[\]]/g, '\\$&')))
  return new RegExp(`^${source.join('')}$`).test(path)
}

/** Whether a path under src/ is the named file or lies in the named folder. */
export const within = (path: string, place: string) =>
  path === `src/${place}` || path.startsWith(`src/${place}/`)
