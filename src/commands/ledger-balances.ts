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
      for (const { currency, totals, debit, credit } of await ledger.trialBalances(
        db,
        organisationId,
        recordedAt,
      )) {
        const held = Object.entries(totals).filter(([, total]) => total !== 0n)
        sayColumns(
          [currency, '>balance'],
          [
            ...held.map(([kind, total]) => [kind, amount(total, currency)]),
            ['debit sides', amount(debit, currency)],
            ['credit sides', amount(credit, currency)],
          ],
        )
      }
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
