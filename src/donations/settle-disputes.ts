/**
 * Gives up what the provider says is lost. No transaction tells that a dispute was lost, for nothing moves: so the dispute
 * itself is read, when an event came since the last look and once every night. That one was won is told by its transaction.
 */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { movements, post } from '../ledger/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { lockReading } from './post-transactions.ts'
import { ProviderRejected } from './provider.ts'

/** `all`: whether an event came or not. Answers how many were lost. */
export async function settleDisputes(deps: Deps, { all = false } = {}): Promise<number> {
  if (!(await deps.providerKeys.areAccepted())) return 0
  let lost = 0
  for (const id of await disputesToLookAt(deps, all)) {
    const since = new Date()
    const state = await stateOf(deps, id)
    if (await inTransaction(deps.db, trx => settle(trx, deps, id, state, since))) lost += 1
  }
  return lost
}

async function disputesToLookAt({ db, organisationId }: Deps, all: boolean): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from donations.disputes d
     where d.organisation_id = ${organisationId} and donations.open_of_dispute(d.organisation_id, d.id) > 0
       and (${all} or d.looked_at is null or exists (
         select from donations.inbox i where i.organisation_id = d.organisation_id
            and i.type like 'charge.dispute.%' and i.received_at > d.looked_at))
     order by d.id limit 500`.execute(db)
  return rows.map(({ id }) => id)
}

async function stateOf({ provider }: Deps, id: string): Promise<'open' | 'won' | 'lost'> {
  try {
    return (await provider.getDispute(id)).state
  } catch (error) {
    if (error instanceof ProviderRejected && error.reason === 'not-found') return 'open' // a person sees it stay
    throw error
  }
}

async function settle(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  id: string,
  state: 'open' | 'won' | 'lost',
  lookedAt: Date,
): Promise<boolean> {
  await lockReading(trx, organisationId) // nothing of it is posted meanwhile
  const { rows } = await sql<{ open: bigint; lost: bigint; poolId: string; currency: string }>`
    select donations.open_of_dispute(x.organisation_id, x.id) as open, x.lost, d.pool_id as "poolId", d.currency
      from donations.disputes x
      join donations.donations d on d.organisation_id = x.organisation_id and d.id = x.donation_id
     where x.organisation_id = ${organisationId} and x.id = ${id}`.execute(trx)
  const [dispute] = rows
  if (!dispute) return false
  const { open, lost: lostBefore, poolId, currency } = dispute
  const isLost = state === 'lost' && open > 0n
  if (isLost) {
    await post(trx, organisationId, [
      movements.disputeLost({ poolId, currency, disputeId: id, amount: open, lostBefore, at: clock.now() }),
    ])
  }
  await trx
    .updateTable('donations.disputes')
    .set({ lookedAt, ...(isLost ? { lost: lostBefore + open } : {}) })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .execute()
  return isLost
}
