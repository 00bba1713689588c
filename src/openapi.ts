/** Makes the OpenAPI document without a database: the routes alone say it. Used by the drift check. */
import { type AppOptions, buildApp } from './app.ts'
import { createEngines } from './auth/index.ts'
import type { Deps } from './deps.ts'
import { createLogger } from './platform/log.ts'
import { noRateLimits } from './platform/rate-limits/index.ts'
import { createVault } from './platform/vault.ts'

export async function openApiDocument(): Promise<string> {
  const options: AppOptions = {
    logger: createLogger('silent'),
    trustProxy: false,
    signIn: 'on',
    requestJob: async () => {},
    liveOn: undefined,
  }
  // Registering routes touches none of the others, and the guard of a request these alone.
  const clock = { now: () => new Date(0), refresh: async () => {} }
  const deps = {
    mode: 'demonstration',
    organisationId: 1,
    clock,
    engines: createEngines({ secrets: ['none'], name: 'Meent', oidc: undefined }),
    limits: noRateLimits,
    vault: createVault(['the description holds nothing to seal']),
    publicUrl: () => 'http://127.0.0.1',
  } as Deps
  const app = await buildApp(deps, options)
  await app.ready()
  const { body, statusCode } = await app.inject('/v1/openapi.json')
  await app.close()
  if (statusCode !== 200) throw new Error(`no description: ${body}`)
  return `${JSON.stringify(JSON.parse(body), null, 2)}\n`
}
