/**
 * Who may do what: the one table. Every route names a permission of it; a route without one does not register.
 * Pure: who is asked about, and when, are arguments.
 */
export const roles = [
  'donor',
  'recipient',
  'campaigner',
  'operator',
  'approver',
  'treasurer',
  'auditor',
  'privacy-officer',
  'administrator',
] as const
export type Role = (typeof roles)[number]

/** Whoever works here shows a second factor before anything else. */
export const staffRoles = roles.slice(roles.indexOf('operator'))
export const isStaffRole = (role: Role): boolean => staffRoles.includes(role)

/** Roles that can make what somebody else prepared true: they are given by two people. */
export const approvingRoles: readonly Role[] = ['approver', 'administrator']

/**
 * Roles whose work can be that of one pool. An auditor, a privacy officer and an administrator work with what is the
 * organisation's (ledger, bank, trail, people): for one pool they would have lists to look at and nothing to do.
 */
export const poolRoles: readonly Role[] = ['operator', 'approver', 'treasurer']

interface Rule {
  readonly who: 'anyone' | readonly Role[]
  /** `pool`: a role for one pool is enough for what is about that pool. */
  readonly of: 'organisation' | 'pool'
  /** Asks for the second factor again when it was shown more than `FRESH_MINUTES` ago. */
  readonly fresh?: true
  /** A program's key may hold it. Never what asks for fresh eyes, makes or approves. */
  readonly keys?: true
  /** Of whoever asks, whatever the address says: a role for any pool is enough. */
  readonly own?: true
}

const anyone = { who: 'anyone', of: 'organisation' } as const
const ofMoney = ['operator', 'approver', 'treasurer', 'auditor', 'administrator'] as const

export const permissions = {
  'public.read': anyone,
  'donations.give': anyone,
  'wishes.write': anyone, // and agree, report, and take away what one wrote
  'public.follow': anyone, // a letter asks whether the address is willing
  'letters.stop': anyone, // guarded by the link under the letter
  'provider-events.deliver': anyone, // guarded by the provider's signature
  'sessions.manage': anyone, // signing in and out
  'own-sign-in.manage': { who: roles, of: 'pool', own: true }, // second factors and sessions of one's own
  'own-campaigns.manage': { who: roles, of: 'pool', own: true }, // started, told of, and never decided on by oneself
  'own-gifts.read': { who: roles, of: 'pool', own: true }, // of the address that one proved
  'own-gifts.manage': { who: roles, of: 'pool', own: true }, // letters, and erasing
  'follows.manage': { who: ['donor'], of: 'pool', own: true }, // by the address that they proved
  'own-thanks.write': { who: ['recipient'], of: 'pool', own: true }, // and take away what one wrote
  'own-monthly-gifts.manage': { who: roles, of: 'pool', own: true }, // of the address that one proved
  'own-enrolment.read': { who: ['recipient'], of: 'pool', own: true },

  'overview.read': { who: staffRoles, of: 'pool' },
  'cycles.read': { who: ofMoney, of: 'pool', keys: true },
  'ledger.read': { who: ofMoney, of: 'organisation', keys: true },
  'bank.read': { who: ofMoney, of: 'organisation', keys: true },
  'findings.read': { who: ofMoney, of: 'organisation', keys: true },

  'enrolments.read': { who: [...ofMoney, 'privacy-officer'], of: 'pool', keys: true },
  'enrolments.create': { who: ['operator'], of: 'pool' },
  'enrolments.give-sign-in': { who: ['operator'], of: 'pool', fresh: true }, // in place of another address
  'recipients.help': { who: ['operator'], of: 'pool', fresh: true }, // act for somebody who cannot sign in
  'account-endings.read': { who: ['operator', 'approver', 'treasurer', 'privacy-officer'], of: 'pool' },
  'accounts.read': { who: ['operator', 'treasurer', 'privacy-officer'], of: 'pool', fresh: true }, // an IBAN in clear

  'donations.read': { who: ofMoney, of: 'pool' },
  'refunds.decide': { who: ['operator', 'treasurer'], of: 'pool' },
  'refunds.approve': { who: ['approver'], of: 'pool', fresh: true }, // never by whoever decided
  'refunds.withdraw': { who: ['operator', 'treasurer', 'approver'], of: 'pool' },

  'cycles.plan': { who: ['operator'], of: 'pool' },
  'cycles.propose': { who: ['operator', 'approver'], of: 'pool' }, // an approver may prepare; then somebody else approves
  'cycles.approve': { who: ['approver'], of: 'pool', fresh: true },
  'payment-files.make': { who: ['operator', 'treasurer'], of: 'pool', fresh: true },
  'payment-files.read': { who: ['operator', 'treasurer'], of: 'pool', fresh: true }, // it holds IBANs
  'payment-files.hand-over': { who: ['operator', 'treasurer'], of: 'pool' },
  'statements.import': { who: ['operator', 'treasurer'], of: 'organisation', keys: true },

  'suspense.resolve': { who: ['treasurer'], of: 'organisation', fresh: true }, // what money was that nobody recognised

  'pools.found': { who: ['administrator'], of: 'organisation' },
  'pools.close': { who: ['administrator'], of: 'organisation' },
  'people.read': { who: ['administrator', 'privacy-officer', 'auditor'], of: 'organisation' },
  'people.manage': { who: ['administrator'], of: 'organisation', fresh: true },
  'keys.read': { who: ['administrator', 'auditor'], of: 'organisation' },
  'keys.manage': { who: ['administrator'], of: 'organisation', fresh: true },
  'acts.read': {
    who: ['treasurer', 'auditor', 'privacy-officer', 'administrator'],
    of: 'organisation',
    keys: true,
  },

  'changes.read': { who: staffRoles, of: 'organisation' }, // what needs two people
  'changes.propose': { who: ['treasurer', 'approver', 'administrator'], of: 'organisation', fresh: true }, // and by kind:
  'own-iban.propose': { who: ['treasurer', 'administrator'], of: 'organisation', fresh: true },
  'pool-terms.propose': { who: ['administrator'], of: 'organisation', fresh: true },
  'approving-roles.propose': { who: ['administrator'], of: 'organisation', fresh: true },
  'provider-keys.propose': { who: ['treasurer', 'administrator'], of: 'organisation', fresh: true },
  'changes.approve': { who: ['approver', 'administrator'], of: 'organisation', fresh: true }, // and by kind:
  'changes-of-money.approve': { who: ['approver'], of: 'organisation', fresh: true },
  'payments.freeze': { who: ['approver'], of: 'pool' }, // at once, so nothing is asked again
  'payments.lift-freeze': { who: ['approver'], of: 'organisation', fresh: true },

  // About what everybody reads, not about money: whoever runs the pools, and whoever answers for the site.
  'wishes.moderate': { who: ['operator', 'administrator'], of: 'organisation' },
  'thanks.moderate': { who: ['operator', 'administrator'], of: 'organisation' },

  'news.publish': { who: ['operator'], of: 'pool' }, // and mailed to whoever asked for it

  'campaigns.read': { who: ofMoney, of: 'organisation' },
  'campaigns.decide': { who: ['operator', 'administrator'], of: 'organisation' }, // and taking updates down
  'campaigns.review': { who: ['operator', 'approver', 'administrator'], of: 'organisation' }, // never by whoever approved it
  'campaign-outcomes.decide': { who: ['operator'], of: 'organisation' },
  'campaign-outcomes.approve': { who: ['approver'], of: 'organisation', fresh: true }, // never by whoever decided
  'campaign-outcomes.withdraw': { who: ['operator', 'approver'], of: 'organisation' },

  'demonstration.clock': { who: ['operator', 'approver', 'treasurer', 'administrator'], of: 'organisation' },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof permissions
/** What a key can be made for. */
export type KeyScope = {
  [Name in Permission]: (typeof permissions)[Name] extends { readonly keys: true } ? Name : never
}[Permission]
export const ruleOf = (permission: Permission): Rule => permissions[permission]

/** A role that somebody has now; `poolId` null: for the whole organisation. */
export interface Grant {
  readonly role: Role
  readonly poolId: string | null
}

/** Which of these roles give the permission; `poolId` undefined: anywhere, null: for the whole organisation. */
function grantsFor(
  permission: Permission,
  held: readonly Grant[],
  poolId?: string | null,
): 'anyone' | readonly Grant[] {
  const { who, of } = ruleOf(permission)
  if (who === 'anyone') return who
  return held.filter(
    grant =>
      who.includes(grant.role) &&
      (grant.poolId === null || (of === 'pool' && (poolId === undefined || grant.poolId === poolId))),
  )
}

export function allows(permission: Permission, held: readonly Grant[], poolId?: string | null): boolean {
  return grantsFor(permission, held, poolId).length > 0
}

/** The pools that somebody may see this of; 'all' with a role for the whole organisation. */
export function poolsOf(permission: Permission, held: readonly Grant[]): 'all' | readonly string[] {
  const grants = grantsFor(permission, held)
  if (grants === 'anyone') return 'all'
  const ids = grants.flatMap(({ poolId }) => poolId ?? [])
  return ids.length < grants.length ? 'all' : ids
}

export const FRESH_MINUTES = 10

export type Asker =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'key'; readonly scopes: readonly string[]; readonly poolId: string | null }
  | {
      readonly kind: 'person'
      readonly grants: readonly Grant[]
      /** They have one, so it is asked of them whatever their role. */
      readonly hasSecondFactor: boolean
      /** When the second factor was last shown; null: not in this session. */
      readonly secondFactorAt: Date | null
    }

export type Verdict =
  | 'allowed'
  | 'not-signed-in'
  | 'not-allowed'
  | 'second-factor-needed'
  | 'fresh-sign-in-needed'

/** May this be done, now? `poolId`: as for `allows`; a route that says nothing of pools asks with null. */
export function judge(permission: Permission, asker: Asker, now: Date, poolId?: string | null): Verdict {
  const rule = ruleOf(permission)
  if (rule.who === 'anyone') return 'allowed'
  if (asker.kind === 'nobody') return 'not-signed-in'
  if (asker.kind === 'key') {
    const reaches = asker.poolId === null || (rule.of === 'pool' && asker.poolId === poolId)
    return rule.keys && asker.scopes.includes(permission) && reaches ? 'allowed' : 'not-allowed'
  }
  const grants = grantsFor(permission, asker.grants, poolId)
  if (grants.length === 0) return 'not-allowed'
  if (permission === 'own-sign-in.manage') return 'allowed' // where a second factor is set up and shown
  const needsSecond =
    asker.hasSecondFactor || (grants !== 'anyone' && grants.every(({ role }) => isStaffRole(role)))
  if (!needsSecond) return 'allowed'
  if (!asker.secondFactorAt) return 'second-factor-needed'
  const isFresh = now.getTime() - asker.secondFactorAt.getTime() <= FRESH_MINUTES * 60_000
  return rule.fresh && !isFresh ? 'fresh-sign-in-needed' : 'allowed'
}
