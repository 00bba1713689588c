/**
 * The only way the application writes the ledger: movements go to `ledger.post` in the database, which locks,
 * checks, numbers and balances them. All or nothing, in the caller's transaction.
 */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { DomainError } from '../refusals.ts'
import type { AccountReference } from './chart.ts'
import type { Movement } from './movements/index.ts'

export interface Posted {
  readonly key: string
  readonly entryId: bigint
  /** 'already': the same entry stood there under this key; nothing was written. */
  readonly outcome: 'posted' | 'already'
}

/** A decision that a fund cannot bear, or a debt that would be paid twice. */
export class FundsTooLow extends Error {
  readonly account: string
  readonly missing: bigint
  constructor(account: string, missing: bigint) {
    super(`${account} is ${missing} short`)
    this.name = 'FundsTooLow'
    this.account = account
    this.missing = missing
  }
}

/**
 * Posts movements of one nature; answers in their order. An entry has one currency, a batch may have several.
 * Throws `FundsTooLow`, or `DomainError('key-conflict')` when a key stands for another entry.
 */
export async function post(
  trx: Transaction<DB>,
  organisationId: number,
  movements: readonly Movement[],
): Promise<Posted[]> {
  const [first] = movements
  if (!first) return []
  if (movements.some(each => each.nature !== first.nature)) {
    throw new Error('movements posted together share their nature')
  }
  if (movements.some(each => each.currency !== first.currency)) {
    return postByCurrency(trx, organisationId, movements)
  }
  if (new Set(movements.map(each => each.key)).size !== movements.length) {
    throw new Error('the same key twice in one batch')
  }
  const accounts = await openAccounts(trx, organisationId, first.currency, movements)
  const lines = movements.flatMap((movement, index) =>
    movement.postings.map(posting => ({
      item: index + 1,
      account: accounts.get(nameOf(posting.account))?.toString(),
      amount: posting.amount.toString(),
    })),
  )
  try {
    const { rows } = await sql<{ item: number; entryId: bigint; outcome: 'posted' | 'already' }>`
      select item, entry_id, outcome from ledger.post(
        ${organisationId}, ${first.nature},
        ${movements.map(each => each.key)}::text[], ${movements.map(each => each.kind)}::text[],
        ${movements.map(each => each.effectiveAt.toISOString())}::timestamptz[],
        ${movements.map(each => each.reverses?.toString() ?? null)}::bigint[],
        ${lines.map(line => line.item)}::int[], ${lines.map(line => line.account)}::bigint[],
        ${lines.map(line => line.amount)}::bigint[])
      order by item`.execute(trx)
    return rows.map((row, index) => ({
      key: movements[index]?.key ?? '',
      entryId: row.entryId,
      outcome: row.outcome,
    }))
  } catch (error) {
    throw translated(error)
  }
}

async function postByCurrency(
  trx: Transaction<DB>,
  organisationId: number,
  movements: readonly Movement[],
): Promise<Posted[]> {
  const posted = new Map<Movement, Posted>()
  for (const currency of new Set(movements.map(each => each.currency))) {
    const some = movements.filter(each => each.currency === currency)
    const answers = await post(trx, organisationId, some)
    for (const [index, answer] of answers.entries()) {
      const movement = some[index]
      if (movement) posted.set(movement, answer)
    }
  }
  return movements.flatMap(each => posted.get(each) ?? [])
}

async function openAccounts(
  trx: Transaction<DB>,
  organisationId: number,
  currency: string,
  movements: readonly Movement[],
): Promise<Map<string, bigint>> {
  const wanted = new Map<string, AccountReference>()
  for (const { postings } of movements)
    for (const { account } of postings) wanted.set(nameOf(account), account)
  const references = [...wanted.values()]
  const { rows } = await sql<{ id: bigint }>`
    select id from unnest(ledger.open_accounts(${organisationId}, ${references.map(each => each.kind)}::text[],
      ${references.map(each => each.subject)}::text[], ${references.map(each => each.poolId)}::uuid[],
      ${currency})) with ordinality opened(id, position) order by position`.execute(trx)
  return new Map([...wanted.keys()].map((name, index) => [name, rows[index]?.id ?? 0n]))
}

const nameOf = (account: AccountReference) => `${account.kind} ${account.subject}`

function translated(error: unknown): unknown {
  const { code, detail } = error as { code?: string; detail?: string }
  if (code === 'MT003' && detail) {
    const { account, missing } = JSON.parse(detail) as { account: string; missing: string }
    return new FundsTooLow(account, BigInt(missing))
  }
  if (code === 'MT004') return new DomainError('key-conflict')
  return error
}
