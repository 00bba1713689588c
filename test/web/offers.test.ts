// What a page offers can be done: everybody follows every link that they are shown, from the first pages on, and no form leads
// where the guard would refuse them. Nothing is pressed: a body that no route reads is refused after the guard, and before anything.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { createKey, helpRecipient, type Role, roles, signInForDemonstration } from '../../src/auth/index.ts'
import { proposeChange } from '../../src/changes/index.ts'
import { freezePayments, handOver } from '../../src/disbursements/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { createPool } from '../../src/pools/index.ts'
import { actor } from '../disbursements/run.ts'
import { setUp } from '../fuzz/scene.ts'
import { testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'

t.setTimeout(120_000)
const api = await testApp(t)
const { organisationId, vault, db } = api.deps
const { open, other } = api.pools
await setUp(api)
const origin = { requestId: 'test' }

/** Who goes through the pages, and the token that they hold. */
interface Walker {
  readonly name: string
  readonly token?: string
}
const walker = async (name: string, personId: string): Promise<Walker> => ({
  name,
  token: (await signInForDemonstration(api.deps, personId, origin)).token,
})
const member = async (
  role: Role,
  poolId: string | null,
  name = `${role} of ${poolId ? 'one pool' : 'all'}`,
) => {
  return walker(
    name,
    await inTransaction(db, trx => addMember(trx, vault, organisationId, name, role, poolId)),
  )
}
const one = async (query: string): Promise<string> => (await api.owner.query(query)).rows[0]?.id ?? ''

/** Somebody who was enrolled with an address: an account with a term behind it. */
async function enrolled(): Promise<Walker> {
  const id = await one(`select id from enrolments.enrolments where pool_id = '${open.id}' limit 1`)
  const asked = { as: 'operator', body: { email: 'wie@ontvangt.example', reason: 'Vroeg erom' } } as const
  await api.ask(`/v1/enrolments/${id}/sign-in-addresses`, asked)
  return walker('recipient', await one(`select id from auth.persons where enrolment_id = '${id}'`))
}
async function helper(): Promise<Walker> {
  const who = await member('operator', open.id, 'operator who helps')
  const { session } = await sessionOf(who)
  const enrolmentId = await one(`select id from enrolments.enrolments where pool_id = '${open.id}' limit 1`)
  await helpRecipient(api.deps, session, { enrolmentId, reason: 'kan zelf niet inloggen' })
  return who
}
async function sessionOf({ token }: Walker) {
  const { rows } = await api.owner.query(
    `select id, person_id from auth.sessions where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
    [token],
  )
  return { session: { kind: 'person', id: rows[0].person_id, session: rows[0].id } as const }
}

/** Of each kind of page there is something to see: a file at the bank, proposals, keys of programs. */
async function furnish(): Promise<void> {
  const batchId = await one(
    'select id from disbursements.batches where handed_over_at is null order by id limit 1',
  )
  await handOver(api.deps, actor(api, 'operator'), { batchId, idempotencyKey: randomUUID() })
  const account = {
    kind: 'own-iban',
    iban: 'NL35MEEN0000000004',
    holder: 'Elders',
    reason: 'andere bank',
  } as const
  await proposeChange(api.deps, actor(api, 'treasurer'), account)
  await proposeChange(api.deps, actor(api, 'administrator'), {
    ...({ kind: 'approving-role', personId: api.persons.auditor, role: 'approver', poolId: null } as const),
    ...{ lastDay: null, standInFor: null, reason: 'tweede goedkeurder' },
  })
  const key = { name: 'Proef', scopes: ['bank.read'], poolId: null, days: 30, reason: 'Proef' } as const
  await inTransaction(db, trx => addMember(trx, vault, organisationId, 'maker', 'administrator'))
  await createKey(api.deps, actor(api, 'administrator'), key)
}
await furnish()
const visitor: Walker = { name: 'a visitor' }
/** Whose last role was ended while they were signed in. */
async function withoutRole(): Promise<Walker> {
  const who = await member('operator', null, 'somebody without a role')
  const { id } = (await sessionOf(who)).session
  await api.owner.query(
    'update auth.grants set ended_by = $1, ended_at = clock_timestamp() where person_id = $2',
    [api.persons.administrator, id],
  )
  return who
}
const walkers: Walker[] = [visitor, await enrolled(), await helper(), await withoutRole()]
for (const role of roles.filter(each => each !== 'recipient'))
  for (const poolId of role === 'donor' ? [null] : [null, open.id]) walkers.push(await member(role, poolId))

const ask = (who: Walker, method: 'GET' | 'POST', url: string, more: object = {}) =>
  api.app.inject({
    ...{ method, url, ...more },
    headers: {
      ...{ accept: 'text/html', host: 'meent.test' },
      ...(who.token ? { authorization: `Bearer ${who.token}` } : {}),
      ...(method === 'POST' ? { 'content-type': 'application/x-nothing-here-reads' } : {}),
    },
  })

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(` ${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replace(/&#(\d+);|&amp;/g, (_, code?: string) => (code ? String.fromCharCode(Number(code)) : '&'))
const isHere = (path: string | undefined): path is string => /^\/(?!\/|en(\/|$|\?))/.test(path ?? '')

interface Walk {
  /** Each address with where it was offered. */
  readonly pages: ReadonlyMap<string, string>
  /** Each address that a form posts to, in the same way. */
  readonly forms: ReadonlyMap<string, string>
  readonly refused: readonly string[]
}

/** Of addresses that differ in their query or an id only, so many are followed: searches lead on for ever. */
const ALIKE = { query: 3, id: 10 } as const
const UUID = /[\da-f]{8}-[\da-f-]{27}/g

/** Answers whether this one is among the first of its kind. */
function counter() {
  const seen = new Map<string, number>()
  const isEarly = (kind: string, most: number) => {
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    return count <= most
  }
  return (address: string) => {
    const [bare = '', query] = address.split('?')
    return isEarly(bare.replace(UUID, ':id'), ALIKE.id) && (!query || isEarly(`${bare}?`, ALIKE.query))
  }
}

async function walk(who: Walker): Promise<Walk> {
  const queue = ['/']
  const pages = new Map(queue.map(path => [path, 'typed']))
  const forms = new Map<string, string>()
  const refused: string[] = []
  const isEarlyPage = counter()
  const isEarlyForm = counter()
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const { statusCode, body, headers } = await ask(who, 'GET', path)
    if (statusCode >= 400) refused.push(`${path}: ${statusCode}, offered on ${pages.get(path)}`)
    const tags = body.match(/<(?:a|form) [^>]*>/g) ?? []
    const redirect = headers.location ? [`<a href="${headers.location}">`] : []
    for (const tag of [...tags, ...redirect]) {
      const [to] = (attribute(tag, 'href') ?? attribute(tag, 'action') ?? '').split('#')
      if (!isHere(to)) continue
      // A letter is somebody's, and the demonstration shows it to all.
      if (/\/inbox\//.test(path) && /\/my-campaigns\//.test(to)) continue
      const isForm = attribute(tag, 'method') === 'post'
      const known = isForm ? forms : pages
      if (known.has(to) || !(isForm ? isEarlyForm(to) : isEarlyPage(to))) continue
      known.set(to, path)
      if (!isForm) queue.push(to)
    }
  }
  for (const [to, from] of forms) {
    const { statusCode } = await ask(who, 'POST', to, { payload: '-' })
    if (statusCode !== 415) refused.push(`form ${to}: ${statusCode}, offered on ${from}`)
  }
  return { pages, forms, refused }
}

async function everybodyWalks(t: Test, all: readonly Walker[]): Promise<Map<string, Walk>> {
  const walks = new Map<string, Walk>()
  for (const who of all) {
    const its = await walk(who)
    walks.set(who.name, its)
    t.strictSame(its.refused, [], `${who.name}: ${its.pages.size} pages, ${its.forms.size} forms`)
  }
  return walks
}

t.test('nobody is led to what they may not see, or given a form that they may not send', async t => {
  const walks = await everybodyWalks(t, walkers)
  const offered = (name: string) => [...(walks.get(name)?.pages.keys() ?? [])].join(' ')
  const sent = (name: string) => [...(walks.get(name)?.forms.keys() ?? [])].join(' ')
  t.ok((walks.get('administrator of all')?.pages.size ?? 0) > 25, 'there is much to see')
  for (const path of [
    '/admin/keys/',
    '/admin/trail',
    '/admin/reconciliation',
    '/admin/changes',
    '/admin/people/',
  ])
    t.ok(offered('auditor of all').includes(path), `an auditor still finds ${path}`)
  t.match(sent('operator of one pool'), new RegExp(`/admin/pools/${open.slug}/enrolments`))
  t.match(sent('approver of one pool'), /approvals/)
  t.match(sent('treasurer of one pool'), /payment-files/)
  t.notMatch(offered('operator of one pool'), new RegExp(`/admin/pools/${other.slug}`))
  t.notMatch(offered('a visitor'), /admin/)
})

t.test(
  'a pool that can carry nobody has no form to enrol somebody, and keeps one that was filled in',
  async t => {
    const at = api.deps.clock.now()
    const { id: _, ...terms } = open
    await inTransaction(db, trx =>
      createPool(trx, organisationId, actor(api, 'administrator'), at, {
        ...terms,
        slug: 'leeg',
        name: 'Leeg',
      }),
    )
    const who = await member('operator', null, 'operator who enrols')
    t.match((await ask(who, 'GET', `/admin/pools/${open.slug}`)).body, /name="birthDate"/)
    const { body } = await ask(who, 'GET', '/admin/pools/leeg')
    t.match(body, /Nu kan er niemand bij/)
    t.notMatch(body, /name="birthDate"/)
    const refused = await api.app.inject({
      ...{ method: 'POST', url: '/admin/pools/leeg/enrolments', payload: 'name=Proef+Persoon' },
      headers: {
        ...{ 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${who.token}` },
      },
    })
    t.match(refused.body, /value="Proef Persoon"/)
  },
)

t.test('while payments are frozen nobody is offered a payment file', async t => {
  await freezePayments(api.deps, actor(api, 'approver'), 'even nakijken')
  const cycleId = await one(
    'select id from disbursements.cycles where proposed_at is not null and approved_at is null',
  )
  const refused = await api.ask(`/v1/cycles/${cycleId}/approvals`, { as: 'secondApprover', body: {} })
  t.match(
    refused.body,
    { status: 409, detail: /^Since \d+ [A-Z][a-z]+ \d{4}: even nakijken/ },
    'a day as people write it',
  )
  const staff = walkers.filter(({ name }) => /^(operator|approver|treasurer)/.test(name))
  for (const [name, { pages, forms }] of await everybodyWalks(t, staff))
    t.notMatch([...pages.keys(), ...forms.keys()].join(' '), /payment-file|hand-overs/, name)
})
