// Who asks: nobody, everybody that the small organisation knows, people whose second factor was shown long ago or never, programs
// with keys of every kind, and tokens that are worth nothing.

import {
  createKey,
  endKey,
  type Permission,
  personsWithRoles,
  rotateKey,
  signInForDemonstration,
} from '../../src/auth/index.ts'
import type { Deps } from '../../src/deps.ts'
import { localDate } from '../../src/platform/calendar/index.ts'
import type { TestApp } from '../support/app.ts'
import { KEY_MAKER, type Kept, restoreRoles } from './people.ts'
import type { SecondFactor, Who } from './rights.ts'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const worthless = (name: string, headers: Record<string, string>): Who => ({
  ...{ name, standing: { kind: 'nobody' } },
  headers: () => headers,
})

const origin = { requestId: 'fuzz' }

/** `elsewhere`: another organisation in the same database, whose sessions and keys are worth nothing here. */
export async function everybody(api: TestApp, elsewhere: Deps, kept: readonly Kept[]): Promise<Who[]> {
  const maker = makerOf(kept)
  const person = (name: string, personId: string, shown: SecondFactor = 'freshly') =>
    renewed(name, { kind: 'person', personId, shown }, async () => await session(api, personId, shown))
  const key = (name: string, scopes: readonly Permission[], poolId: string | null = null) =>
    renewed(name, { kind: 'key', scopes, poolId }, async () => {
      // Whoever makes keys may have lost the role that lets them.
      await restoreRoles(api, kept)
      return (await keyFor(api, maker, scopes, poolId)).secret
    })
  const { administrator, approver, treasurer } = api.persons
  // One after the other: each sees to it first that its maker may.
  const keys: Who[] = []
  for (const scopes of keyScopes) keys.push(await key(`key ${scopes.length}`, scopes))
  return [
    worthless('nobody', {}),
    ...(await Promise.all(
      [...new Map(kept.map(({ name, personId }) => [name, personId]))].map(each => person(...each)),
    )),
    await person('administrator, shown long ago', administrator, 'long ago'),
    await person('approver, shown long ago', approver, 'long ago'),
    await person('treasurer, never shown', treasurer, 'never'),
    ...keys,
    await key('key of one pool', ['cycles.read', 'enrolments.read'], api.pools.open.id),
    worthless('key expired', bearer(await deadKey(api, maker, 'expired'))),
    worthless('key ended', bearer(await deadKey(api, maker, 'ended'))),
    worthless('expired', bearer(await expired(api, administrator))),
    worthless('made up', bearer('x'.repeat(43))),
    worthless('injected', bearer("' or ''='")),
    ...(await fromElsewhere(elsewhere)),
  ]
}

interface Maker {
  readonly kind: 'person'
  readonly id: string
}
function makerOf(kept: readonly Kept[]): Maker {
  const maker = kept.find(({ name }) => name === KEY_MAKER)
  if (!maker) throw new Error('somebody makes keys')
  return { kind: 'person', id: maker.personId }
}

/** What programs may be given: one thing, several, everything. */
const keyScopes: readonly (readonly Permission[])[] = [
  ['ledger.read'],
  ['cycles.read', 'enrolments.read'],
  [
    ...(['ledger.read', 'bank.read', 'findings.read', 'cycles.read', 'enrolments.read'] as const),
    ...(['acts.read', 'statements.import'] as const),
  ],
]

async function renewed(name: string, standing: Who['standing'], made: () => Promise<string>): Promise<Who> {
  let token = await made()
  const renew = async () => {
    token = await made()
  }
  return { name, standing, renew, headers: () => bearer(token) }
}

async function session(api: TestApp, personId: string, shown: SecondFactor): Promise<string> {
  const { token } = await signInForDemonstration(api.deps, personId, origin)
  if (shown === 'freshly') return token
  await changeSession(api, token, `second_factor_at = second_factor_at - interval '1 hour'`)
  if (shown === 'never') await changeSession(api, token, 'second_factor_at = null')
  return token
}

async function expired(api: TestApp, personId: string): Promise<string> {
  const { token } = await signInForDemonstration(api.deps, personId, origin)
  await changeSession(api, token, `expires_at = clock_timestamp() - interval '1 second'`)
  return token
}

const changeSession = ({ owner }: TestApp, token: string, change: string) =>
  owner.query(`update auth.sessions set ${change} where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [
    token,
  ])

function keyFor({ deps }: TestApp, maker: Maker, scopes: readonly Permission[], poolId: string | null) {
  return createKey(deps, maker, { name: 'proef', scopes, poolId, days: 90, reason: 'Proef' })
}

async function deadKey(api: TestApp, maker: Maker, how: 'expired' | 'ended'): Promise<string> {
  const { id, secret } = await keyFor(api, maker, ['ledger.read'], null)
  if (how === 'ended') await endKey(api.deps, maker, { keyId: id, reason: 'Voor de proef' })
  // One that another takes over from at once is over at once.
  else await rotateKey(api.deps, maker, { keyId: id, overlapDays: 0, days: 90, reason: 'Proef' })
  return secret
}

async function fromElsewhere(elsewhere: Deps): Promise<Who[]> {
  const { db, organisationId, clock } = elsewhere
  const persons = await personsWithRoles(db, organisationId, localDate(clock.now()))
  const administrator = persons.find(({ grants }) => grants.some(({ role }) => role === 'administrator'))
  if (!administrator) throw new Error('the other organisation has an administrator')
  const { token } = await signInForDemonstration(elsewhere, administrator.id, origin)
  const { secret } = await createKey(
    elsewhere,
    { kind: 'person', id: administrator.id },
    { name: 'elders', scopes: ['ledger.read', 'acts.read'], poolId: null, days: 90, reason: 'Proef' },
  )
  return [
    worthless('another organisation', bearer(token)),
    worthless('key of another organisation', bearer(secret)),
  ]
}
