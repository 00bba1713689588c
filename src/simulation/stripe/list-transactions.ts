/** GET /v1/balance_transactions: newest first, by cursor, with what is behind each one where asked. */
import type { Kysely } from 'kysely'
import type { DB } from '../../database.ts'
import { notFound, SimulatedApiError } from './api-error.ts'
import { type Form, listOf } from './form.ts'
import { balanceTransactionObject, payoutObject } from './objects/balance.ts'
import { chargeObject } from './objects/charge.ts'
import { disputeObject } from './objects/dispute.ts'
import { refundObject } from './objects/refund.ts'
import type { TransactionRow } from './tables.ts'

const KNOWN = ['created', 'limit', 'starting_after', 'type', 'payout', 'source', 'currency', 'expand']

export async function listTransactions(db: Kysely<DB>, query: Form) {
  const unknown = Object.keys(query).find(name => !KNOWN.includes(name))
  if (unknown !== undefined) {
    throw new SimulatedApiError(`This list has no parameter ${unknown}.`, {
      code: 'parameter_unknown',
      param: unknown,
    })
  }
  const limit = limitOf(query.limit)
  const rows = await selectRows(db, query, limit + 1)
  const page = rows.slice(0, limit)
  return {
    object: 'list',
    data: await toObjects(db, page, listOf(query.expand).includes('data.source')),
    has_more: rows.length > limit,
    url: '/v1/balance_transactions',
  }
}

export async function readTransaction(db: Kysely<DB>, id: string, query: Form) {
  const row = await transactionRow(db, id)
  const [object] = await toObjects(db, [row], listOf(query.expand).includes('source'))
  return object
}

function limitOf(value: string | Form | undefined): number {
  const limit = Number(value ?? 10)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit
  throw new SimulatedApiError('limit is between 1 and 100.', { param: 'limit' })
}

async function selectRows(db: Kysely<DB>, query: Form, limit: number): Promise<TransactionRow[]> {
  let rows = db.selectFrom('simulation.balance_transactions').selectAll()
  const created = typeof query.created === 'object' ? query.created : {}
  // Stripe dates to the whole second, so "up to 5" means "before 6" here.
  if (created.gte !== undefined) rows = rows.where('createdAt', '>=', secondsOf(created.gte, 0))
  if (created.gt !== undefined) rows = rows.where('createdAt', '>=', secondsOf(created.gt, 1))
  if (created.lte !== undefined) rows = rows.where('createdAt', '<', secondsOf(created.lte, 1))
  if (created.lt !== undefined) rows = rows.where('createdAt', '<', secondsOf(created.lt, 0))
  for (const [name, column] of [
    ['type', 'type'],
    ['payout', 'payoutId'],
    ['source', 'sourceId'],
    ['currency', 'currency'],
  ] as const) {
    const value = query[name]
    if (typeof value === 'string') rows = rows.where(column, '=', value)
  }
  if (typeof query.starting_after === 'string') {
    const after = await transactionRow(db, query.starting_after)
    rows = rows.where(eb =>
      eb(eb.refTuple('createdAt', 'position'), '<', eb.tuple(after.createdAt, after.position)),
    )
  }
  return await rows.orderBy('createdAt', 'desc').orderBy('position', 'desc').limit(limit).execute()
}

function secondsOf(bound: string | Form, later: 0 | 1): Date {
  const seconds = Number(bound)
  if (Number.isInteger(seconds)) return new Date((seconds + later) * 1000)
  throw new SimulatedApiError('created is in unix seconds.', { param: 'created' })
}

async function transactionRow(db: Kysely<DB>, id: string): Promise<TransactionRow> {
  const row = await db
    .selectFrom('simulation.balance_transactions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('balance transaction', id)
  return row
}

async function toObjects(db: Kysely<DB>, rows: TransactionRow[], expanded: boolean) {
  const sources = expanded ? await sourcesOf(db, rows) : new Map<string, object>()
  return rows.map(row => balanceTransactionObject(row, sources.get(row.sourceId)))
}

/** By the id's prefix: a page holds mostly charges, and asking four tables for each would be what its reader waits for. */
async function sourcesOf(db: Kysely<DB>, rows: TransactionRow[]): Promise<Map<string, object>> {
  const idsOf = (prefix: RegExp) => rows.map(row => row.sourceId).filter(id => prefix.test(id))
  const all = async <Row extends { id: string }>(
    prefix: RegExp,
    read: (ids: string[]) => Promise<Row[]>,
    toObject: (row: Row) => object,
  ) => {
    const ids = idsOf(prefix)
    return ids.length === 0 ? [] : (await read(ids)).map(row => [row.id, toObject(row)] as const)
  }
  return new Map<string, object>([
    ...(await all(
      /^re_/,
      ids => db.selectFrom('simulation.refunds').selectAll().where('id', 'in', ids).execute(),
      row => refundObject(row),
    )),
    ...(await all(
      /^du_/,
      ids => db.selectFrom('simulation.disputes').selectAll().where('id', 'in', ids).execute(),
      row => disputeObject(row),
    )),
    ...(await all(
      /^(ch|py)_/,
      ids => db.selectFrom('simulation.charges').selectAll().where('id', 'in', ids).execute(),
      row => chargeObject(row),
    )),
    ...(await all(
      /^po_/,
      ids => db.selectFrom('simulation.payouts').selectAll().where('id', 'in', ids).execute(),
      row => payoutObject(row),
    )),
  ])
}
