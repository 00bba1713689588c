/** Who may propose and decide which kind: the routes are one for all kinds, the permissions are not. */
import { allows, type Grant, type Permission, type Role, ruleOf } from '../auth/index.ts'
import type { Kind } from './change.ts'

const proposes = {
  'own-iban': 'own-iban.propose',
  'pool-terms': 'pool-terms.propose',
  'approving-role': 'approving-roles.propose',
  'provider-keys': 'provider-keys.propose',
  'lift-freeze': 'payments.lift-freeze',
} as const satisfies Record<Kind, Permission>

export const mayPropose = (kind: Kind, held: readonly Grant[]): boolean => allows(proposes[kind], held, null)

/** The roles that propose it; the database has the same list (`changes.proposers`). */
export const proposersOf = (kind: Kind): readonly Role[] => {
  const { who } = ruleOf(proposes[kind])
  return who === 'anyone' ? [] : who
}

/** Where money goes, and whether it goes, is for approvers: an administrator is of people and settings. */
const decides = {
  'own-iban': 'changes-of-money.approve',
  'pool-terms': 'changes.approve',
  'approving-role': 'changes.approve',
  'provider-keys': 'changes-of-money.approve',
  'lift-freeze': 'payments.lift-freeze',
} as const satisfies Record<Kind, Permission>

export const decidersOf = (kind: Kind): Permission => decides[kind]

export const mayDecide = (kind: Kind, held: readonly Grant[]): boolean => allows(decidersOf(kind), held, null)
