/** Proposing another account of our own and other terms of a pool, where a person would look for it. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { newAccount, newTerms } from '../../api/change-contents.ts'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import { proposeChange } from '../../changes/index.ts'
import { parseAmount } from '../../money/index.ts'
import { currentBankAccount } from '../../organisations/index.ts'
import { type Pool, poolBySlug, wasGivenTo } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import { amountText } from '../components/money.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { reasonOf } from './asked.ts'
import { typed } from './change-routes.ts'
import { accountView, poolTermsView } from './proposals.ts'

const ACCOUNT = ['iban', 'holder', 'reason']
const TERMS = ['name', 'area', 'monthlyAmount', 'termMonths', 'paydayOfMonth', 'feeBearer', 'reason']
type Typed = Readonly<Record<string, string>>

export function registerProposalRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId } = deps

  const account = async (request: FastifyRequest, form: FormState) => {
    const now = await currentBankAccount(db, organisationId)
    if (!now) throw new DomainError('not-found', { field: 'bankAccount' })
    return accountView(await contextOf(scope, request), { now, form })
  }
  pages.get(
    '/admin/bank-account',
    { config: { permission: 'own-iban.propose' }, schema: { hide: true } },
    async (request, reply) => send(reply, await account(request, emptyForm())),
  )
  pages.post(
    '/admin/bank-account',
    { config: { permission: 'own-iban.propose' }, schema: { hide: true, body: typed } },
    async (request, reply) => {
      try {
        const reason = reasonOf(request.body, 'reason')
        const { iban = '', holder = '' } = request.body
        const asked = newAccount.safeParse({ kind: 'own-iban', reason, iban, holder })
        if (!asked.success) throw invalid(asked.error, 'account')
        await proposeChange(deps, actorOf(request), asked.data)
        return seeOther(reply, scope, paths.changes(), 'change-proposed')
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: ACCOUNT, fallback: 'account' })
        return send(reply, await account(request, inWords(refused.form, error, scope)), refused.status)
      }
    },
  )

  const params = z.object({ slug: z.string().max(80) })
  const terms = async (request: FastifyRequest, pool: Pool, form: FormState) =>
    poolTermsView(await contextOf(scope, request), {
      pool,
      wasGivenTo: await wasGivenTo(db, organisationId, pool.id),
      form,
    })
  pages.get(
    '/admin/pools/:slug/terms',
    { config: { permission: 'pool-terms.propose' }, schema: { hide: true, params } },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      return send(reply, await terms(request, pool, { ...emptyForm(), values: valuesOf(pool, scope) }))
    },
  )
  pages.post(
    '/admin/pools/:slug/terms',
    { config: { permission: 'pool-terms.propose' }, schema: { hide: true, params, body: typed } },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      try {
        const asked = { terms: termsOf(request.body, scope), reason: reasonOf(request.body, 'reason') }
        const { state } = await proposeChange(deps, actorOf(request), {
          ...{ kind: 'pool-terms', poolId: pool.id, ...asked },
        })
        return state === 'alone'
          ? seeOther(reply, scope, paths.adminPool(pool.slug), 'change-done')
          : seeOther(reply, scope, paths.changes(), 'change-proposed')
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: TERMS, fallback: 'terms' })
        return send(reply, await terms(request, pool, refused.form), refused.status)
      }
    },
  )
}

const words = { nl: 'Vul dit goed in', en: 'Fill this in correctly' }
const invalid = (error: z.ZodError, fallback: string) =>
  new DomainError('invalid-request', { field: String(error.issues[0]?.path[0] ?? fallback), reason: words })

const valuesOf = (pool: Pool, { locale }: PageScope): Record<string, string> => ({
  name: pool.name,
  area: pool.area,
  monthlyAmount: amountText(pool.monthlyAmount, pool.currency, locale).replace(/[^\d.,]/g, ''),
  termMonths: String(pool.termMonths),
  paydayOfMonth: String(pool.paydayOfMonth),
  feeBearer: pool.feeBearer,
})

function termsOf(body: Typed, { locale }: PageScope): z.infer<typeof newTerms> {
  const amount = parseAmount(body.monthlyAmount ?? '', locale)
  if (!amount.ok) {
    const reason = text(locale).amounts.refusals[amount.reason]
    throw new DomainError('invalid-request', { field: 'monthlyAmount', reason })
  }
  const whole = (field: string) => {
    const value = body[field]?.trim() ?? ''
    if (!/^\d{1,4}$/.test(value))
      throw new DomainError('invalid-request', { field, reason: text(locale).changes.pool.wholeNumber })
    return Number(value)
  }
  const { name, area, feeBearer } = body
  const numbers = { termMonths: whole('termMonths'), paydayOfMonth: whole('paydayOfMonth') }
  const parsed = newTerms.safeParse({
    ...{ name, area, feeBearer, ...numbers },
    monthlyAmount: Number(amount.minor),
  })
  if (!parsed.success) throw invalid(parsed.error, 'terms')
  return parsed.data
}

/** What is wrong with an IBAN is a word of the reader's language here, and a code in the API. */
function inWords(form: FormState, error: unknown, { locale }: PageScope): FormState {
  if (!(error instanceof DomainError) || error.code !== 'invalid-iban') return form
  const refusals: Readonly<Record<string, string>> = text(locale).ibanRefusals
  const iban = refusals[String(error.details.reason)]
  return iban ? { ...form, errors: { ...form.errors, iban } } : form
}
