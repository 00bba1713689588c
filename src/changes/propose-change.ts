/** One person proposes. What the change says is worked out here from what is now, so that both can be held side by side. */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import { colleagueById, personById, refuseForOnePool, refuseTooLong } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { freezeOpen } from '../disbursements/index.ts'
import { acceptedFingerprint, currentBankAccount } from '../organisations/index.ts'
import { localDate } from '../platform/calendar/index.ts'
import { parseIban } from '../platform/iban.ts'
import { newId } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { lockTerms, type PoolTerms, poolById, termNames, termsOf, wasGivenTo } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { applyChange } from './apply-change.ts'
import { type Change, type Contents, changeById, changes, type Kind, type Said } from './change.ts'
import { refuseOtherHolder } from './known-account.ts'

/** Those that are to be others. */
export type NewTerms = { readonly [Name in keyof PoolTerms]?: PoolTerms[Name] | undefined }

/** What is asked for; the rest follows from what is now. */
export type Proposal = { readonly reason: string } & (
  | { readonly kind: 'own-iban'; readonly iban: string; readonly holder: string }
  | { readonly kind: 'pool-terms'; readonly poolId: string; readonly terms: NewTerms }
  | ({ readonly kind: 'approving-role' } & Contents['approving-role'])
  | { readonly kind: 'provider-keys' }
  | { readonly kind: 'lift-freeze' }
)

/**
 * Answers the change: open, or `alone` when it is about a pool that nobody gave to yet. Throws `change-open`,
 * `change-without-effect`, `invalid-iban`, `own-role`, `role-exists`, `payments-not-frozen`, or `not-found`.
 */
export async function proposeChange(deps: Deps, actor: PersonActor, proposal: Proposal): Promise<Change> {
  return inTransaction(deps.db, trx => proposeChangeWithin(trx, deps, actor, proposal))
}

/** As part of something larger: inviting whoever it is about. */
export async function proposeChangeWithin(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  proposal: Proposal,
): Promise<Change> {
  const { organisationId } = deps
  const now = deps.clock.now()
  const { subjectId, ...said } = await saidBy(trx, deps, actor, proposal)
  await refuseSecond(trx, organisationId, said.kind, subjectId, now)
  const id = newId()
  const { reason } = proposal
  await trx
    .insertInto('changes.changes')
    .values({
      ...{ organisationId, id, kind: said.kind, subjectId, content: JSON.stringify(said.content), reason },
      ...{ proposedBy: actor.id, proposedAt: now },
      ...{ decidedBy: null, decidedAt: null, decision: null, decisionReason: null },
    })
    .execute()
  await recordAct(trx, organisationId, actor, {
    at: now,
    action: 'change.propose',
    subject: { kind: 'change', id },
    reason,
    detail: { kind: said.kind, subjectId },
  })
  const change = await changeById(trx, organisationId, id, now)
  if (change.kind !== 'pool-terms' || (await wasGivenTo(trx, organisationId, subjectId))) return change
  await trx
    .updateTable('changes.changes')
    .set({ decidedBy: actor.id, decidedAt: now, decision: 'alone' })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .execute()
  await applyChange(trx, deps, actor, change, now)
  return changeById(trx, organisationId, id, now)
}

/** The proposals about one subject stand in one queue, so that the second finds the first. */
async function refuseSecond(
  trx: Transaction<DB>,
  organisationId: number,
  kind: Kind,
  subjectId: string,
  now: Date,
): Promise<void> {
  await sql`select changes.lock_subject(${organisationId}, ${kind}, ${subjectId})`.execute(trx)
  const open = await changes(trx, organisationId, now, { kind, subjectId, state: 'open', limit: 1 })
  if (open.changes.length > 0) throw new DomainError('change-open')
}

type SaidOf = Said & { readonly subjectId: string }

async function saidBy(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  proposal: Proposal,
): Promise<SaidOf> {
  const { organisationId } = deps
  switch (proposal.kind) {
    case 'own-iban':
      return otherAccount(trx, organisationId, proposal)
    case 'pool-terms': {
      const from = termsOf(await lockTerms(trx, organisationId, proposal.poolId))
      const to = withNewTerms(from, proposal.terms)
      if (termNames.every(name => from[name] === to[name])) throw new DomainError('change-without-effect')
      return { kind: 'pool-terms', subjectId: proposal.poolId, content: { from, to } }
    }
    case 'approving-role':
      return approvingRole(trx, deps, actor, proposal)
    case 'provider-keys': {
      const { provider, fingerprint } = deps.providerKeys
      if (await deps.providerKeys.refresh()) throw new DomainError('change-without-effect')
      const accepted = await acceptedFingerprint(trx, organisationId, provider)
      const content = { from: accepted?.toString('hex') ?? null, to: fingerprint.toString('hex') }
      return { kind: 'provider-keys', subjectId: provider, content }
    }
    case 'lift-freeze': {
      const freeze = await freezeOpen(trx, organisationId)
      if (!freeze) throw new DomainError('payments-not-frozen')
      return { kind: 'lift-freeze', subjectId: freeze.id, content: {} }
    }
  }
}

const withNewTerms = (from: PoolTerms, to: NewTerms): PoolTerms => ({
  name: to.name ?? from.name,
  area: to.area ?? from.area,
  monthlyAmount: to.monthlyAmount ?? from.monthlyAmount,
  termMonths: to.termMonths ?? from.termMonths,
  paydayOfMonth: to.paydayOfMonth ?? from.paydayOfMonth,
  feeBearer: to.feeBearer ?? from.feeBearer,
})

async function otherAccount(
  trx: Transaction<DB>,
  organisationId: number,
  { iban: typed, holder }: { iban: string; holder: string },
): Promise<SaidOf> {
  const parsed = parseIban(typed)
  if (!parsed.ok) throw new DomainError('invalid-iban', { field: 'iban', reason: parsed.reason })
  const account = await currentBankAccount(trx, organisationId)
  if (!account) throw new DomainError('not-found', { field: 'bankAccount' })
  const { iban } = parsed
  if (iban === account.iban) throw new DomainError('change-without-effect', { field: 'iban' })
  await refuseOtherHolder(trx, organisationId, { iban, holder })
  const from = { iban: account.iban, holder: account.holder }
  return { kind: 'own-iban', subjectId: account.id, content: { from, to: { iban, holder } } }
}

async function approvingRole(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  actor: PersonActor,
  { personId, role, poolId, lastDay, standInFor }: Contents['approving-role'],
): Promise<SaidOf> {
  if (personId === actor.id) throw new DomainError('own-role', { field: 'personId' })
  refuseForOnePool(role, poolId)
  const today = localDate(clock.now())
  const person = await personById(trx, organisationId, today, personId)
  if (!person) throw new DomainError('not-found', { field: 'personId' })
  await colleagueById(trx, organisationId, today, personId) // a donor or recipient is invited first
  if (poolId !== null) await poolById(trx, organisationId, poolId)
  if (standInFor !== null)
    await refuseWrongStandIn(trx, organisationId, today, { personId, role, poolId, standInFor })
  const lasts = { nl: 'Een dag die nog komt', en: 'A day that is still to come' }
  if ((lastDay === null && standInFor !== null) || (lastDay !== null && lastDay < today))
    throw new DomainError('invalid-request', { field: 'lastDay', reason: lasts })
  refuseTooLong(lastDay, today)
  if (person.grants.some(each => each.role === role && (each.poolId === null || each.poolId === poolId)))
    throw new DomainError('role-exists', { field: 'role' })
  const content = { personId, role, poolId, lastDay, standInFor }
  return { kind: 'approving-role', subjectId: personId, content }
}

/** A stand-in does what the other does, and no more. */
async function refuseWrongStandIn(
  trx: Transaction<DB>,
  organisationId: number,
  today: string,
  {
    personId,
    role,
    poolId,
    standInFor,
  }: Omit<Contents['approving-role'], 'lastDay'> & { readonly standInFor: string },
): Promise<void> {
  const other = await personById(trx, organisationId, today, standInFor)
  if (!other) throw new DomainError('not-found', { field: 'standInFor' })
  const does = other.grants.some(
    held => held.role === role && (held.poolId === null || held.poolId === poolId),
  )
  if (does && standInFor !== personId) return
  throw new DomainError('invalid-request', {
    field: 'standInFor',
    reason: { nl: 'Die persoon heeft deze rol niet', en: 'That person does not have this role' },
  })
}
