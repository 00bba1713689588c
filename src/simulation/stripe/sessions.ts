/** What the simulated payment page shows of a session, and the lock that its buttons take. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { notFound, SimulatedApiError } from './api-error.ts'
import type { SessionRow, SessionStatus, SimulatedMethod } from './tables.ts'

export interface PayableSession {
  id: string
  status: SessionStatus
  paymentStatus: 'unpaid' | 'paid'
  amount: bigint
  currency: string
  locale: string | null
  lines: { name: string; amount: bigint }[]
  methods: SimulatedMethod[]
  cancelUrl: string | null
  expiresAt: Date
}

/** undefined when there is no such session. */
export async function findSession(db: Kysely<DB>, id: string): Promise<PayableSession | undefined> {
  const row = await db
    .selectFrom('simulation.checkout_sessions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const lines = JSON.parse(row.lineItems) as { name: string; amount: string }[]
  return {
    id: row.id,
    status: row.status,
    paymentStatus: row.paymentStatus,
    amount: row.amount,
    currency: row.currency,
    locale: row.locale,
    lines: lines.map(line => ({ name: line.name, amount: BigInt(line.amount) })),
    methods: methodsOf(row),
    cancelUrl: row.cancelUrl,
    expiresAt: row.expiresAt,
  }
}

/** Two clicks on one button come one after the other. */
export async function lockSession(trx: Transaction<DB>, id: string): Promise<SessionRow> {
  const row = await trx
    .selectFrom('simulation.checkout_sessions')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('checkout session', id)
  return row
}

export function refuseUnlessPayable(session: SessionRow, method: SimulatedMethod, now: Date): void {
  if (session.status !== 'open' || session.expiresAt <= now) {
    throw new SimulatedApiError('This checkout session is over.', { code: 'checkout_session_not_open' })
  }
  if (!methodsOf(session).includes(method)) {
    throw new SimulatedApiError(`${method} cannot be used here.`, { param: 'method' })
  }
}

const methodsOf = (row: SessionRow): SimulatedMethod[] => JSON.parse(row.methods) as SimulatedMethod[]

/** Stripe puts the session's id where the page's address asks for it. */
export const successUrlOf = (row: SessionRow): string =>
  row.successUrl.replaceAll('{CHECKOUT_SESSION_ID}', row.id)
