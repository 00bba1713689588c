/** What a file imports: from where, and whether anything of it is left when types are stripped. */
import { dirname, posix } from 'node:path'
import type { Letters } from './letters-of.ts'

export interface Import {
  /** A path from the top of the repository, a package's name, or `node:…`. */
  readonly to: string
  readonly typeOnly: boolean
  readonly line: number
}

/** `import … from`, `export … from` and `import '…'`. */
const statement = /\b(import|export)(\s+type)?\b([^'"`;()=]*?\bfrom)?\s*'([^']+)'/g
/** `import('…')`; in a type it is followed by the name of the type. `import.meta.resolve('…')`: a file that is read. */
const call = /\bimport(?:\.meta\.resolve)?\s*\(\s*'([^']+)'\s*\)(\.[A-Z])?/g

export function importsOf(path: string, { code, bare }: Letters): Import[] {
  const found: Import[] = []
  const add = (index: number, specifier: string, typeOnly: boolean) => {
    // Within a literal it is only text.
    if (bare.slice(index, index + 6).trim() === '') return
    const line = code.slice(0, index).split('\n').length
    found.push({ to: targetOf(path, specifier), typeOnly, line })
  }
  for (const match of code.matchAll(statement)) {
    const [, keyword, type, from, specifier = ''] = match
    if (keyword === 'import' || from) add(match.index, specifier, type !== undefined)
  }
  for (const match of code.matchAll(call)) add(match.index, match[1] ?? '', match[2] !== undefined)
  return found
}

function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.normalize(`${dirname(path)}/${specifier}`)
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
