/**
 * Who may do what: the one table. Every route names a permission of it; a route without one does not register.
 * 'anyone' needs no sign-in.
 */
export const roles = ['recipient', 'operator', 'approver', 'treasurer', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

const everyStaff = ['operator', 'approver', 'treasurer', 'auditor', 'administrator'] as const

export const permissions = {
  'public.read': 'anyone',
  'donations.give': 'anyone',
  'provider-events.deliver': 'anyone', // guarded by the provider's signature
  'sessions.manage': 'anyone', // signing in and out
  'own-enrolment.read': ['recipient'],
  'staff.read': everyStaff,
  'pools.manage': ['administrator'],
  'enrolments.read': ['operator', 'approver', 'treasurer', 'auditor', 'administrator'],
  'enrolments.create': ['operator'],
  'cycles.plan': ['operator'],
  'cycles.propose': ['operator', 'approver'], // an approver may prepare; then somebody else approves
  'cycles.approve': ['approver'],
  'payment-files.make': ['operator', 'treasurer'],
  'payment-files.read': ['treasurer', 'operator'],
  'payment-files.hand-over': ['operator', 'treasurer'],
  'statements.import': ['treasurer', 'operator'],
  'demonstration.clock': ['operator', 'approver', 'treasurer', 'administrator'],
} as const satisfies Record<string, 'anyone' | readonly Role[]>

export type Permission = keyof typeof permissions

export function allows(permission: Permission, held: readonly Role[]): boolean {
  const needed: 'anyone' | readonly Role[] = permissions[permission]
  return needed === 'anyone' || held.some(role => needed.includes(role))
}
