/** Does what a change says, in the transaction in which it was approved; the database holds each effect to its change. */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import { grantRole } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { liftFreeze } from '../disbursements/index.ts'
import { acceptKeys, addBankAccount, bankAccounts, shortFingerprint } from '../organisations/index.ts'
import { changeTerms, moveToAccount } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import type { Change, Contents } from './change.ts'

/** One act for each effect. */
export async function applyChange(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  change: Change,
  now: Date,
): Promise<void> {
  const { organisationId } = deps
  const effect = await effectOf(trx, deps, change, now)
  const { reason } = change
  await recordAct(trx, organisationId, actor, {
    at: now,
    ...effect,
    reason,
    detail: { changeId: change.id, ...effect.detail },
  })
}

interface Effect {
  readonly action: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly detail?: Readonly<Record<string, string | number>>
}

async function effectOf(trx: Transaction<DB>, deps: Deps, change: Change, now: Date): Promise<Effect> {
  const { organisationId } = deps
  const changeId = change.id
  switch (change.kind) {
    case 'own-iban': {
      const pools = await changeAccount(trx, organisationId, change.subjectId, changeId, change.content)
      const subject = { kind: 'bank-account', id: pools.accountId }
      return { action: 'bank-account.change', subject, detail: { pools: pools.moved } }
    }
    case 'pool-terms':
      await changeTerms(trx, organisationId, change.subjectId, changeId, change.content.to)
      return { action: 'pool.change-terms', subject: { kind: 'pool', id: change.subjectId } }
    case 'approving-role': {
      const { role } = change.content
      const grant = { ...change.content, grantedBy: change.proposedBy, changeId }
      const grantId = await grantRole(trx, organisationId, grant)
      const subject = { kind: 'person', id: change.subjectId }
      return { action: 'role.give', subject, detail: { role, grantId } }
    }
    case 'provider-keys': {
      const { provider } = deps.providerKeys
      if (provider !== change.subjectId) throw new DomainError('change-without-effect')
      const { to } = change.content
      const keys = { provider, fingerprint: Buffer.from(to, 'hex'), changeId }
      const subject = { kind: 'provider-keys', id: await acceptKeys(trx, organisationId, keys) }
      const detail = { provider, fingerprint: shortFingerprint(to) }
      return { action: 'provider-keys.accept', subject, detail }
    }
    case 'lift-freeze':
      await liftFreeze(trx, organisationId, change.subjectId, { changeId, at: now })
      return { action: 'payments.lift-freeze', subject: { kind: 'freeze', id: change.subjectId } }
  }
}

/** Opens the account, or goes back to one that was left, and pays every pool from it; batches that were made keep theirs. */
async function changeAccount(
  trx: Transaction<DB>,
  organisationId: number,
  from: string,
  changeId: string,
  { to }: Contents['own-iban'],
): Promise<{ accountId: string; moved: number }> {
  const all = await bankAccounts(trx, organisationId)
  const left = all.find(({ id }) => id === from)
  if (!left) throw new DomainError('not-found', { field: 'bankAccount' })
  const known = all.find(({ iban }) => iban === to.iban)
  const account = { organisationId, ...to, currency: left.currency, changeId }
  const accountId = known?.id ?? (await addBankAccount(trx, account))
  return { accountId, moved: await moveToAccount(trx, organisationId, changeId, { from, to: accountId }) }
}
