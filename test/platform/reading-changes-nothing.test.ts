// Whoever is led to an address, by a link in a mail or a picture on a page, has thereby done nothing: a GET or a HEAD changes
// no table, but for the few that stand here with their reason.

import t from 'tap'
import { OIDC_CALLBACK } from '../../src/auth/index.ts'
import { municipalityServer } from '../auth/municipality-server.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { realAddresses } from '../support/real-addresses.ts'
import { watchRoutes } from '../support/routes.ts'

t.setTimeout(180_000)

/** What reading may write. Nobody gains by making somebody else do it. */
const exceptions: Readonly<Record<string, { readonly tables: readonly string[]; readonly because: string }>> =
  {
    'GET /v1/acts/export': { tables: ['acts.acts'], because: 'who took the trail is on record' },
    'GET /sign-in/municipality': {
      tables: ['auth.verifications'],
      because:
        'which question the municipality will answer: only from our own pages, for whoever is nobody yet, and good in that browser alone',
    },
  }

const watch = watchRoutes()
const municipality = await municipalityServer(t, `http://meent.test${OIDC_CALLBACK}`)
const api = await testApp(t, { oidc: municipality.settings })
const reading = watch.routesOf(api.app).filter(({ method }) => ['GET', 'HEAD'].includes(String(method)))
const { addressOf, token } = await realAddresses(api)

t.test('a GET or a HEAD changes no table, but for a list with reasons', async t => {
  let whole = 0
  const used = new Set<string>()
  let before = await everything(api.owner)
  for (const route of reading) {
    const name = `GET ${route.url.replace(/^\/en(?=\/)/, '')}`
    for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
      const answer = await api.app.inject({
        method: route.method,
        url: addressOf(route),
        headers: { accept: 'text/html,application/json', ...headers },
      })
      const after = await everything(api.owner)
      const tables = Object.keys(after).filter(table => after[table] !== before[table])
      if (tables.length > 0) used.add(name)
      const others = tables.filter(table => !exceptions[name]?.tables.includes(table))
      t.strictSame(others, [], `${route.method} ${route.url}: ${answer.statusCode}`)
      if (answer.statusCode < 300) whole += 1
      before = after
    }
  }
  t.ok(whole > 100, `${whole} of ${reading.length * 2} were answered whole`)
  t.strictSame(
    [...used].sort(),
    Object.keys(exceptions).sort(),
    'and no exception is of a route that writes nothing',
  )
})
