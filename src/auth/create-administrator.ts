/**
 * The first people who may approve, made from the terminal before anybody can sign in, and again when fewer than two
 * are left. With two of them, everybody else's role is theirs to give. In a real installation the database lets only the
 * login that migrates do this.
 */
import { sql, type Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { grantRole } from './grants.ts'
import { approvingRoles, type Role } from './permissions.ts'
import { addPerson, lockPersonOfEmail, namePerson } from './persons.ts'

const ENOUGH = 2

/** Answers the person's id. Throws `enough-approvers`, `role-held`, or `invalid-request` naming the option. */
export async function createAdministrator(
  deps: Deps,
  input: { readonly email: string; readonly name: string; readonly role: string },
): Promise<string> {
  const { organisationId, clock, vault } = deps
  const role = roleOf(input.role)
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.email)) throw wrong('email', '--email is not an address')
  if (input.name.trim().length < 2) throw wrong('name', '--name is missing')
  return inTransaction(deps.db, async trx => {
    const approving = await approvers(trx, organisationId, localDate(clock.now()))
    if (new Set(approving.map(({ personId }) => personId)).size >= ENOUGH) {
      throw new DomainError('enough-approvers')
    }
    // Two approvers without an administrator could give nobody a role.
    if (role !== 'administrator' && !approving.some(held => held.role === 'administrator')) {
      throw wrong('role', 'make the administrator first')
    }
    const known = await lockPersonOfEmail(trx, vault, organisationId, input.email)
    if (known && approving.some(held => held.personId === known.id && held.role === role)) {
      throw new DomainError('role-held', { field: 'email' })
    }
    if (known?.name === '') await namePerson(trx, organisationId, known.id, input.name.trim())
    const person = { name: input.name.trim(), email: input.email }
    const personId = known?.id ?? (await addPerson(trx, vault, organisationId, person))
    const grantId = await grantRole(trx, organisationId, { personId, role, grantedBy: null })
    await recordAct(
      trx,
      organisationId,
      { kind: 'system' },
      {
        at: clock.now(),
        action: 'role.give',
        subject: { kind: 'person', id: personId },
        detail: { role, grantId, from: 'command-line' },
      },
    )
    return personId
  })
}

/** One at a time, so that two terminals at once do not make a third. */
async function approvers(trx: Transaction<DB>, organisationId: number, today: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`auth.approvers/${organisationId}`}, 0))`.execute(
    trx,
  )
  return trx
    .selectFrom('auth.grants')
    .select(['personId', 'role'])
    .where('organisationId', '=', organisationId)
    .where('role', 'in', [...approvingRoles])
    .where('poolId', 'is', null)
    .where('endedAt', 'is', null)
    .where(({ eb, or }) => or([eb('lastDay', 'is', null), eb('lastDay', '>=', today)]))
    .execute()
}

function roleOf(text: string): Role {
  const role = approvingRoles.find(each => each === text)
  if (!role) throw wrong('role', `--role is ${approvingRoles.join(' or ')}`)
  return role
}

const wrong = (field: string, reason: string) => new DomainError('invalid-request', { field, reason })
