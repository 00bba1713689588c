/** Bringing the database to this version, and telling the demonstration its story. */
import { openDatabase } from '../compose.ts'
import { environment, readConfig } from '../config.ts'
import { migrate as migrateDatabase } from '../platform/migrate.ts'
import { DomainError } from '../refusals.ts'
import { type Command, say, withDeps } from './command.ts'

export const migrate: Command = {
  about: 'bring the database (DATABASE_OWNER_URL or DATABASE_URL) to this version',
  async run() {
    const config = readConfig({ ...environment(), NODE_ENV: '' })
    // With the owner's URL alone that database is meant, and never the embedded one.
    const database = config.databaseOwnerUrl ? undefined : await openDatabase(config, say)
    try {
      const ran = await migrateDatabase(config.databaseOwnerUrl ?? database?.url ?? '')
      say(ran.length === 0 ? 'nothing to migrate' : ran.map(name => `ran ${name}`).join('\n'))
    } finally {
      await database?.stop()
    }
  },
}

export const seed: Command = {
  about: 'tell the demonstration its story (a demonstration database only)',
  run: () =>
    withDeps(async deps => {
      const { isSeeded, markSeeded, seedDemonstration } = await import('../demonstration/seed.ts')
      if (deps.mode !== 'demonstration') throw new DomainError('not-in-demonstration')
      if (await isSeeded(deps)) {
        say('seeded already')
        return
      }
      await seedDemonstration(deps, readConfig(environment()).stripe.webhookSecret)
      await markSeeded(deps)
      say('seeded')
    }),
}
