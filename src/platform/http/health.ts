/** `/healthz`: the process lives. `/readyz`: it can do its work, that is, reach its database. */
import type { FastifyInstance } from 'fastify'
import { type Kysely, sql } from 'kysely'

export function registerHealth<DB>(app: FastifyInstance, { db }: { db: Kysely<DB> }): void {
  const options = {
    schema: { hide: true },
    config: { permission: 'public.read' as const, health: true as const },
    logLevel: 'warn' as const,
  }
  app.get('/healthz', options, async () => ({ status: 'ok' }))
  app.get('/readyz', options, async (_request, reply) => {
    try {
      await sql`select 1`.execute(db)
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'database unreachable' })
    }
  })
}
