// What keeps people at hand while everything is tried on them: who lost a role gets it back, payments that somebody froze go on,
// and there is always somebody whose role can be ended, and a change that waits for a second person.

import { grantRole, type Role } from '../../src/auth/index.ts'
import { approveChange, changes, proposeChange, withdrawChange } from '../../src/changes/index.ts'
import { freezeOpen } from '../../src/disbursements/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { actor } from '../disbursements/run.ts'
import type { TestApp } from '../support/app.ts'
import { addMember, roleOf, type StaffName } from '../support/app-seed.ts'
import type { Known } from './known.ts'
import { readRoll } from './roll.ts'

const reason = 'Voor de proef'
const personActor = (id: string) => ({ kind: 'person', id }) as const
let turn = 0

/** Somebody who asks, and the role that they are to have. */
export interface Kept {
  readonly name: string
  readonly personId: string
  readonly role: Role
  readonly poolId: string | null
}

export const KEY_MAKER = 'key maker'

/** Everybody of the small organisation, somebody with a role for one pool, and somebody who can make every kind of key. */
export async function keptPeople(api: TestApp): Promise<Kept[]> {
  const poolId = api.pools.open.id
  const member = (name: string, role: Role, of: string | null) =>
    inTransaction(api.deps.db, trx => addMember(trx, api.deps.vault, api.organisationId, name, role, of))
  const limited = await member('potbeheerder', 'operator', poolId)
  const maker = await member('sleutelmaker', 'administrator', null)
  const persons = Object.entries(api.persons) as [StaffName, string][]
  return [
    ...persons.map(([name, id]): Kept => ({ name, personId: id, role: roleOf(name), poolId: null })),
    { name: 'operator of one pool', personId: limited, role: 'operator', poolId },
    { name: KEY_MAKER, personId: maker, role: 'administrator', poolId: null },
    { name: KEY_MAKER, personId: maker, role: 'operator', poolId: null },
  ]
}

export async function tendPeople(api: TestApp, known: Known, kept: readonly Kept[]): Promise<void> {
  turn += 1
  await restoreRoles(api, kept)
  // Every other time, so that what a freeze refuses is seen as well.
  if (turn % 2 === 0) await liftFreeze(api)
  await offerPerson(api, known)
  await offerChange(api, known)
}

export async function restoreRoles(api: TestApp, kept: readonly Kept[]): Promise<void> {
  const live = (await readRoll(api)).filter(({ isLive }) => isLive)
  for (const { personId, role, poolId } of kept) {
    const isHeld = live.some(
      each => each.personId === personId && each.role === role && each.poolId === poolId,
    )
    if (isHeld) continue
    await inTransaction(api.deps.db, trx =>
      grantRole(trx, api.organisationId, { personId, role, poolId, grantedBy: null }),
    )
  }
}

async function open(api: TestApp) {
  const { db, clock } = api.deps
  return (await changes(db, api.organisationId, clock.now(), { state: 'open', limit: 50 })).changes
}

async function liftFreeze(api: TestApp): Promise<void> {
  if (!(await freezeOpen(api.deps.db, api.organisationId))) return
  const waiting = (await open(api)).find(({ kind }) => kind === 'lift-freeze')
  const change =
    waiting ?? (await proposeChange(api.deps, actor(api, 'approver'), { kind: 'lift-freeze', reason }))
  const second = change.proposedBy === api.persons.approver ? 'secondApprover' : 'approver'
  await approveChange(api.deps, actor(api, second), change.id)
}

/** Somebody nobody minds losing. */
async function offerPerson(api: TestApp, known: Known): Promise<void> {
  const personId = await inTransaction(api.deps.db, trx =>
    addMember(trx, api.deps.vault, api.organisationId, `proef-${turn}-${Date.now()}`, 'operator'),
  )
  const { rows } = await api.owner.query('select id from auth.grants where person_id = $1', [personId])
  known.promise('personId', [personId])
  known.promise('grantId', [rows[0].id])
}

/** What others proposed on our own account and terms is taken back: what was set up here stands on them. */
async function offerChange(api: TestApp, known: Known): Promise<void> {
  for (const change of await open(api))
    if (change.kind === 'own-iban' || change.kind === 'pool-terms')
      await withdrawChange(api.deps, personActor(change.proposedBy), change.id)
  const personId = await inTransaction(api.deps.db, trx =>
    addMember(trx, api.deps.vault, api.organisationId, `voorstel-${turn}-${Date.now()}`, 'operator'),
  )
  const role = { role: 'approver', poolId: null, lastDay: null, standInFor: null } as const
  const { id } = await proposeChange(api.deps, actor(api, 'administrator'), {
    ...{ kind: 'approving-role', personId, ...role, reason },
  })
  known.promise('changeId', [id])
}
