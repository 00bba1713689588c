/** Who is no second pair of eyes here. The database asks itself the same (`guard_independence`, `guard_retry`); here it gets words. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'

type Reader = Kysely<DB> | Transaction<DB>
interface OfCycle {
  readonly cycleId: string
  readonly personId: string
}

/** Did this person alone give the roles with which somebody proposed this cycle? */
export async function gaveTheRoleAlone(
  db: Reader,
  organisationId: number,
  { cycleId, personId }: OfCycle,
): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`
    select disbursements.proposer_given_alone(${organisationId}, ${cycleId}, ${personId}) as alone`.execute(
    db,
  )
  return rows[0]?.alone ?? false
}

/** Did this person enrol somebody whom this cycle pays first, or alone make whoever did an operator? */
export async function enrolledANewcomer(
  db: Reader,
  organisationId: number,
  { cycleId, personId }: OfCycle,
): Promise<boolean> {
  const { rows } = await sql<{ enrolled: boolean }>`
    select disbursements.enrolled_a_newcomer(${organisationId}, ${cycleId}, ${personId}) as enrolled`.execute(
    db,
  )
  return rows[0]?.enrolled ?? false
}

/** Did this person, a key of theirs, or somebody who owes them the role bring in a statement that says that one of these came back? */
export async function broughtInAReturn(
  db: Reader,
  organisationId: number,
  { attemptIds, personId }: { readonly attemptIds: readonly string[]; readonly personId: string },
): Promise<boolean> {
  const { rows } = await sql<{ brought: boolean | null }>`
    select bool_or(disbursements.brought_in_the_return(${organisationId}, a, ${personId})) as brought
      from unnest(${[...attemptIds]}::uuid[]) a`.execute(db)
  return rows[0]?.brought ?? false
}

/** Does this pool pay somebody who raised its money for themselves, and has nobody looked again yet? */
export async function awaitsReview(db: Reader, organisationId: number, poolId: string): Promise<boolean> {
  const { rows } = await sql<{ awaits: boolean }>`
    select campaigns.awaits_review(${organisationId}, ${poolId}) as awaits`.execute(db)
  return rows[0]?.awaits ?? false
}
