// The roles that people have, before and after some requests that are sent at once. Those requests may give and end roles, so what
// somebody could do meanwhile lies between what they could before and what they can after.

import type { Grant, Role } from '../../src/auth/index.ts'
import { localDate } from '../../src/platform/calendar/index.ts'
import type { TestApp } from '../support/app.ts'

interface Row extends Grant {
  readonly id: string
  readonly personId: string
  readonly isLive: boolean
}
export type Roll = readonly Row[]

/** Every role that anybody ever had, and whether it is one today. */
export async function readRoll({ owner, organisationId, deps }: TestApp): Promise<Roll> {
  await deps.clock.refresh()
  const { rows } = await owner.query<{ id: string; person: string; role: Role; pool: string; live: boolean }>(
    `select id, person_id as person, role, pool_id as pool,
            ended_at is null and coalesce(last_day >= $2::date, true) as live
       from auth.grants where organisation_id = $1`,
    [organisationId, localDate(deps.clock.now())],
  )
  return rows.map(({ id, person, role, pool, live }) => ({
    ...{ id, personId: person, role, poolId: pool, isLive: live },
  }))
}

/** What somebody had before, has after, and had at least and at most at any moment between. */
export function heldBetween(before: Roll, after: Roll, personId: string): readonly (readonly Grant[])[] {
  const theirs = (roll: Roll) => roll.filter(each => each.personId === personId)
  const live = (roll: Roll) => theirs(roll).filter(({ isLive }) => isLive)
  const [first, last] = [live(before), live(after)]
  const knew = new Set(theirs(before).map(({ id }) => id))
  const isNew = ({ id }: Row) => !knew.has(id)
  const least = first.filter(({ id }) => last.some(each => each.id === id))
  return [first, last, least, [...first, ...theirs(after).filter(isNew)]]
}
