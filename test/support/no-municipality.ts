// A municipality's sign-in that is configured and away: its routes are there, and lead nowhere.

import type { OidcSettings } from '../../src/auth/index.ts'

export const oidc: OidcSettings = {
  issuer: 'http://127.0.0.1:9',
  clientId: 'meent',
  clientSecret: 'secret-of-the-test',
  name: 'Gemeente Proef',
}
