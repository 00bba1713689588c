/** Samples of signing in, the second factor and one's own account. */
import { roles } from '../../src/auth/index.ts'
import { html } from '../../src/web/html.ts'
import { accountView } from '../../src/web/sign-in/account.ts'
import { signInView } from '../../src/web/sign-in/ask.ts'
import { authenticatorView, recoveryCodesView } from '../../src/web/sign-in/authenticator.ts'
import { signInCodeView } from '../../src/web/sign-in/code.ts'
import { signInLinkView } from '../../src/web/sign-in/link.ts'
import { secondFactorView } from '../../src/web/sign-in/second-factor.ts'
import { emptyForm, type Sample, type Typed } from './samples.ts'

const token = 'abcdefghijklmnopqrstuvwxyz'

export const signInSamples = (typed: Typed): Sample[] => {
  const refused = (field: string, value = '') => ({
    ...emptyForm,
    values: { [field]: typed(value), next: '/admin' },
    errors: { [field]: typed('Deze code klopt niet') },
  })
  const email = typed('iemand@meent.example')
  const showing = { authenticator: true, passkey: true, demonstration: false, again: false, form: emptyForm }
  const passkeys = [
    { id: '019a0000-0000-7000-8000-00000000000a', name: typed('Laptop'), createdAt: new Date(0) },
  ]
  const used = { startedAt: new Date('2026-11-24T09:00:00Z'), usedAt: new Date('2026-11-24T10:00:00Z') }
  const account = {
    grants: [
      { role: 'operator' as const, poolId: null, lastDay: null },
      { role: 'approver' as const, poolId: 'groningen', lastDay: '2026-12-04' },
    ],
    poolNames: new Map([['groningen', typed('Groningen')]]),
    factors: { authenticator: true, passkeys },
    sessions: [
      {
        id: '019a0000-0000-7000-8000-00000000000b',
        method: 'email' as const,
        device: 'Firefox/Windows',
        isThisOne: true,
        ...used,
      },
      {
        id: '019a0000-0000-7000-8000-00000000000c',
        method: 'oidc' as const,
        device: null,
        isThisOne: false,
        ...used,
      },
    ],
    needsFactor: false,
    form: emptyForm,
  }
  return [
    sample('sign-in', '/sign-in', page =>
      signInView(page, {
        persons: [...roles].map(role => ({ id: `id-${role}`, name: typed(role), roles: [role] })),
        municipality: typed('Gemeente Groningen'),
        form: emptyForm,
      }),
    ),
    sample('sign-in-refused', '/sign-in', page =>
      signInView(page, { persons: null, municipality: null, form: refused('email', 'geen adres') }),
    ),
    sample('sign-in-code', '/sign-in/code', page =>
      signInCodeView(page, { email, minutes: 15, form: emptyForm }),
    ),
    sample('sign-in-code-refused', '/sign-in/code', page =>
      signInCodeView(page, { email, minutes: 15, form: refused('code') }),
    ),
    sample('sign-in-link', '/sign-in/links/x', page => signInLinkView(page, { token, email })),
    sample('sign-in-link-spent', '/sign-in/links/x', page => signInLinkView(page, { token, email: null })),
    sample('second-factor', '/sign-in/second-factor', page => secondFactorView(page, showing)),
    sample('second-factor-refused', '/sign-in/second-factor', page =>
      secondFactorView(page, { ...showing, again: true, form: refused('code') }),
    ),
    sample('second-factor-demonstration', '/sign-in/second-factor', page =>
      secondFactorView(page, { ...showing, authenticator: false, passkey: false, demonstration: true }),
    ),
    sample('account', '/account', page => accountView(page, account)),
    sample('account-new', '/account', page =>
      accountView(page, {
        ...account,
        grants: [],
        factors: { authenticator: false, passkeys: [] },
        needsFactor: true,
      }),
    ),
    sample('authenticator', '/account/authenticator', page =>
      authenticatorView(page, {
        key: 'ABCD EFGH IJKL MNOP',
        qr: html`<svg viewBox="0 0 10 10" aria-hidden="true" focusable="false"><path d="M4 4h1v1h-1z"/></svg>`,
        form: refused('code'),
      }),
    ),
    sample('recovery-codes', '/account/authenticator/codes', page =>
      recoveryCodesView(page, { codes: ['abcde-fghij', 'klmno-pqrst'], next: '/admin' }),
    ),
  ]
}

const sample = (name: string, path: string, render: Sample['render']): Sample => ({
  name,
  path,
  roles: path.startsWith('/account') || name.startsWith('second') ? ['operator'] : [],
  render,
})
