/** What is where: of one account, of all, and in total. */
import { parseArgs } from 'node:util'
import type { Deps } from '../deps.ts'
import * as ledger from '../ledger/index.ts'
import { pools } from '../pools/index.ts'
import { amount, sayColumns } from './columns.ts'
import { type Command, say, withDeps } from './command.ts'
import { notFound, readId, readLimit, readMoment, readOneOf, refused } from './read-options.ts'

const option = { type: 'string' } as const

export const balance: Command = {
  about:
    '--account N [--recorded-at T | --effective-at T]: its balance; T is a day (when it was over) or a time',
  run(args) {
    const options = { account: option, 'recorded-at': option, 'effective-at': option }
    const { values } = parseArgs({ args, options })
    const recordedAt = readMoment('recorded-at', values['recorded-at'], 'end')
    const effectiveAt = readMoment('effective-at', values['effective-at'], 'end')
    if (recordedAt && effectiveAt) throw refused('effective-at', 'the place of --recorded-at, not both')
    return withDeps(async deps => {
      const { db, organisationId } = deps
      const account = await accountOf(deps, values.account)
      const held = recordedAt
        ? await ledger.balanceRecordedAt(db, organisationId, account, recordedAt)
        : effectiveAt
          ? await ledger.balanceEffectiveAt(db, organisationId, account, effectiveAt)
          : account.balance
      say(`${amount(held, account.currency)}  ${account.kind} ${account.subject}`.trimEnd())
    })
  },
}

export const ledgerAccounts: Command = {
  about: '[--kind K] [--pool SLUG] [--after N] [--limit 100]: the accounts of the ledger',
  run(args) {
    const options = { kind: option, pool: option, after: option, limit: { ...option, default: '100' } }
    const { values } = parseArgs({ args, options })
    const kind = readOneOf('kind', values.kind, ledger.accountKinds)
    const page = { after: readId('after', values.after), limit: readLimit(values.limit) }
    return withDeps(async deps => {
      const poolId = await poolIdOf(deps, values.pool)
      const { accounts, next } = await ledger.accountsOf(deps.db, deps.organisationId, {
        kind,
        poolId,
        ...page,
      })
      sayColumns(
        ['account', 'kind', '>balance', '>postings', 'subject'],
        accounts.map(each => [
          ...[each.id.toString(), each.kind, amount(each.balance, each.currency)],
          ...[each.version.toString(), each.subject],
        ]),
      )
      sayMore('after', next)
    })
  },
}

export const trialBalance: Command = {
  about: '[--recorded-at T]: every state of money in total, for each currency',
  run(args) {
    const { values } = parseArgs({ args, options: { 'recorded-at': option } })
    const recordedAt = readMoment('recorded-at', values['recorded-at'], 'end')
    return withDeps(async ({ db, organisationId }) => {
      const balances = await ledger.trialBalances(db, organisationId, recordedAt)
      if (balances.length === 0) say('no accounts yet')
      for (const { currency, lines, debit, credit } of balances) {
        const cell = (minor: bigint) => (minor > 0n ? amount(minor, currency) : '')
        sayColumns(
          [currency, '>debit', '>credit'],
          [
            ...lines.map(({ kind, total }) => [kind, cell(total), cell(-total)]),
            ['total', amount(debit, currency), amount(credit, currency)],
          ],
        )
      }
    })
  },
}

export const poolSummary: Command = {
  about: '--pool SLUG [--recorded-at T]: what a pool holds, has promised and lacks',
  run(args) {
    const { values } = parseArgs({ args, options: { pool: option, 'recorded-at': option } })
    const recordedAt = readMoment('recorded-at', values['recorded-at'], 'end')
    if (values.pool === undefined) throw refused('pool', 'the short name of a pool')
    return withDeps(async ({ db, organisationId }) => {
      const pool = (await pools(db, organisationId)).find(each => each.slug === values.pool)
      if (!pool) throw notFound('pool', values.pool ?? '')
      const totals = await ledger.poolTotals(db, organisationId, pool.id, recordedAt)
      const { funds, promised, shortfall } = ledger.inTotal(totals)
      sayColumns(
        [pool.name, `>${pool.currency}`],
        [
          ...Object.entries(totals).flatMap(([kind, held]) =>
            held === 0n ? [] : [[kind, amount(held, pool.currency)]],
          ),
          ['in its funds', amount(funds, pool.currency)],
          ['promised to recipients', amount(promised, pool.currency)],
          ['short', amount(shortfall, pool.currency)],
        ],
      )
    })
  },
}

export async function accountOf(
  { db, organisationId }: Deps,
  text: string | undefined,
): Promise<ledger.LedgerAccount> {
  const id = readId('account', text)
  if (id === undefined) throw refused('account', 'the number of an account, as ledger-accounts shows it')
  const account = await ledger.accountById(db, organisationId, id)
  if (!account) throw notFound('account', id.toString())
  return account
}

export async function poolIdOf(
  { db, organisationId }: Deps,
  slug: string | undefined,
): Promise<string | undefined> {
  if (slug === undefined) return undefined
  const pool = (await pools(db, organisationId)).find(each => each.slug === slug)
  if (!pool) throw notFound('pool', slug)
  return pool.id
}

/** Not among the rows, so that those can be piped on. */
export function sayMore(cursor: 'after' | 'before', next: bigint | null): void {
  if (next !== null) process.stderr.write(`there is more: --${cursor} ${next}\n`)
}
