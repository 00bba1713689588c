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
  // Registering routes touches none of these; answering a request would.
  const clock = { now: () => new Date(0), refresh: async () => {} }
  const deps = {
    mode: 'demonstration',
    organisationId: 1,
    clock,
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
