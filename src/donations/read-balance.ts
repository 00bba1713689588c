/**
 * What the provider says that it holds for us, beside what the ledger says: equal to the cent, or found by `verify` and shown
 * to staff. A difference is never mended here.
 */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { trialBalances } from '../ledger/index.ts'
import { newId } from '../platform/id.ts'
import { postTransactions } from './post-transactions.ts'

export interface BalanceReading {
  readonly readAt: Date
  readonly currency: string
  readonly providerPending: bigint
  readonly providerAvailable: bigint
  readonly ledgerPending: bigint
  readonly ledgerAvailable: bigint
}

/** Money that moved between reading one and the other would look like a difference: then both are read again. */
const TRIES = 3

export async function readBalance(deps: Deps): Promise<readonly BalanceReading[]> {
  if (!(await deps.providerKeys.areAccepted())) return []
  let readings: BalanceReading[] = []
  for (let tries = 0; tries < TRIES; tries += 1) {
    await postTransactions(deps)
    readings = await compare(deps)
    if (readings.every(each => difference(each) === 0n)) break
  }
  const { db, organisationId } = deps
  if (readings.length > 0) {
    await db
      .insertInto('donations.balanceReadings')
      .values(readings.map(each => ({ organisationId, id: newId(), ...each })))
      .execute()
  }
  return readings
}

/** What the ledger holds more than the provider. That something is available there, and here not yet, is no difference. */
export const difference = (each: Omit<BalanceReading, 'readAt' | 'currency'>): bigint =>
  each.ledgerPending + each.ledgerAvailable - each.providerPending - each.providerAvailable

async function compare({ db, organisationId, provider, clock }: Deps): Promise<BalanceReading[]> {
  const held = await provider.getBalance()
  const ledger = await trialBalances(db, organisationId)
  const currencies = [...new Set([...held, ...ledger].map(({ currency }) => currency))].sort()
  return currencies.map(currency => {
    const there = held.find(each => each.currency === currency)
    const here = ledger.find(each => each.currency === currency)?.totals
    return {
      readAt: clock.now(),
      currency,
      providerPending: there?.pending ?? 0n,
      providerAvailable: there?.available ?? 0n,
      ledgerPending: here?.['stripe-pending'] ?? 0n,
      ledgerAvailable: here?.['stripe-available'] ?? 0n,
    }
  })
}

/** The last one of each currency. */
export async function latestBalances(db: Kysely<DB>, organisationId: number): Promise<BalanceReading[]> {
  return db
    .selectFrom('donations.balanceReadings')
    .distinctOn('currency')
    .select([
      'readAt',
      'currency',
      'providerPending',
      'providerAvailable',
      'ledgerPending',
      'ledgerAvailable',
    ])
    .where('organisationId', '=', organisationId)
    .orderBy('currency')
    .orderBy('id', 'desc')
    .execute()
}
