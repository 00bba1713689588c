/**
 * Tells a donor something, once: the letter waits in the outbox in the caller's transaction, beside what it is about. Whoever
 * stopped letters of this kind gets none, and whoever was told before is not told again.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { type Letter, queueLetter } from '../mail/index.ts'
import type { Locale } from '../money/index.ts'
import { organisationById } from '../organisations/index.ts'
import { withPersonalData } from '../platform/personal.ts'
import { donorById } from './donor.ts'
import { type DonorLetterKind, isStoppable } from './letter-kinds.ts'
import { stopToken } from './stop-link.ts'

export interface DonorLetter {
  /** What it is about, by an id or a word of ours: a donor is told of it once in each kind. */
  readonly about: string
  readonly write: (to: {
    readonly locale: Locale
    readonly organisation: string
    readonly base: string
  }) => Letter
}

/**
 * Answers whether a letter was queued. `base`, for links: our address with the prefix of the language. Ask for the job `send-mail` after the
 * transaction; without it the letter leaves within a minute.
 */
export async function tellDonor(
  trx: Transaction<DB>,
  deps: Pick<Deps, 'organisationId' | 'vault' | 'clock' | 'publicUrl'>,
  donorId: string,
  kind: DonorLetterKind,
  { about, write }: DonorLetter,
): Promise<boolean> {
  const { organisationId, vault, clock } = deps
  const donor = await donorById(trx, deps, donorId)
  if (!donor) return false
  const which = { organisationId, donorId, kind, about }
  const first = await withPersonalData(trx, () =>
    trx
      .insertInto('donors.letters')
      .values({ ...which, letterId: null, toldAt: clock.now() })
      .onConflict(conflict => conflict.doNothing())
      .returning('about')
      .executeTakeFirst(),
  )
  if (!first || (await hasStopped(trx, organisationId, donorId, kind))) return false
  const { locale, email } = donor
  const { legalName: organisation } = await organisationById(trx, organisationId)
  const base = `${deps.publicUrl()}${locale === 'en' ? '/en' : ''}`
  const letter = write({ locale, organisation, base })
  const stop = isStoppable(kind)
    ? { stop: `${base}/letters/stop/${stopToken(vault, organisationId, { donorId, kind })}` }
    : {}
  const letterId = await queueLetter(trx, deps, { to: email, locale, kind, letter: { ...letter, ...stop } })
  await withPersonalData(trx, () =>
    trx
      .updateTable('donors.letters')
      .set({ letterId })
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .where('kind', '=', kind)
      .where('about', '=', about)
      .execute(),
  )
  return true
}

async function hasStopped(
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
  kind: DonorLetterKind,
): Promise<boolean> {
  const stopped = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.stops')
      .select('kind')
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .where('kind', '=', kind)
      .executeTakeFirst(),
  )
  return stopped !== undefined
}
