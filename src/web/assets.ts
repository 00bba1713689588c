/** Style sheet and marks, from our own server. */
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { App } from '../app.ts'

export async function registerAssets(app: App): Promise<void> {
  await app.register(async scope => {
    scope.addHook('onRoute', route => {
      route.config = { ...route.config, permission: 'public.read' }
      route.schema = { ...route.schema, hide: true }
      route.logLevel = 'warn'
    })
    await scope.register(fastifyStatic, {
      root: fileURLToPath(new URL('assets/', import.meta.url)),
      prefix: '/assets/',
      index: false,
      cacheControl: true,
      maxAge: '1h',
    })
  })
}
