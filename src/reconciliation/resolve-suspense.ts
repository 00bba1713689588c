/**
 * Somebody found out what an entry in suspense was: for which pool, or for which donor's gift. It is of the whole entry,
 * once and for good; what turns out wrong is corrected by the ledger's own reversal. The money stays with us, so one
 * person decides, and says why.
 */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { awaitedTransfers, costsShareOf, recordTransfers, referencesIn } from '../donations/index.ts'
import { FundsTooLow, movements, post } from '../ledger/index.ts'
import { instantOf } from '../platform/calendar/index.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { entryOfKey } from './entry-key.ts'

export interface SuspenseResolution {
  /** Key of its entry in the ledger. */
  readonly entryKey: string
  /** One of these two: the pool, or the reference of a gift by transfer, which says the pool. */
  readonly poolId?: string | undefined
  readonly transferReference?: string | undefined
  readonly reason: string
  readonly idempotencyKey: string
}

/** Answers the key of the entry in the ledger. */
export async function resolveSuspense(
  deps: Deps,
  actor: PersonActor,
  input: SuspenseResolution,
): Promise<string> {
  try {
    return await inTransaction(deps.db, trx => resolveWithin(trx, deps, actor, input))
  } catch (error) {
    if (error instanceof FundsTooLow) throw new DomainError('pool-cannot-sustain', { field: 'poolId' })
    throw error
  }
}

async function resolveWithin(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  input: SuspenseResolution,
): Promise<string> {
  const { organisationId, clock, vault } = deps
  const { entryKey, reason, poolId, transferReference } = input
  const { bankAccountId, reference } = entryOfKey(entryKey)
  const claim = await claimKey(trx, vault, {
    organisationId,
    operation: 'resolve-suspense',
    key: input.idempotencyKey,
    request: { entryKey, poolId, transferReference, reason, actorId: actor.id },
    resourceId: newId(),
  })
  if (!claim.first) return claim.resourceId
  const entry = await lockEntry(trx, organisationId, bankAccountId, reference)
  const target = await targetOf(trx, organisationId, input, entry.amount)
  if (target.currency !== entry.currency) throw new DomainError('wrong-currency', { field: target.field })
  const id = claim.resourceId
  const { donationId, costsShare } = target
  const { amount, currency } = entry
  const at = instantOf(entry.bookedOn, '12:00')
  await trx
    .insertInto('reconciliation.suspenseResolutions')
    .values({
      ...{ organisationId, id, bankAccountId, reference, donationId, poolId: target.poolId },
      ...{ resolvedBy: actor.id, resolvedAt: clock.now() },
    })
    .execute()
  if (donationId)
    await recordTransfers(trx, [
      {
        ...{ organisationId, bankAccountId, entryReference: reference, donationId },
        ...{ gift: amount - costsShare, costsShare, ledgerKey: id, receivedAt: at },
      },
    ])
  await post(trx, organisationId, [
    movements.suspenseResolved({
      ...{ decisionId: id, poolId: target.poolId, amount, costsShare, currency },
      at: clock.now(),
    }),
  ])
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'suspense.resolve',
    subject: { kind: 'suspense', id },
    reason,
    detail: { poolId: target.poolId, amount: amount.toString() },
  })
  return id
}

/** The account is locked, so that two people who resolve at once do it one after the other. */
async function lockEntry(
  trx: Transaction<DB>,
  organisationId: number,
  bankAccountId: string,
  reference: string,
) {
  const account = await trx
    .selectFrom('organisations.bankAccounts')
    .select('currency')
    .where('organisationId', '=', organisationId)
    .where('id', '=', bankAccountId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!account) throw new DomainError('not-found', { field: 'entryKey' })
  const entry = await trx
    .selectFrom('reconciliation.bankEntries')
    .select(['amount', 'bookedOn', 'matchedTo'])
    .where('organisationId', '=', organisationId)
    .where('bankAccountId', '=', bankAccountId)
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (!entry) throw new DomainError('not-found', { field: 'entryKey' })
  const resolved = await trx
    .selectFrom('reconciliation.suspenseResolutions')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('bankAccountId', '=', bankAccountId)
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (entry.matchedTo !== 'suspense' || resolved || entry.amount === 0n)
    throw new DomainError('not-in-suspense', { field: 'entryKey' })
  return { ...entry, currency: account.currency }
}

async function targetOf(
  trx: Transaction<DB>,
  organisationId: number,
  { poolId, transferReference }: SuspenseResolution,
  amount: bigint,
) {
  if ((poolId === undefined) === (transferReference === undefined)) {
    throw new DomainError('invalid-request', {
      field: 'poolId',
      reason: {
        nl: 'Kies een pot of vul het kenmerk van een donatie in, een van de twee',
        en: 'Choose a pool or give the reference of a gift, one of the two',
      },
    })
  }
  if (poolId !== undefined) {
    const { id, currency } = await poolById(trx, organisationId, poolId)
    return { poolId: id, currency, donationId: null, costsShare: 0n, field: 'poolId' }
  }
  const { references } = referencesIn(transferReference ?? '')
  const [transfer] = (await awaitedTransfers(trx, organisationId, references)).values()
  if (!transfer) throw new DomainError('not-found', { field: 'transferReference' })
  const { donationId, currency } = transfer
  const costsShare = costsShareOf(transfer, amount)
  return { poolId: transfer.poolId, currency, donationId, costsShare, field: 'transferReference' }
}
