/**
 * Asks the provider for the refunds that two people want. That it is going to be asked is written down first; when the answer
 * was lost, nobody knows whether it happened, so the provider's own list is read before the same question is asked again,
 * under the same key. Money moves in the ledger only when the provider's transaction says so.
 */
import type { Deps } from '../deps.ts'
import { ProviderRejected, ProviderUnknown, type Refund } from './provider.ts'

const AT_ONCE = 100

/** Answers how many were answered, one way or the other. */
export async function askRefunds(deps: Deps): Promise<number> {
  if (!(await deps.providerKeys.areAccepted())) return 0
  let answered = 0
  for (const refund of await refundsToAsk(deps)) if (await askOne(deps, refund)) answered += 1
  return answered
}

type RefundToAsk = Awaited<ReturnType<typeof refundsToAsk>>[number]

async function refundsToAsk({ db, organisationId }: Deps) {
  return db
    .selectFrom('donations.refunds as r')
    .innerJoin('donations.providerTransactions as t', join =>
      join
        .onRef('t.organisationId', '=', 'r.organisationId')
        .onRef('t.donationId', '=', 'r.donationId')
        .on('t.kind', '=', 'gift'),
    )
    .select(['r.id', 'r.donationId', 'r.amount', 'r.askedAt', 't.id as transactionId'])
    .where('r.organisationId', '=', organisationId)
    .where('r.approvedAt', 'is not', null)
    .where('r.providerRefundId', 'is', null)
    .where('r.refused', 'is', null)
    .where('r.withdrawnAt', 'is', null)
    .orderBy('r.approvedAt')
    .limit(AT_ONCE)
    .execute()
}

async function askOne(deps: Deps, refund: RefundToAsk): Promise<boolean> {
  try {
    const { chargeId } = await deps.provider.getTransaction(refund.transactionId)
    if (!chargeId) return await store(deps, refund.id, { refused: 'no-charge' })
    // Null: withdrawn, or asked by another instance, since it was read.
    const before = await markAsked(deps, refund)
    if (before === null) return false
    const known =
      before === 'earlier' ? await deps.provider.findRefund({ chargeId, refundId: refund.id }) : null
    const answer = known ?? (await ask(deps, chargeId, refund))
    return await store(
      deps,
      refund.id,
      answer.state === 'failed' ? { refused: 'failed' } : { providerRefundId: answer.providerRefundId },
    )
  } catch (error) {
    if (error instanceof ProviderUnknown) return false // unknown: looked up next time
    if (!(error instanceof ProviderRejected)) throw error
    // Not about this refund: it is asked again. A key that is said to be of another request needs a person, and is looked up.
    if (['rate-limited', 'credentials', 'idempotency-conflict'].includes(error.reason)) return false
    return await store(deps, refund.id, { refused: error.providerCode ?? error.reason })
  }
}

const ask = ({ provider, organisationId }: Deps, chargeId: string, refund: RefundToAsk): Promise<Refund> =>
  provider.refund({
    chargeId,
    amount: refund.amount,
    refundId: refund.id,
    metadata: { organisationId: String(organisationId), donationId: refund.donationId },
  })

async function markAsked(
  { db, organisationId, clock }: Deps,
  { id, askedAt }: RefundToAsk,
): Promise<'now' | 'earlier' | null> {
  if (askedAt) return 'earlier'
  const marked = await db
    .updateTable('donations.refunds')
    .set({ askedAt: clock.now() })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .where('askedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return marked ? 'now' : null
}

async function store(
  { db, organisationId, clock }: Deps,
  id: string,
  answer: { refused: string } | { providerRefundId: string },
): Promise<boolean> {
  await db
    .updateTable('donations.refunds')
    .set(({ fn, val }) => ({ ...answer, askedAt: fn.coalesce('askedAt', val(clock.now())) }))
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .where('providerRefundId', 'is', null)
    .where('refused', 'is', null)
    .where('withdrawnAt', 'is', null)
    .execute()
  return true
}
