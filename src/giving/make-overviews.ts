/** In January the overviews of last year are made, and each donor is told that theirs is ready: both in one transaction. */
import type { Transaction } from 'kysely'
import { type Actor, type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { donorIdOfPerson, donorIds, tellDonor } from '../donors/index.ts'
import { letters } from '../mail/index.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { type Overview, overviewOf, yearOf } from './overview.ts'

const PORTION = 200

/** Answers how many were made now. In other months nothing: whoever asks for a year gets it made then. */
export async function makeOverviews(deps: Deps): Promise<number> {
  const { db, organisationId, clock } = deps
  if (localDate(clock.now()).slice(5, 7) !== '01') return 0
  const year = yearOf(clock.now()) - 1
  let made = 0
  let after: string | null = null
  for (;;) {
    const since: string | null = after
    const ids: string[] = await inTransaction(db, trx =>
      donorIds(trx, organisationId, { after: since, limit: PORTION }),
    )
    for (const donorId of ids)
      if (await inTransaction(db, trx => makeOverview(trx, deps, donorId, year))) made += 1
    after = ids.at(-1) ?? null
    if (ids.length < PORTION) return made
  }
}

/** Told once a year, also who asked for it before the job came by. */
async function makeOverview(
  trx: Transaction<DB>,
  deps: Deps,
  donorId: string,
  year: number,
): Promise<boolean> {
  const overview = await overviewOf(trx, deps, donorId, year)
  if (!overview) return false
  if (overview.isNew) await recordMade(trx, deps, { kind: 'system' }, { donorId, year })
  await tellDonor(trx, deps, donorId, 'overview-ready', {
    about: String(year),
    write: ({ locale, organisation, base }) =>
      letters.overviewReady({ locale, organisation, year, url: `${base}/my-gifts/overviews/${year}` }),
  })
  return overview.isNew
}

/**
 * Of a past year, for whoever is signed in: as it was made, or made now. Refuses with `year-not-over`, and with `not-found` where
 * nothing moved.
 */
export async function askOverview(deps: Deps, actor: PersonActor, year: number): Promise<Overview> {
  if (year >= yearOf(deps.clock.now())) throw new DomainError('year-not-over', { field: 'year' })
  return inTransaction(deps.db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, actor.id)
    const overview = donorId && (await overviewOf(trx, deps, donorId, year))
    if (!donorId || !overview) throw new DomainError('not-found', { field: 'year' })
    await recordMade(trx, deps, actor, { donorId, year })
    return overview
  })
}

/** Asked for again it is the same one, and that it was asked for is an act too. */
async function recordMade(
  trx: Transaction<DB>,
  deps: Deps,
  actor: Actor,
  { donorId, year }: { readonly donorId: string; readonly year: number },
): Promise<void> {
  await recordAct(trx, deps.organisationId, actor, {
    at: deps.clock.now(),
    action: 'overview.make',
    subject: { kind: 'donor', id: donorId },
    detail: { year },
  })
}
