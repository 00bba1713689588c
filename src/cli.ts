/**
 * Everything that is done from a terminal: `npm run -s cli -- COMMAND`. Works beside a running service as well as
 * without one. Exit code 0: done; 1: refused or something differs, said on standard error.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { compose, isUnmigrated, openDatabase, UNMIGRATED } from './compose.ts'
import { ConfigError, environment, readConfig } from './config.ts'
import type { Deps } from './deps.ts'
import { checkLedger, checkNames } from './ledger/index.ts'
import { migrate } from './platform/migrate.ts'
import { DomainError, refusals } from './refusals.ts'

interface Command {
  readonly about: string
  run(args: string[]): Promise<void>
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Thrown to end with exit code 1 after everything was said. */
class Failed extends Error {}

const commands: Readonly<Record<string, Command>> = {
  migrate: {
    about: 'bring the database (DATABASE_OWNER_URL or DATABASE_URL) to this version',
    async run() {
      const config = readConfig({ ...environment(), NODE_ENV: '' })
      // With the owner's URL alone that database is meant, and never the embedded one.
      const database = config.databaseOwnerUrl ? undefined : await openDatabase(config, say)
      try {
        const ran = await migrate(config.databaseOwnerUrl ?? database?.url ?? '')
        say(ran.length === 0 ? 'nothing to migrate' : ran.map(name => `ran ${name}`).join('\n'))
      } finally {
        await database?.stop()
      }
    },
  },
  seed: {
    about: 'tell the demonstration its story (a demonstration database only)',
    run: () =>
      withDeps(async deps => {
        const { isSeeded, markSeeded, seedDemonstration } = await import('./demonstration/seed.ts')
        if (deps.mode !== 'demonstration') throw new DomainError('not-in-demonstration')
        if (await isSeeded(deps)) {
          say('seeded already')
          return
        }
        await seedDemonstration(deps, readConfig(environment()).stripe.webhookSecret)
        await markSeeded(deps)
        say('seeded')
      }),
  },
  verify: {
    about: 'check every law of the ledger on what is stored',
    run: () =>
      withDeps(async deps => {
        const findings = await checkLedger(deps.db)
        for (const name of checkNames) {
          const broken = findings.filter(finding => finding.check === name)
          say(`${broken.length === 0 ? 'holds ' : 'BROKEN'}  ${name}`)
          for (const { detail } of broken) say(`        ${detail}`)
        }
        if (findings.length > 0) throw new Failed()
      }),
  },
  'import-statement': {
    about: 'FILE: import a camt.053 bank statement',
    run: ([file = '']) =>
      withDeps(async deps => {
        const { importStatement } = await import('./reconciliation/index.ts')
        for (const each of await importStatement(deps, { kind: 'system' }, await readFile(file, 'utf8'))) {
          say(
            `${each.statementId}: ${each.alreadyImported ? 'imported before' : `${each.entries} entries, ${each.inSuspense} in suspense`}`,
          )
        }
      }),
  },
  'create-organisation': {
    about:
      '--slug S --name N --contact C --iban I [--rsin R]: the legal entity that holds the money, with its bank account',
    async run(args) {
      const { createFirstOrganisation } = await import('./organisations/create-first.ts')
      const { values } = parseArgs({
        args,
        options: {
          slug: { type: 'string' },
          name: { type: 'string' },
          contact: { type: 'string' },
          iban: { type: 'string' },
          rsin: { type: 'string' },
        },
      })
      const database = await openDatabase(readConfig(environment()), say)
      try {
        say(`organisation ${await createFirstOrganisation(database.url, values)}`)
      } finally {
        await database.stop()
      }
    },
  },
  'create-pool': {
    about:
      '--slug S --name N --area A [--kind community|personal] [--monthly-cents 100000]: a pool of the organisation',
    run: args =>
      withDeps(async deps => {
        const { foundPool } = await import('./pools/index.ts')
        const option = { type: 'string', default: '' } as const
        const options = {
          ...{ slug: option, name: option, area: option },
          kind: { type: 'string', default: 'community' } as const,
          'monthly-cents': { type: 'string', default: '100000' } as const,
        }
        say(`pool ${await foundPool(deps, { kind: 'system' }, parseArgs({ args, options }).values)}`)
      }),
  },
  'record-document': {
    about:
      '--pool SLUG --subject tax-position|anbi-status|municipality-agreement --document D --dated-on YYYY-MM-DD',
    run: args =>
      withDeps(async deps => {
        const { recordDocument } = await import('./pools/index.ts')
        const option = { type: 'string', default: '' } as const
        const options = { pool: option, subject: option, document: option, 'dated-on': option }
        await recordDocument(deps, { kind: 'system' }, parseArgs({ args, options }).values)
        say('recorded')
      }),
  },
  openapi: {
    about: 'write openapi/openapi.json; --check: only say whether it is up to date',
    async run(args) {
      const { openApiDocument } = await import('./openapi.ts')
      const path = new URL('../openapi/openapi.json', import.meta.url)
      const fresh = await openApiDocument()
      if (!args.includes('--check')) return writeFile(path, fresh)
      if ((await readFile(path, 'utf8')) !== fresh) {
        say('openapi/openapi.json does not match the routes: npm run -s cli -- openapi')
        throw new Failed()
      }
    },
  },
}

async function withDeps(work: (deps: Deps) => Promise<void>): Promise<void> {
  const config = readConfig(environment())
  const database = await openDatabase(config, () => {})
  try {
    const onDatabaseError = (error: Error) => process.stderr.write(`meent: ${error.message}\n`)
    const { deps, close } = await compose(config, database, {
      publicUrl: () => config.publicUrl ?? `http://${config.host}:${config.port}`,
      onDatabaseError,
    })
    await work(deps).finally(close)
  } finally {
    await database.stop()
  }
}

async function main([name = '', ...args]: string[]): Promise<void> {
  const command = commands[name]
  if (!command) {
    for (const [each, { about }] of Object.entries(commands)) say(`${each.padEnd(20)} ${about}`)
    throw new Failed()
  }
  await command.run(args)
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  error => {
    if (!(error instanceof Failed)) process.stderr.write(`${explained(error)}\n`)
    process.exit(1)
  },
)

function explained(error: unknown): string {
  if (isUnmigrated(error)) return `meent: ${UNMIGRATED}`
  if (error instanceof ConfigError) return error.problems.map(line => `meent: ${line}`).join('\n')
  if (error instanceof DomainError)
    return `meent: ${refusals[error.code].en}${error.details.reason ? `: ${error.details.reason}` : ''}`
  return `meent: ${error instanceof Error ? error.message : String(error)}`
}
