/**
 * Pages of keys. A secret stands on the answer to the very form that made it, and nowhere else: a redirect would need it
 * in an address or in a store.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keyScopes, newKeySchema, rotationSchema } from '../../api/keys.ts'
import type { App } from '../../app.ts'
import {
  actorOf,
  allows,
  createKey,
  endKey,
  keysOf,
  type ListedKey,
  rotateKey,
  USUAL_KEY_DAYS,
  USUAL_OVERLAP_DAYS,
} from '../../auth/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { reasonOf } from './asked.ts'
import { keyView } from './key.ts'
import type { ShownSecret } from './key-secret.ts'
import { keysView, scopeField } from './keys.ts'
import { viewerOf } from './routes.ts'

const params = z.object({ keyId: idSchema })
const body = z.record(z.string(), z.string().max(600))
const onKey = { hide: true, params, body }

const newForm = (): FormState => ({ ...emptyForm(), values: { days: `${USUAL_KEY_DAYS}` } })
const keyForm = (): FormState => ({
  ...emptyForm(),
  values: { days: `${USUAL_KEY_DAYS}`, overlapDays: `${USUAL_OVERLAP_DAYS}` },
})

export function registerKeyPages(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const manage = { permission: 'keys.manage' } as const

  const sendList = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { form = newForm(), made = null, status = 200 }: Shown,
  ) => {
    const { grants } = viewerOf(request)
    const all = await pools(deps.db, deps.organisationId)
    const view = keysView(await contextOf(scope, request), {
      keys: (await listed(scope)).map(key => ({ ...key, poolName: nameOf(all, key.poolId) })),
      scopes: keyScopes.filter(each => allows(each, grants, null)),
      pools: all,
      mayManage: allows('keys.manage', grants, null),
      form,
      made,
    })
    return send(reply, view, status)
  }
  const sendKey = async (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    { form = keyForm(), made = null, status = 200 }: Shown,
  ) => {
    const [key] = await listed(scope, id)
    if (!key) throw new DomainError('not-found', { field: 'keyId' })
    const all = await pools(deps.db, deps.organisationId)
    const view = keyView(await contextOf(scope, request), {
      key: { ...key, poolName: nameOf(all, key.poolId) },
      mayManage: allows('keys.manage', viewerOf(request).grants, null),
      form,
      made,
    })
    return send(reply, view, status)
  }
  const secretOf = async (id: string, secret: string, overlapDays: number | null): Promise<ShownSecret> => {
    const [key] = await listed(scope, id)
    if (!key) throw new Error(`key ${id} was just made`)
    const [first] = await pools(deps.db, deps.organisationId)
    const poolId = key.poolId ?? first?.id ?? null
    return { name: key.name, scopes: key.scopes, poolId, secret, overlapDays, publicUrl: deps.publicUrl() }
  }

  pages.get(
    '/admin/keys',
    { config: { permission: 'keys.read' }, schema: { hide: true } },
    async (request, reply) => sendList(request, reply, {}),
  )
  pages.get(
    '/admin/keys/:keyId',
    { config: { permission: 'keys.read' }, schema: { hide: true, params } },
    async (request, reply) => sendKey(request, reply, request.params.keyId, {}),
  )
  pages.post('/admin/keys', { config: manage, schema: { hide: true, body } }, async (request, reply) => {
    try {
      const asked = read(newKeySchema, {
        name: request.body.name,
        scopes: keyScopes.filter(each => request.body[scopeField(each)]),
        poolId: request.body.poolId || null,
        days: Number(request.body.days),
        reason: request.body.reason,
      })
      const { id, secret } = await createKey(deps, actorOf(request), asked)
      return sendList(request, reply, { made: await secretOf(id, secret, null), status: 201 })
    } catch (error) {
      const fields = ['name', 'scopes', 'poolId', 'days', 'reason']
      return sendList(request, reply, refusedForm(error, { locale, request, fields, fallback: 'scopes' }))
    }
  })
  pages.post('/admin/keys/:keyId/rotations', { config: manage, schema: onKey }, async (request, reply) => {
    const { keyId } = request.params
    try {
      const { reason, ...rotation } = read(rotationSchema, {
        overlapDays: Number(request.body.overlapDays),
        days: Number(request.body.days),
        reason: request.body.rotationReason,
      })
      const made = await rotateKey(deps, actorOf(request), { keyId, reason, ...rotation })
      return sendKey(request, reply, made.id, {
        made: await secretOf(made.id, made.secret, rotation.overlapDays),
        status: 201,
      })
    } catch (error) {
      return sendKey(request, reply, keyId, refusedOnKey(error, request))
    }
  })
  pages.post('/admin/keys/:keyId/endings', { config: manage, schema: onKey }, async (request, reply) => {
    const { keyId } = request.params
    try {
      const reason = reasonOf(request.body, 'reason')
      await endKey(deps, actorOf(request), { keyId, reason })
      return seeOther(reply, scope, paths.keys, 'key-ended')
    } catch (error) {
      return sendKey(request, reply, keyId, refusedOnKey(error, request))
    }
  })

  const refusedOnKey = (error: unknown, request: FastifyRequest) => {
    const fields = ['overlapDays', 'days', 'reason']
    const refused = refusedForm(error, { locale, request, fields, fallback: 'key' })
    return { ...refused, form: { ...refused.form, values: { ...keyForm().values, ...refused.form.values } } }
  }
}

interface Shown {
  readonly form?: FormState
  readonly made?: ShownSecret | null
  readonly status?: number
}

const listed = ({ deps: { db, organisationId, clock } }: PageScope, id?: string): Promise<ListedKey[]> =>
  keysOf(db, organisationId, localDate(clock.now()), id === undefined ? {} : { id })

const nameOf = (all: readonly { id: string; name: string }[], id: string | null): string | null =>
  id === null ? null : (all.find(pool => pool.id === id)?.name ?? id)

const needed = {
  name: { nl: 'Geef een naam van 2 tot 80 tekens', en: 'Give a name of 2 to 80 characters' },
  scopes: { nl: 'Kies wat de sleutel mag', en: 'Choose what the key may do' },
  poolId: { nl: 'Kies een pot', en: 'Choose a pool' },
  days: { nl: 'Kies 1 tot 400 dagen', en: 'Choose 1 to 400 days' },
  overlapDays: { nl: 'Kies 0 tot 30 dagen', en: 'Choose 0 to 30 days' },
  reason: { nl: 'Schrijf op waarom', en: 'Say why' },
} as const

/** The API's own rules, with words for a person at each field. */
function read<Schema extends z.ZodType>(schema: Schema, typed: object): z.output<Schema> {
  const parsed = schema.safeParse(typed)
  if (parsed.success) return parsed.data
  const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))]
  throw new DomainError('invalid-request', {
    errors: fields.map(field => ({ field, reason: needed[field as keyof typeof needed] ?? field })),
  })
}
