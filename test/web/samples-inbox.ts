/** Samples of the demonstration's inbox. */
import { letters } from '../../src/mail/index.ts'
import { inboxLetterView, inboxView } from '../../src/web/public/inbox.ts'
import type { Sample, Typed } from './samples.ts'

export const inboxSamples = (typed: Typed): Sample[] => {
  const common = {
    organisation: typed('Stichting Meent (demonstratie)'),
    url: 'https://meent.example/sign-in',
  }
  const waiting = {
    id: '019a7c1e-55b0-7cc3-98c4-dc0c0c07398f',
    to: 'uitvoerder@meent.example',
    locale: 'nl' as const,
    queuedAt: new Date('2026-11-24T09:12:00Z'),
    letter: letters.signIn({ ...common, locale: 'nl', code: '482915', minutes: 15 }),
  }
  const invitation = {
    ...waiting,
    id: '019a7c1e-55b0-7cc3-98c4-dc0c0c073990',
    locale: 'en' as const,
    to: `${'lang'.repeat(15)}@${'een-heel-lang-domein.'.repeat(5)}example`,
    letter: letters.invitation({
      ...common,
      locale: 'en',
      roles: [typed('Operator'), 'Auditor'],
    }),
  }
  const path = '/demonstration/inbox'
  const one = `${path}/${waiting.id}`
  return [
    {
      name: 'inbox',
      path,
      roles: [],
      render: page => inboxView(page, { letters: [waiting, invitation] }),
    },
    { name: 'inbox, empty', path, roles: [], render: page => inboxView(page, { letters: [] }) },
    {
      name: 'inbox, a letter to sign in',
      path: one,
      roles: [],
      render: page => inboxLetterView(page, { ...waiting, linkPath: '/sign-in' }),
    },
    {
      name: 'inbox, a letter that leads elsewhere',
      path: one,
      roles: [],
      render: page => inboxLetterView(page, { ...invitation, linkPath: null }),
    },
  ]
}
