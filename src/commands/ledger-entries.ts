/** What happened: the statement of an account, and a search of the whole journal. */
import { parseArgs } from 'node:util'
import * as ledger from '../ledger/index.ts'
import { amount, sayColumns } from './columns.ts'
import { type Command, withDeps } from './command.ts'
import { accountOf, poolIdOf, sayMore } from './ledger-balances.ts'
import { readId, readLimit, readMoment, readOneOf } from './read-options.ts'

const option = { type: 'string' } as const
const limit = { ...option, default: '50' } as const

export const statement: Command = {
  about:
    '--account N [--order oldest|newest] [--after V] [--limit 50]: its postings and the balance after each',
  run(args) {
    const options = { account: option, order: option, after: option, limit }
    const { values } = parseArgs({ args, options })
    const order = readOneOf('order', values.order, ['oldest', 'newest']) ?? 'oldest'
    const page = { order, after: readId('after', values.after), limit: readLimit(values.limit) } as const
    return withDeps(async deps => {
      const account = await accountOf(deps, values.account)
      const { lines, next } = await ledger.statementOf(deps.db, deps.organisationId, account, page)
      sayColumns(
        ['>no.', '>entry', 'effective', 'recorded', '>debit', '>credit', '>balance', 'kind', 'key'],
        lines.map(line => [
          ...[line.version.toString(), line.entryId.toString()],
          ...[line.effectiveAt.toISOString(), line.recordedAt.toISOString()],
          line.amount > 0n ? amount(line.amount, account.currency) : '',
          line.amount < 0n ? amount(-line.amount, account.currency) : '',
          ...[amount(line.balanceAfter, account.currency), line.kind, line.key],
        ]),
      )
      sayMore('after', next)
    })
  },
}

export const searchLedger: Command = {
  about:
    '[--kind K] [--key-prefix P] [--pool SLUG] [--effective-from T] [--effective-until T] [--recorded-from T] [--recorded-until T] [--before N] [--limit 50]: entries, newest first; until is exclusive',
  run(args) {
    const options = {
      ...{ kind: option, 'key-prefix': option, pool: option, before: option, limit },
      ...{ 'effective-from': option, 'effective-until': option },
      ...{ 'recorded-from': option, 'recorded-until': option },
    }
    const { values } = parseArgs({ args, options })
    const filter = {
      kind: readOneOf('kind', values.kind, ledger.entryKinds),
      keyPrefix: values['key-prefix'],
      effectiveFrom: readMoment('effective-from', values['effective-from']),
      effectiveUntil: readMoment('effective-until', values['effective-until']),
      recordedFrom: readMoment('recorded-from', values['recorded-from']),
      recordedUntil: readMoment('recorded-until', values['recorded-until']),
    }
    const page = { before: readId('before', values.before), limit: readLimit(values.limit) }
    return withDeps(async deps => {
      const poolId = await poolIdOf(deps, values.pool)
      const { db, organisationId } = deps
      const { entries, next } = await ledger.searchEntries(db, organisationId, { ...filter, poolId }, page)
      sayColumns(
        ['>entry', 'effective', 'recorded', 'kind', '>debits', 'key'],
        entries.map(entry => [
          ...[entry.id.toString(), entry.effectiveAt.toISOString(), entry.recordedAt.toISOString()],
          ...[entry.kind, amount(debitOf(entry), entry.currency), entry.key],
        ]),
      )
      sayMore('before', next)
    })
  },
}

/** What an entry moved: its debits, which its credits equal. */
const debitOf = ({ postings }: ledger.WholeEntry) =>
  postings.reduce((sum, posting) => (posting.amount > 0n ? sum + posting.amount : sum), 0n)
