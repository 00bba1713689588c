/**
 * better-auth's way to the database: always within our transaction, in one organisation, with everything personal
 * sealed. Sessions are ours: it may read the one that asks, and when it makes one, that only says who was proven.
 */

import { type CleanedWhere as Condition, createAdapterFactory } from '@better-auth/core/db/adapter'
import { type RawBuilder, sql } from 'kysely'
import { sha256 } from '../../platform/id.ts'
import { proving } from './proving.ts'
import { type Row, type Shape, shapes } from './shapes.ts'

const comparisons: Readonly<Record<string, RawBuilder<unknown>>> = {
  eq: sql`=`,
  ne: sql`<>`,
  lt: sql`<`,
  lte: sql`<=`,
  gt: sql`>`,
  gte: sql`>=`,
}

function shapeOf(model: string): Shape {
  const shape = shapes[model]
  if (!shape) throw new Error(`better-auth asks for ${model}, which is not kept`)
  return shape
}

function comparison(shape: Shape, { field, value, operator }: Condition): RawBuilder<boolean> {
  const hashed = shape.hashed?.[field]
  if (hashed) {
    if (operator !== 'eq')
      throw new Error(`${field} is found by its hash: it cannot be compared by ${operator}`)
    const prints = proving().vault.fingerprints(hashed.text(String(value)))
    return sql`${sql.ref(hashed.column)} in (${sql.join(prints)})`
  }
  const column = sql.ref(columnOf(shape, field))
  if (value === null) return operator === 'ne' ? sql`${column} is not null` : sql`${column} is null`
  if (operator === 'in') return sql`${column} in (${sql.join(value as unknown[])})`
  const sign = comparisons[operator ?? 'eq']
  if (!sign) throw new Error(`better-auth compares by ${operator}, which is not known here`)
  return sql`${column} ${sign} ${value}`
}

function columnOf(shape: Shape, field: string): string {
  const column = shape.columns[field]
  if (!column) throw new Error(`${shape.table} has nothing for ${field}`)
  return column
}

/** All that are joined by AND, and any of those joined by OR. */
function whereOf(shape: Shape, conditions: readonly Condition[] = []): RawBuilder<boolean> {
  const all = conditions.filter(each => each.connector !== 'OR').map(each => comparison(shape, each))
  const any = conditions.filter(each => each.connector === 'OR').map(each => comparison(shape, each))
  const own = sql<boolean>`organisation_id = ${proving().organisationId}`
  return sql`${sql.join([own, ...all, ...(any.length > 0 ? [sql`(${sql.join(any, sql` or `)})`] : [])], sql` and `)}`
}

/** What is stored of these fields. */
function columnsOf(shape: Shape, fields: Row): [string, unknown][] {
  const { organisationId, vault } = proving()
  const kept = Object.entries(fields).flatMap(([field, value]): [string, unknown][] => {
    const hashed = shape.hashed?.[field]
    if (hashed) return [[hashed.column, vault.fingerprint(hashed.text(String(value)))]]
    const column = shape.columns[field]
    return column ? [[column, value]] : []
  })
  return [...kept, ...Object.entries(shape.seal?.(fields, { organisationId, vault }) ?? {})]
}

function fieldsOf(shape: Shape, row: Row): Row {
  const { organisationId, vault } = proving()
  const plain = Object.entries(shape.columns).map(([field, column]) => [field, row[column]])
  return { ...Object.fromEntries(plain), ...shape.open?.(row, { organisationId, vault }) }
}

async function rowsOf(shape: Shape, query: RawBuilder<Row>): Promise<Row[]> {
  const { rows } = await query.execute(proving().trx)
  return rows.map(row => fieldsOf(shape, row))
}

const assignments = (pairs: readonly [string, unknown][]) =>
  sql.join(pairs.map(([column, value]) => sql`${sql.ref(column)} = ${value}`))

async function insert(model: string, data: Row): Promise<Row> {
  const shape = shapeOf(model)
  const { organisationId } = proving()
  const pairs: [string, unknown][] = [['organisationId', organisationId], ...columnsOf(shape, data)]
  const [row] = await rowsOf(
    shape,
    sql<Row>`insert into ${sql.table(shape.table)} (${sql.join(pairs.map(([column]) => sql.ref(column)))})
             values (${sql.join(pairs.map(([, value]) => value))}) returning *`,
  )
  return row ?? {}
}

async function select(
  model: string,
  where: readonly Condition[] | undefined,
  { limit = 100, offset = 0, sortBy }: Partial<Omit<FindMany, 'model' | 'where'>>,
): Promise<Row[]> {
  const shape = shapeOf(model)
  const order = sortBy
    ? sql`order by ${sql.ref(columnOf(shape, sortBy.field))} ${sortBy.direction === 'desc' ? sql`desc` : sql`asc`}`
    : sql``
  return rowsOf(
    shape,
    sql<Row>`select * from ${sql.table(shape.table)} where ${whereOf(shape, where)} ${order} limit ${limit} offset ${offset}`,
  )
}

async function change(
  model: string,
  where: readonly Condition[],
  pairs: readonly [string, unknown][],
): Promise<Row[]> {
  const shape = shapeOf(model)
  if (pairs.length === 0) return select(model, where, {})
  return rowsOf(
    shape,
    sql<Row>`update ${sql.table(shape.table)} set ${assignments(pairs)} where ${whereOf(shape, where)} returning *`,
  )
}

async function remove(model: string, where: readonly Condition[]): Promise<Row[]> {
  const shape = shapeOf(model)
  return rowsOf(
    shape,
    sql<Row>`delete from ${sql.table(shape.table)} where ${whereOf(shape, where)} returning *`,
  )
}

/** The session that asks, found by its token, in the words of better-auth. */
async function sessionOf(where: readonly Condition[]): Promise<Row | null> {
  const token = where.find(({ field }) => field === 'token')?.value
  if (typeof token !== 'string') return null
  const { trx, organisationId } = proving()
  const session = await trx
    .selectFrom('auth.sessions')
    .select(['id', 'personId as userId', 'createdAt', 'updatedAt', 'expiresAt'])
    .where('organisationId', '=', organisationId)
    .where('tokenSha256', '=', sha256(token))
    .executeTakeFirst()
  return session ? { ...session, token } : null
}

const isSession = (model: string) => model === 'session'

export const adapter = createAdapterFactory({
  config: {
    adapterId: 'meent',
    supportsJSON: false,
    supportsDates: true,
    supportsBooleans: true,
    supportsNumericIds: false,
    transaction: false, // it is always within ours
  },
  adapter: () => ({
    async create<T>({ model, data }: { model: string; data: T }) {
      if (!isSession(model)) return (await insert(model, data as Row)) as T
      proving().proof.personId = String((data as Row).userId)
      return data
    },
    async findOne<T>({ model, where }: { model: string; where: Condition[] }) {
      if (isSession(model)) return (await sessionOf(where)) as T | null
      return ((await select(model, where, { limit: 1 }))[0] ?? null) as T | null
    },
    async findMany<T>({ model, where, ...options }: FindMany) {
      return (isSession(model) ? [] : await select(model, where, options)) as T[]
    },
    async update<T>({ model, where, update }: { model: string; where: Condition[]; update: T }) {
      if (isSession(model)) return (await sessionOf(where)) as T | null
      return ((await change(model, where, columnsOf(shapeOf(model), update as Row)))[0] ?? null) as T | null
    },
    async updateMany({ model, where, update }: { model: string; where: Condition[]; update: Row }) {
      return isSession(model) ? 0 : (await change(model, where, columnsOf(shapeOf(model), update))).length
    },
    async delete({ model, where }: { model: string; where: Condition[] }) {
      if (!isSession(model)) await remove(model, where)
    },
    async deleteMany({ model, where }: { model: string; where: Condition[] }) {
      return isSession(model) ? 0 : (await remove(model, where)).length
    },
    async count({ model, where }: { model: string; where?: Condition[] | undefined }) {
      return isSession(model) ? 0 : (await select(model, where, { limit: 1000 })).length
    },
    async consumeOne<T>({ model, where }: { model: string; where: Condition[] }) {
      return ((await remove(model, where))[0] ?? null) as T | null
    },
    async incrementOne<T>({ model, where, increment, set }: IncrementOne) {
      const shape = shapeOf(model)
      const added = Object.entries(increment).map(([field, by]): [string, unknown] => {
        const column = shape.columns[field] ?? field
        return [column, sql`coalesce(${sql.ref(column)}, 0) + ${by}`]
      })
      return ((await change(model, where, [...added, ...columnsOf(shape, set ?? {})]))[0] ?? null) as T | null
    },
  }),
})

interface FindMany {
  model: string
  where?: Condition[] | undefined
  limit: number
  offset?: number | undefined
  sortBy?: { field: string; direction: 'asc' | 'desc' } | undefined
}

interface IncrementOne {
  model: string
  where: Condition[]
  increment: Record<string, number>
  set?: Row | undefined
}
