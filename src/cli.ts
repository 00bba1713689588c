/**
 * Everything that is done from a terminal: `npm run -s cli -- COMMAND`. Works beside a running service as well as
 * without one. Exit code 0: done; 1: refused or something differs, said on standard error.
 */
import { commands, Failed, say } from './commands/index.ts'
import { isUnmigrated, UNMIGRATED } from './compose.ts'
import { ConfigError } from './config.ts'
import { DomainError, refusals } from './refusals.ts'

async function main([name = '', ...args]: string[]): Promise<void> {
  const command = commands[name]
  if (!command) {
    if (name !== '' && name !== '--help') process.stderr.write(`meent: there is no command ${name}\n`)
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
