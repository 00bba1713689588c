/** Bank statements in, and the bank against the ledger. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { anyActorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { amountOut, amountSchema, currencySchema, dateSchema, idSchema } from '../platform/http/amount.ts'
import { LONG_HANDLER_MS, STATEMENT_LIMIT_BYTES } from '../platform/http/time-and-size.ts'
import { bankStandings, importStatement } from '../reconciliation/index.ts'
import { DomainError } from '../refusals.ts'

const importedSchema = z
  .object({
    statementId: z.string(),
    closing: amountSchema,
    entries: z.int(),
    inSuspense: z.int().meta({ description: 'Entries that nobody recognises yet.' }),
    alreadyImported: z.boolean(),
  })
  .meta({ id: 'ImportedStatement' })

const standingSchema = z
  .object({
    bankAccountId: idSchema,
    currency: currencySchema,
    ledger: amountSchema,
    lastStatement: z.object({ id: z.string(), closing: amountSchema, closingDate: dateSchema }).nullable(),
  })
  .meta({ id: 'BankStanding' })

export function registerBankRoutes(api: App, deps: Deps): void {
  const shared = { tags: ['bank'], security: [{ session: [] }] }

  api.get(
    '/bank-accounts',
    {
      config: { permission: 'bank.read' },
      schema: {
        ...shared,
        operationId: 'listBankAccounts',
        summary: 'Each bank account in the ledger and on its last statement',
        response: { 200: z.object({ bankAccounts: z.array(standingSchema) }) },
      },
    },
    async () => ({
      bankAccounts: (await bankStandings(deps.db, deps.organisationId)).map(
        ({ bankAccountId, currency, ledger, lastStatement }) => ({
          bankAccountId,
          currency,
          ledger: amountOut(ledger),
          lastStatement: lastStatement && { ...lastStatement, closing: amountOut(lastStatement.closing) },
        }),
      ),
    }),
  )
  api.register(async scope => {
    scope.addContentTypeParser(
      ['application/xml', 'text/xml'],
      { parseAs: 'string', bodyLimit: STATEMENT_LIMIT_BYTES },
      (_request, body, done) => done(null, body),
    )
    scope.withTypeProvider<import('fastify-type-provider-zod').ZodTypeProvider>().post(
      '/bank-statements',
      {
        config: { permission: 'statements.import' },
        bodyLimit: STATEMENT_LIMIT_BYTES,
        handlerTimeout: LONG_HANDLER_MS,
        schema: {
          ...shared,
          operationId: 'importStatement',
          summary: 'Import a camt.053 file (application/xml)',
          consumes: ['application/xml'],
          body: z.string().min(1).meta({ description: 'XML document.' }),
          response: { 201: z.object({ statements: z.array(importedSchema) }) },
        },
      },
      async (request, reply) => {
        if (typeof request.body !== 'string') throw new DomainError('unsupported-media-type')
        const statements = await importStatement(deps, anyActorOf(request), request.body)
        return reply
          .code(201)
          .send({ statements: statements.map(each => ({ ...each, closing: amountOut(each.closing) })) })
      },
    )
  })
}
