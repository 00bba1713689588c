/**
 * The only way the application writes the ledger: movements go to `ledger.post_movements` in the database, which locks,
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
  if (
    !movements.every(
      each => each.key.isWellFormed() && each.postings.every(p => p.account.subject.isWellFormed()),
    )
  ) {
    throw new RangeError('half a character: two such keys would become the same one')
  }
  if (new Set(movements.map(each => each.key)).size !== movements.length) {
    throw new DomainError('key-conflict') // even with the same content: two answers for one key say nothing
  }
  const { accounts, indexes } = namedOnce(movements)
  try {
    const { rows } = await sql<{ entryIds: string[]; already: number[] | null }>`
      select entry_ids, already from ledger.post_movements(
        ${organisationId}, ${first.nature}, ${first.currency},
        ${movements.map(each => each.key)}::text[], ${movements.map(each => each.kind)}::text[],
        ${list(movements.map(each => each.effectiveAt.toISOString()))}::timestamptz[],
        ${list(movements.map(each => each.reverses ?? 'null'))}::bigint[],
        ${accounts.map(each => each.kind)}::text[], ${accounts.map(each => each.subject)}::text[],
        ${list(accounts.map(each => each.poolId ?? 'null'))}::uuid[],
        ${list(movements.flatMap((each, index) => each.postings.map(() => index + 1)))}::int[],
        ${list(indexes)}::int[],
        ${list(movements.flatMap(each => each.postings.map(posting => posting.amount)))}::bigint[])`.execute(
      trx,
    )
    const already = new Set(rows[0]?.already)
    return (rows[0]?.entryIds ?? []).map((id, index) => ({
      key: movements[index]?.key ?? '',
      entryId: BigInt(id),
      outcome: already.has(index + 1) ? 'already' : 'posted',
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
  // Always in one order: who waits for the other currency's accounts holds none that somebody else waits for.
  for (const currency of [...new Set(movements.map(each => each.currency))].sort()) {
    const some = movements.filter(each => each.currency === currency)
    const answers = await post(trx, organisationId, some)
    for (const [index, answer] of answers.entries()) {
      const movement = some[index]
      if (movement) posted.set(movement, answer)
    }
  }
  return movements.flatMap(each => posted.get(each) ?? [])
}

/** Each account once, and for each posting the 1-based place of its account among them. */
function namedOnce(movements: readonly Movement[]) {
  const places = new Map<string, number>()
  const accounts: AccountReference[] = []
  const indexes: number[] = []
  for (const { postings } of movements)
    for (const { account } of postings) {
      const name = `${account.kind} ${account.subject} ${account.poolId}`
      let place = places.get(name)
      if (place === undefined) {
        place = accounts.push(account)
        places.set(name, place)
      }
      indexes.push(place)
    }
  return { accounts, indexes }
}

/** An array for Postgres of what needs no quotes: half the work of the driver's own way with thousands of numbers. */
const list = (values: readonly (number | bigint | string)[]) => `{${values.join(',')}}`

function translated(error: unknown): unknown {
  const { code, detail, constraint } = error as { code?: string; detail?: string; constraint?: string }
  if (code === 'MT003' && detail) {
    const { account, missing } = JSON.parse(detail) as { account: string; missing: string }
    return new FundsTooLow(account, BigInt(missing))
  }
  if (code === 'MT004' || constraint === 'entries_reversed_once') return new DomainError('key-conflict')
  return error
}
