/** The laws of the ledger, asked of what is stored. */
import { checkLedger, checkNames } from '../ledger/index.ts'
import { type Command, Failed, say, withDeps } from './command.ts'

export const verify: Command = {
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
}
