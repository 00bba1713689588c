/** Who may propose and decide which kind: the routes are one for all kinds, the permissions are not. */
import { allows, type Grant, type Permission } from '../auth/index.ts'
import type { Kind } from './change.ts'

const proposes = {
  'own-iban': 'own-iban.propose',
  'pool-terms': 'pool-terms.propose',
  'approving-role': 'approving-roles.propose',
  'provider-keys': 'provider-keys.propose',
  'lift-freeze': 'payments.lift-freeze',
} as const satisfies Record<Kind, Permission>

export const mayPropose = (kind: Kind, held: readonly Grant[]): boolean => allows(proposes[kind], held, null)

/** A freeze is lifted by two approvers, never by an administrator alone. */
export const decidersOf = (kind: Kind): Permission =>
  kind === 'lift-freeze' ? 'payments.lift-freeze' : 'changes.approve'

export const mayDecide = (kind: Kind, held: readonly Grant[]): boolean => allows(decidersOf(kind), held, null)
