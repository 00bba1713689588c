// What keeps people at hand while everything is tried on them: who lost a role gets it back, payments that somebody froze go on,
// and there is always somebody whose role can be ended, and a change that waits for a second person.

import { grantRole } from '../../src/auth/index.ts'
import { approveChange, changes, proposeChange, withdrawChange } from '../../src/changes/index.ts'
import { freezeOpen } from '../../src/disbursements/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { actor } from '../disbursements/run.ts'
import type { TestApp } from '../support/app.ts'
import { addMember, roleOf, type StaffName } from '../support/app-seed.ts'
import type { Known } from './known.ts'

const reason = 'Voor de proef'
const personActor = (id: string) => ({ kind: 'person', id }) as const
let turn = 0

export async function tendPeople(api: TestApp, known: Known): Promise<void> {
  turn += 1
  await restoreRoles(api)
  // Every other time, so that what a freeze refuses is seen as well.
  if (turn % 2 === 0) await liftFreeze(api)
  await offerPerson(api, known)
  await offerChange(api, known)
}

async function restoreRoles(api: TestApp): Promise<void> {
  const { rows } = await api.owner.query<{ person_id: string; role: string }>(
    'select person_id, role from auth.grants where organisation_id = $1 and ended_at is null and pool_id is null',
    [api.organisationId],
  )
  const held = new Set(rows.map(row => `${row.person_id} ${row.role}`))
  for (const [name, personId] of Object.entries(api.persons) as [StaffName, string][]) {
    const role = roleOf(name)
    if (held.has(`${personId} ${role}`)) continue
    await inTransaction(api.deps.db, trx =>
      grantRole(trx, api.organisationId, { personId, role, grantedBy: null }),
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
