/** What each role is called: pages and letters say the same. */
import type { Role } from './permissions.ts'

export const roleWords = {
  nl: {
    donor: 'Donateur',
    recipient: 'Ontvanger',
    campaigner: 'Inzamelaar',
    operator: 'Uitvoerder',
    approver: 'Goedkeurder',
    treasurer: 'Penningmeester',
    auditor: 'Controleur',
    'privacy-officer': 'Privacyfunctionaris',
    administrator: 'Beheerder',
  },
  en: {
    donor: 'Donor',
    recipient: 'Recipient',
    campaigner: 'Campaigner',
    operator: 'Operator',
    approver: 'Approver',
    treasurer: 'Treasurer',
    auditor: 'Auditor',
    'privacy-officer': 'Privacy officer',
    administrator: 'Administrator',
  },
} as const satisfies Record<'nl' | 'en', Record<Role, string>>
