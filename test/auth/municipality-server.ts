// A municipality's own sign-in: a certified OpenID Connect provider, on this machine. Whoever comes is signed in there at
// once as the person that the test named.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { Test } from 'tap'
import type { OidcSettings } from '../../src/auth/index.ts'

export interface MunicipalityServer {
  readonly settings: OidcSettings
  /** Who is at the keyboard there. */
  person: { subject: string; email: string; verified: boolean }
  /** Follows the pages of the municipality as a browser would, until they lead back to us; answers that address. */
  pass(url: string): Promise<string>
}

export async function municipalityServer(t: Test, callback: string): Promise<MunicipalityServer> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { issuer, clientId: 'meent', clientSecret: 'secret-of-the-test', name: 'Gemeente Proef' }
  const municipality: MunicipalityServer = {
    settings,
    person: { subject: 'ambtenaar-1', email: 'treasurer@meent.example', verified: true },
    pass: url => followed(url, callback),
  }
  const provider = new Provider(issuer, {
    clients: [
      { client_id: settings.clientId, client_secret: settings.clientSecret, redirect_uris: [callback] },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: municipality.person.email,
        email_verified: municipality.person.verified,
      }),
    }),
    loadExistingGrant: async context => {
      const { client, session } = context.oidc
      const grant = new context.oidc.provider.Grant({
        ...(client ? { clientId: client.clientId } : {}),
        ...(session?.accountId ? { accountId: session.accountId } : {}),
      })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    provider
      .interactionFinished(request, response, { login: { accountId: municipality.person.subject } })
      .catch(error => response.writeHead(500).end(String(error)))
  })
  return municipality
}

async function followed(start: string, callback: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let url = start, hops = 0; hops < 10; hops += 1) {
    if (url.startsWith(callback)) return url
    const headers = { cookie: [...cookies].map(pair => pair.join('=')).join('; ') }
    const answer = await fetch(url, { redirect: 'manual', headers })
    for (const each of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (each.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (!location) throw new Error(`${answer.status} at ${url}: ${await answer.text()}`)
    url = new URL(location, url).href
  }
  throw new Error('the municipality leads in circles')
}
