/** Makes the OpenAPI document without a database: the routes alone say it. Used by the drift check. */
import { type AppOptions, buildApp } from './app.ts'
import type { Deps } from './deps.ts'
import { createLogger } from './platform/log.ts'
import { createVault } from './platform/vault.ts'

export async function openApiDocument(): Promise<string> {
  const options: AppOptions = {
    logger: createLogger('silent'),
    trustProxy: false,
    signIn: 'demonstration',
    requestJob: async () => {},
    liveOn: undefined,
  }
  // Registering routes touches none of the others, and the guard of a request these alone.
  const clock = { now: () => new Date(0), refresh: async () => {} }
  const vault = createVault(['of no value: the guard hashes where a request comes from'])
  const deps = {
    mode: 'demonstration',
    organisationId: 1,
    clock,
    vault,
    publicUrl: () => 'http://localhost',
  } as Deps
  const app = await buildApp(deps, options)
  await app.ready()
  const { body } = await app.inject('/v1/openapi.json')
  await app.close()
  return `${JSON.stringify(JSON.parse(body), null, 2)}\n`
}
