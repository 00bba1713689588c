/** Stopping letters of a kind: by the link under one, without signing in, or on the donor's own page, where they can begin again. */
import type { Transaction } from 'kysely'
import { type Actor, type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { withPersonalData } from '../platform/personal.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { donorById, ownDonor } from './donor.ts'
import { type StoppableKind, stoppableKinds } from './letter-kinds.ts'
import { readStopToken } from './stop-link.ts'

/**
 * Answers which kind; again it changes nothing. Refuses with `stop-link-unknown` what we did not write. Whether the donor is
 * still known shows nowhere: none are sent either way.
 */
export async function stopByLink(deps: Deps, actor: Actor, token: string): Promise<StoppableKind> {
  const { donorId, kind } = readStopToken(deps.vault, deps.organisationId, token)
  await inTransaction(deps.db, async trx => {
    if (await donorById(trx, deps, donorId)) await stop(trx, deps, actor, donorId, kind)
  })
  return kind
}

/** Which kind it stops, so that a page can ask; nothing is looked up. Refuses as `stopByLink`. */
export const kindOfStopLink = ({ vault, organisationId }: Deps, token: string): StoppableKind =>
  readStopToken(vault, organisationId, token).kind

export interface LetterChoices {
  readonly locale: Locale
  /** Kinds that they get. */
  readonly wanted: readonly StoppableKind[]
}

export async function letterChoices(
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
): Promise<LetterChoices> {
  return withPersonalData(trx, async () => {
    const { locale } = await trx
      .selectFrom('donors.donors')
      .select('locale')
      .where('organisationId', '=', organisationId)
      .where('id', '=', donorId)
      .executeTakeFirstOrThrow()
    const stopped = await trx
      .selectFrom('donors.stops')
      .select('kind')
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .execute()
    const kinds = new Set(stopped.map(({ kind }) => kind))
    return { locale, wanted: stoppableKinds.filter(kind => !kinds.has(kind)) }
  })
}

/** Whoever has an address may choose, before their first gift too. Refuses with `not-found` somebody without one. */
export async function chooseLetters(
  deps: Deps,
  actor: PersonActor,
  { locale, wanted }: LetterChoices,
): Promise<void> {
  const { organisationId } = deps
  await inTransaction(deps.db, async trx => {
    const donorId = await ownDonor(trx, deps, { personId: actor.id, locale })
    if (!donorId) throw new DomainError('not-found', { field: 'donor' })
    const before = await letterChoices(trx, organisationId, donorId)
    await withPersonalData(trx, () =>
      trx
        .updateTable('donors.donors')
        .set({ locale })
        .where('organisationId', '=', organisationId)
        .where('id', '=', donorId)
        .execute(),
    )
    for (const kind of stoppableKinds) {
      if (!wanted.includes(kind)) await stop(trx, deps, actor, donorId, kind)
      else if (!before.wanted.includes(kind)) await resume(trx, deps, actor, donorId, kind)
    }
    await recordAct(trx, organisationId, actor, {
      at: deps.clock.now(),
      action: 'letters.choose',
      subject: { kind: 'donor', id: donorId },
      detail: { locale },
    })
  })
}

/** One act of whoever stops them: when they were stopped already, nothing changes, and that too was asked. */
async function stop(trx: Transaction<DB>, deps: Deps, actor: Actor, donorId: string, kind: StoppableKind) {
  const { organisationId, clock } = deps
  await withPersonalData(trx, () =>
    trx
      .insertInto('donors.stops')
      .values({ organisationId, donorId, kind, stoppedAt: clock.now() })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'letters.stop',
    subject: { kind: 'donor', id: donorId },
    detail: { kind },
  })
}

async function resume(trx: Transaction<DB>, deps: Deps, actor: Actor, donorId: string, kind: StoppableKind) {
  const { organisationId, clock } = deps
  await withPersonalData(trx, () =>
    trx
      .deleteFrom('donors.stops')
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .where('kind', '=', kind)
      .execute(),
  )
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'letters.resume',
    subject: { kind: 'donor', id: donorId },
    detail: { kind },
  })
}
