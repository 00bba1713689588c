/** The whole ledger as text on standard output; what it adds up to is said on standard error. */
import { parseArgs } from 'node:util'
import * as ledger from '../ledger/index.ts'
import { isLocalDate } from '../platform/calendar/index.ts'
import { type Command, Failed, withDeps } from './command.ts'
import { readMoment } from './read-options.ts'
import { unlessNobodyReads, writeOut } from './write-out.ts'

export const exportLedger: Command = {
  about: `--format ${ledger.exportFormats.join('|')} [--until T]: the whole ledger, to standard output; T is a day (when it was over) or a time`,
  async run(args) {
    const option = { type: 'string' } as const
    const { format = '', until: text } = parseArgs({
      args,
      options: { format: option, until: option },
    }).values
    const until =
      text !== undefined && isLocalDate(text) ? readMoment('until', text, 'end')?.toISOString() : text
    // What went wrong comes back from `write` as well; an event that nobody listens to would end the process.
    process.stdout.on('error', () => {})
    await withDeps(async ({ db, organisationId }) => {
      tell(await ledger.exportLedger(db, organisationId, { format, until }, writeOut))
    }).catch(unlessNobodyReads)
  },
}

function tell({ entries, postings, totals }: ledger.ExportSummary): void {
  const sums = [...totals].map(([currency, total]) => `${currency} ${total}`).join(', ')
  process.stderr.write(`${entries} entries, ${postings} postings, which add up to ${sums || 'nothing'}\n`)
  if ([...totals.values()].some(total => total !== 0n)) throw new Failed()
}
