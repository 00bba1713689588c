/** Who is no second pair of eyes: whoever alone made somebody able to propose; and who does not work here any more. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { DomainError } from '../refusals.ts'
import type { Role } from './permissions.ts'

/** Throws `approver-gave-the-role` when every role of the maker that proposes came from the decider alone. */
export async function refuseWhoGaveTheRole(
  trx: Transaction<DB>,
  organisationId: number,
  {
    maker,
    decider,
    roles,
  }: { readonly maker: string; readonly decider: string; readonly roles: readonly Role[] },
): Promise<void> {
  const { rows } = await sql<{ alone: boolean }>`
    select auth.given_alone(${organisationId}, ${maker}, ${decider}, ${[...roles]}::text[]) as alone`.execute(
    trx,
  )
  if (rows[0]?.alone) throw new DomainError('approver-gave-the-role')
}

/** Everything was taken from this person then or later. */
export async function wasDisabledSince(
  trx: Transaction<DB>,
  organisationId: number,
  personId: string,
  since: Date,
): Promise<boolean> {
  const disabled = await trx
    .selectFrom('acts.acts')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('action', '=', 'person.disable')
    .where('subjectId', '=', personId)
    .where('at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return disabled !== undefined
}
