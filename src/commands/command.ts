/** What a command is, and what each is given. */
import { compose, type Login, openDatabase } from '../compose.ts'
import { environment, readConfig } from '../config.ts'
import type { Deps } from '../deps.ts'

export interface Command {
  /** One line of help: the arguments, a colon, what it does. */
  readonly about: string
  /** Throws `Failed` when it has said everything, or any error, which is said on standard error. Exit code 1 then. */
  run(args: string[]): Promise<void>
}

/** Thrown to end with exit code 1 after everything was said. */
export class Failed extends Error {}

export const say = (line: string) => process.stdout.write(`${line}\n`)

/**
 * Runs `work` with the composed service, and closes everything behind it. As the owner: under the login that migrates, for
 * what the service's own may not do.
 */
export async function withDeps(work: (deps: Deps) => Promise<void>, login: Login = 'service'): Promise<void> {
  const settings = readConfig(environment())
  const config = login === 'owner' ? { ...settings, databaseUrl: settings.databaseOwnerUrl } : settings
  const database = await openDatabase(config, () => {})
  try {
    const onDatabaseError = (error: Error) => process.stderr.write(`meent: ${error.message}\n`)
    const { deps, close } = await compose(config, database, {
      publicUrl: () => config.publicUrl ?? `http://${config.host}:${config.port}`,
      onDatabaseError,
      login,
    })
    await work(deps).finally(close)
  } finally {
    await database.stop()
  }
}
