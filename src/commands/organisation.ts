/** The legal entity, its pools, and the documents a pool needs. */
import { parseArgs } from 'node:util'
import { openDatabase } from '../compose.ts'
import { environment, readConfig } from '../config.ts'
import { type Command, say, withDeps } from './command.ts'

export const createOrganisation: Command = {
  about:
    '--slug S --name N --contact C --iban I [--rsin R]: the legal entity that holds the money, with its bank account',
  async run(args) {
    const { createFirstOrganisation } = await import('../organisations/create-first.ts')
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
}

export const recordProfile: Command = {
  about:
    "--address A --board 'Name, function; …' [--registered 8 digits] [--anbi-since YYYY-MM-DD] [--policy-url https://…]: who stands behind the pools, as donors read it",
  run: args =>
    withDeps(async deps => {
      const { recordProfile: record } = await import('../organisations/index.ts')
      const required = { type: 'string', default: '' } as const
      const option = { type: 'string' } as const
      const options = {
        ...{ address: required, board: required },
        ...{ registered: option, 'anbi-since': option, 'policy-url': option },
      }
      await record(deps, { kind: 'system' }, parseArgs({ args, options }).values)
      say('recorded')
    }),
}

export const createPool: Command = {
  about:
    '--slug S --name N --area A [--kind community|personal] [--monthly-cents 100000]: a pool of the organisation',
  run: args =>
    withDeps(async deps => {
      const { foundPool } = await import('../pools/index.ts')
      const option = { type: 'string', default: '' } as const
      const options = {
        ...{ slug: option, name: option, area: option },
        kind: { type: 'string', default: 'community' } as const,
        'monthly-cents': { type: 'string', default: '100000' } as const,
      }
      say(`pool ${await foundPool(deps, { kind: 'system' }, parseArgs({ args, options }).values)}`)
    }),
}

export const recordDocument: Command = {
  about:
    '--pool SLUG --subject tax-position|anbi-status|municipality-agreement --document D --dated-on YYYY-MM-DD',
  run: args =>
    withDeps(async deps => {
      const { recordDocument } = await import('../pools/index.ts')
      const option = { type: 'string', default: '' } as const
      const options = { pool: option, subject: option, document: option, 'dated-on': option }
      await recordDocument(deps, { kind: 'system' }, parseArgs({ args, options }).values)
      say('recorded')
    }),
}
