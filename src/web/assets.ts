/** Style sheet, marks and the scripts that make a page handier, from our own server. */
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import { z } from 'zod'
import type { App } from '../app.ts'

export async function registerAssets(app: App): Promise<void> {
  // The plugin's own routes would name no permission.
  await app.register(fastifyStatic, {
    root: fileURLToPath(new URL('assets/', import.meta.url)),
    serve: false,
    index: false,
    maxAge: '1h',
  })
  const params = z.object({ file: z.string().regex(/^[a-z-]+\.(css|svg|js)$/) })
  app.get(
    '/assets/:file',
    {
      config: { permission: 'public.read', limit: 'none' },
      logLevel: 'warn',
      schema: { hide: true, params },
    },
    (request, reply) => reply.sendFile(request.params.file),
  )
}
