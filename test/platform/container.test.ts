// The laws of the container, read from the Dockerfile: no rights, no development, no database inside; and nothing in src/ that needs them.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import t from 'tap'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

interface Instruction {
  readonly word: string
  readonly rest: string
}

const instructions: Instruction[] = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }))

/** What the image is made of in the end; earlier stages leave only what is copied from them. */
const lastStage = instructions.slice(instructions.findLastIndex(({ word }) => word === 'FROM'))
const restOf = (word: string, from = lastStage) =>
  from.filter(line => line.word === word).map(line => line.rest)

t.test('the service runs without rights', async t => {
  const user = restOf('USER').at(-1) ?? ''
  t.match(user, /^[1-9]\d*:[1-9]\d*$/, 'a number that is not root')
  const afterUser = lastStage.slice(lastStage.findIndex(({ word }) => word === 'USER'))
  t.strictSame(restOf('COPY', afterUser), [], 'it owns none of its code')
  for (const copy of restOf('COPY', instructions)) t.notMatch(copy, /--chown/)
})

t.test(
  'the image holds neither development nor optional dependencies, and runs no install scripts',
  async t => {
    const installs = restOf('RUN', instructions).filter(command => command.includes('npm'))
    t.strictSame(installs, ['npm ci --omit=dev --omit=optional --ignore-scripts'])
    const copied = restOf('COPY').flatMap(copy => copy.split(' ').slice(0, -1))
    t.strictSame(
      copied.filter(path => /^(test|\.|\.ci|\.data|\.env)/.test(path)),
      [],
    )
    t.match(read('.dockerignore'), /^\*$/m, 'nothing gets in that is not named')
  },
)

t.test('it is built on the Node version that the project asks for, in stages', async t => {
  const bases = restOf('FROM', instructions)
  t.ok(bases.length > 1)
  const major = /\d+/.exec(JSON.parse(read('package.json')).engines.node)?.[0]
  for (const base of bases) t.match(base, new RegExp(`^node:${major}-slim\\b`))
})

t.test(
  'it is told that it is in production, says whether it is well, and gets the stop signal itself',
  async t => {
    const environment = restOf('ENV').join(' ')
    t.match(environment, /\bNODE_ENV=production\b/)
    t.match(environment, /\bHOST=0\.0\.0\.0\b/)
    t.match(restOf('HEALTHCHECK')[0] ?? '', /CMD \["node", .*\/healthz/)
    t.strictSame(
      JSON.parse(restOf('CMD').at(-1) ?? ''),
      ['node', 'src/server.ts'],
      'no shell or npm in between',
    )
  },
)

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.ts'),
)

t.test('every import of src/ is there in production', async t => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
  t.ok(sources.length > 0)
  const missing: string[] = []
  for (const file of sources) {
    for (const specifier of importsOf(read(join('src', file))))
      if (!isThere(specifier, join('src', file), dependencies)) missing.push(`${file}: ${specifier}`)
  }
  t.strictSame(missing, [])
})

t.test('the embedded database is loaded on demand only, and its programs never by name', async t => {
  const own = join('platform', 'embedded-postgres')
  const eager = sources
    .filter(name => !name.startsWith(own))
    .filter(name =>
      /^(?:import|export)\s+(?!type\b)[\w$*{},\s]+?\s+from\s+'[^']*embedded-postgres/m.test(
        read(join('src', name)),
      ),
    )
  t.strictSame(eager, [], 'by import() alone')
})

function importsOf(source: string): string[] {
  // Type imports are erased before the code runs.
  const statements = source.matchAll(
    /^(?:import|export)\s+(?!type\b)(?:[\w$*{},\s]+?\s+from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...statements].map(match => match[1] ?? match[2] ?? '')
}

function isThere(specifier: string, file: string, dependencies: Record<string, string>): boolean {
  if (specifier.startsWith('.')) return existsSync(join(root, dirname(file), specifier))
  if (specifier.startsWith('node:')) return isBuiltin(specifier)
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  return name in dependencies
}
