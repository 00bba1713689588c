/** A pool for staff, and enrolling somebody there. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { newEnrolment } from '../../api/enrolments.ts'
import type { App } from '../../app.ts'
import { actorOf, allows } from '../../auth/index.ts'
import { mayPropose } from '../../changes/index.ts'
import { cyclesOf, payouts } from '../../disbursements/index.ts'
import { accountEndings, enrol, enrolmentsOf } from '../../enrolments/index.ts'
import type { Locale } from '../../money/index.ts'
import { addMonths, localDate, monthOf, monthsFrom } from '../../platform/calendar/index.ts'
import { type Pool, poolBySlug } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import { maskedEnding } from '../components/masked.ts'
import { paths } from '../paths.ts'
import { poolModel } from '../public/routes.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { type AdminPoolModel, adminPoolView, type EnrolmentRow } from './pool.ts'
import { viewerOf } from './routes.ts'

const FIELDS = [
  'name',
  'birthDate',
  'iban',
  'firstMonth',
  'livesInArea',
  'checkedHow',
  'reason',
  'email',
  'locale',
  'poolId',
]
const MONTHS_AHEAD = 6

const params = z.object({ slug: z.string().max(80) })
const typed = z.record(z.string(), z.string().max(500))

export function registerAdminPoolRoutes(pages: App, scope: PageScope): void {
  const { deps, locale, options } = scope
  const { db, organisationId } = deps

  pages.get(
    '/admin/pools/:slug',
    { config: { permission: 'enrolments.read' }, schema: { hide: true, params } },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      const model = await adminPoolModel(scope, pool, request, emptyForm())
      return send(reply, adminPoolView(await contextOf(scope, request), model))
    },
  )

  pages.post(
    '/admin/pools/:slug/enrolments',
    { config: { permission: 'enrolments.create' }, schema: { hide: true, params, body: typed } },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      try {
        const asked = askedFor(request.body)
        await enrol(deps, actorOf(request), { ...asked, poolId: pool.id })
        if (asked.email !== undefined) await options.requestJob('send-mail')
        return seeOther(reply, scope, paths.adminPool(pool.slug), 'enrolled')
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: FIELDS, fallback: 'poolId' })
        const form = inWords(refused.form, error, locale)
        const model = await adminPoolModel(scope, pool, request, form)
        return send(reply, adminPoolView(await contextOf(scope, request), model), refused.status)
      }
    },
  )
}

/** What is wrong with an IBAN is a word of the reader's language here, and a code in the API. */
function inWords(form: FormState, error: unknown, locale: Locale): FormState {
  if (!(error instanceof DomainError) || error.code !== 'invalid-iban') return form
  const words: Readonly<Record<string, string>> = text(locale).ibanRefusals
  const iban = words[String(error.details.reason)]
  return iban ? { ...form, errors: { ...form.errors, iban } } : form
}

const needed = {
  name: { nl: 'Vul de naam in', en: 'Fill in the name' },
  birthDate: { nl: 'Vul de geboortedatum in', en: 'Fill in the date of birth' },
  iban: { nl: 'Vul het rekeningnummer (IBAN) in', en: 'Fill in the account number (IBAN)' },
  firstMonth: { nl: 'Kies een maand', en: 'Choose a month' },
  email: {
    nl: 'Vul een goed e-mailadres in, of laat het leeg',
    en: 'Fill in a valid e-mail address, or none',
  },
  checkedHow: { nl: 'Schrijf op hoe dit is nagekeken', en: 'Say how this was checked' },
  reason: { nl: 'Schrijf op hoe deze persoon is gekozen', en: 'Say how this person was chosen' },
} as const

function askedFor({ livesInArea, idempotencyKey = '', email, ...body }: Record<string, string>) {
  const parsed = newEnrolment.safeParse(email?.trim() ? { ...body, email } : body)
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? 'poolId')
    throw new DomainError('invalid-request', { field, reason: needed[field as keyof typeof needed] ?? field })
  }
  if (livesInArea === undefined) {
    throw new DomainError('invalid-request', {
      field: 'livesInArea',
      reason: {
        nl: 'Deelname is voor wie in het gebied van de pot woont',
        en: "Enrolment is for who lives in the pool's area",
      },
    })
  }
  if (idempotencyKey.length < 8) throw new DomainError('idempotency-key-missing')
  return { ...parsed.data, idempotencyKey }
}

async function adminPoolModel(
  scope: PageScope,
  pool: Pool,
  request: FastifyRequest,
  form: FormState,
): Promise<AdminPoolModel> {
  const { db, organisationId, clock } = scope.deps
  const { sustainability, whereabouts } = await poolModel(scope, pool, form)
  const proposed = (await cyclesOf(db, organisationId, pool.id)).find(cycle => cycle.proposedAt)
  const today = monthOf(localDate(clock.now()))
  const first = proposed && proposed.month >= today ? addMonths(proposed.month, 1) : today
  return {
    pool,
    sustainability,
    whereabouts,
    enrolments: await enrolmentRows(
      scope,
      pool,
      allows('account-endings.read', viewerOf(request).grants, pool.id),
    ),
    mayEnrol: allows('enrolments.create', viewerOf(request).grants, pool.id),
    mayProposeTerms: mayPropose('pool-terms', viewerOf(request).grants),
    mayOpen: allows('account-endings.read', viewerOf(request).grants, pool.id),
    startMonths: monthsFrom(first, addMonths(first, MONTHS_AHEAD - 1)),
    form,
  }
}

async function enrolmentRows(
  { deps: { db, organisationId } }: PageScope,
  pool: Pool,
  showEndings: boolean,
): Promise<EnrolmentRow[]> {
  const enrolments = await enrolmentsOf(db, organisationId, pool.id)
  const endings = await accountEndings(db, organisationId, showEndings ? enrolments : [])
  return Promise.all(
    enrolments.map(async enrolment => ({
      ...enrolment,
      ibanMasked: maskedEnding(endings.get(enrolment.id)),
      paidMonths: (await payouts(db, organisationId, { enrolmentId: enrolment.id })).filter(
        ({ state }) => state === 'paid',
      ).length,
    })),
  )
}
