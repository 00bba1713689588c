/** A bank statement from a file. */
import { readFile } from 'node:fs/promises'
import { type Command, say, withDeps } from './command.ts'

export const importStatement: Command = {
  about: 'FILE: import a camt.053 bank statement',
  run: ([file = '']) =>
    withDeps(async deps => {
      const { importStatement } = await import('../reconciliation/index.ts')
      for (const each of await importStatement(deps, { kind: 'system' }, await readFile(file, 'utf8'))) {
        say(
          `${each.statementId}: ${each.alreadyImported ? 'imported before' : `${each.entries} entries, ${each.inSuspense} in suspense`}`,
        )
      }
    }),
}
