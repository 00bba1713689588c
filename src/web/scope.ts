/** What page routes share: the parts, the language, and the way a request becomes a page's context. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppOptions } from '../app.ts'
import { grantsOf, isStaffRole, personById, type Session } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { freezeOpen } from '../disbursements/index.ts'
import { hasDemonstrationInbox } from '../mail/index.ts'
import type { Locale } from '../money/index.ts'
import { organisationById } from '../organisations/index.ts'
import { localDate } from '../platform/calendar/index.ts'
import { logRefusal } from '../platform/http/log-refusal.ts'
import { toProblem } from '../platform/http/problem.ts'
import type { FormState } from './components/field.ts'
import type { Html } from './html.ts'
import { localPath, type Notice, type PageContext } from './page.ts'
import { text } from './text/index.ts'

export interface PageScope {
  readonly deps: Deps
  readonly options: AppOptions
  readonly locale: Locale
}

/**
 * The notice rides in the query of a redirect; it is a key of ours, so nobody can put words on the page with it. It is read
 * from the address: a page's own schema of its query knows nothing of notices and drops them.
 */
function noticeOf({ url }: FastifyRequest, locale: Locale): Notice | null {
  const asked = new URLSearchParams(url.split('?')[1]).get('notice')
  return asked !== null && Object.hasOwn(text(locale).notices, asked) ? (asked as Notice) : null
}

export const personOf = (session: Session): NonNullable<PageContext['person']> => ({
  name: session.person.name,
  grants: grantsOf(session),
  helping: session.actingFor !== null,
})

/** Who pulled it by name: only staff reads it. */
async function frozenNow({
  db,
  organisationId,
  clock,
}: Deps): Promise<NonNullable<PageContext['frozen']> | null> {
  const freeze = await freezeOpen(db, organisationId)
  if (!freeze) return null
  const person = await personById(db, organisationId, localDate(clock.now()), freeze.frozenBy)
  return { at: freeze.frozenAt, by: person?.name ?? '', reason: freeze.reason }
}

export async function contextOf(
  { deps, locale, options }: PageScope,
  request: FastifyRequest,
): Promise<PageContext> {
  const organisation = await organisationById(deps.db, deps.organisationId)
  const frozen = request.session?.person.roles.some(isStaffRole) ? await frozenNow(deps) : null
  const path = request.url.replace(/^\/en(?=\/|$|\?)/, '').replace(/[?&]notice=[^&]*/, '')
  return {
    locale,
    path: path.startsWith('/') ? path : `/${path}`,
    signIn: options.signIn === 'on',
    demonstration:
      deps.mode === 'demonstration'
        ? { today: localDate(deps.clock.now()), inbox: hasDemonstrationInbox(deps) }
        : null,
    person: request.session && personOf(request.session),
    organisation,
    notice: noticeOf(request, locale),
    frozen,
  }
}

export function send(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}

/** POST, redirect, GET: reloading a page never repeats what was done. */
export function seeOther(reply: FastifyReply, scope: PageScope, path: string, notice?: Notice): FastifyReply {
  const [bare = path, fragment] = path.split('#')
  const query = notice ? `${bare.includes('?') ? '&' : '?'}notice=${notice}` : ''
  return reply.redirect(`${localPath(scope, bare)}${query}${fragment ? `#${fragment}` : ''}`, 303)
}

/** An empty form, or the one that was refused, with a key of its own so that sending it twice does one thing. */
export const emptyForm = (): FormState => ({ values: {}, errors: {}, formKey: randomUUID() })

/**
 * The form that was refused, as it was typed, and the status to answer with. Fields that the page does not have are
 * said at `fallback`. Nothing happened, so the form keeps its key.
 */
export function refusedForm(
  error: unknown,
  {
    locale,
    request,
    fields,
    fallback,
  }: { locale: Locale; request: FastifyRequest; fields: readonly string[]; fallback: string },
): { form: FormState; status: number } {
  const problem = toProblem(error, locale, request.id)
  if (problem.status === 500) throw error
  logRefusal(request, problem.type)
  const typed = Object.entries((request.body ?? {}) as Record<string, unknown>)
  const errors: Record<string, string> = {}
  const said = problem.detail ? `${problem.title}. ${problem.detail}` : problem.title
  // "Not everything was filled in correctly" says nothing at the field itself; what is wrong there does.
  const plain = problem.type === '/problems/invalid-request'
  for (const { field, reason } of problem.errors ?? []) {
    errors[fields.includes(field) ? field : fallback] ??= plain ? reason : said
  }
  if (Object.keys(errors).length === 0) errors[fallback] = said
  const values = Object.fromEntries(
    typed.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
  return { form: { values, errors, formKey: values.idempotencyKey ?? randomUUID() }, status: problem.status }
}
