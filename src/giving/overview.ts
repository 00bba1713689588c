/**
 * The annual overview: what somebody gave in a year and what went back, as a snapshot. Made once, of a year that is over, with
 * the organisation and the names of pools as they were then; nothing that is set or learnt later changes it.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { type Moved, movedFor } from '../donations/index.ts'
import { giftsOfDonor } from '../donors/index.ts'
import type { Currency } from '../money/index.ts'
import { organisationById, profileOf } from '../organisations/index.ts'
import { instantOf, localDate } from '../platform/calendar/index.ts'
import { withPersonalData } from '../platform/personal.ts'

/** Amounts in minor units, as decimal text: exact in JSON. */
export interface OverviewContent {
  readonly version: 1
  readonly year: number
  readonly organisation: {
    readonly legalName: string
    readonly rsin: string | null
    readonly contact: string
    readonly address: string | null
    /** Null: gifts could not be deducted, as far as was recorded. */
    readonly anbiSince: string | null
  }
  readonly lines: readonly {
    readonly on: string
    readonly what: Moved['what']
    readonly donationId: string
    readonly pool: string
    readonly amount: string
    readonly costsShare: string
    readonly currency: Currency
  }[]
}

export interface Overview {
  readonly content: OverviewContent
  readonly madeAt: Date
}

export interface OverviewTotals {
  readonly currency: Currency
  readonly given: bigint
  /** Above zero. */
  readonly back: bigint
  readonly left: bigint
  /** Of what is left. */
  readonly costs: bigint
}

/** One for each currency. */
export function totalsOf({ lines }: Pick<OverviewContent, 'lines'>): OverviewTotals[] {
  const currencies = [...new Set(lines.map(({ currency }) => currency))]
  return currencies.map(currency => {
    const its = lines.filter(line => line.currency === currency)
    const sum = (of: readonly { readonly amount: string }[]) =>
      of.reduce((total, { amount }) => total + BigInt(amount), 0n)
    const given = sum(its.filter(({ what }) => what === 'gift'))
    const left = sum(its)
    const costs = its.reduce((total, { costsShare }) => total + BigInt(costsShare), 0n)
    return { currency, given, back: given - left, left, costs }
  })
}

export const yearOf = (at: Date): number => Number(localDate(at).slice(0, 4))
const startOf = (year: number): Date => instantOf(`${year}-01-01`, '00:00')

export interface OverviewYear {
  readonly year: number
  readonly isMade: boolean
}

/** The years that are over in which anything moved, the latest first. */
export async function overviewYears(
  trx: Transaction<DB>,
  deps: Deps,
  donorId: string,
): Promise<OverviewYear[]> {
  const { organisationId, clock } = deps
  const ids = await giftsOfDonor(trx, organisationId, donorId)
  const span = { from: startOf(2014), to: startOf(yearOf(clock.now())) }
  const moved = await movedFor(trx, organisationId, ids, span)
  const made = await keptOverviews(trx, organisationId, donorId)
  const has = new Set(made.map(({ content }) => content.year))
  const years = new Set([...moved.map(({ at }) => yearOf(at)), ...has])
  return [...years].sort((a, b) => b - a).map(year => ({ year, isMade: has.has(year) }))
}

/** As it was made, or made now; null when the year is not over, or nothing moved in it. */
export async function overviewOf(
  trx: Transaction<DB>,
  deps: Deps,
  donorId: string,
  year: number,
): Promise<(Overview & { readonly isNew: boolean }) | null> {
  const { organisationId, clock } = deps
  const kept = await keptOverview(trx, organisationId, donorId, year)
  if (kept) return { ...kept, isNew: false }
  if (year >= yearOf(clock.now())) return null
  const content = await contentOf(trx, deps, donorId, year)
  if (content.lines.length === 0) return null
  const row = {
    organisationId,
    donorId,
    year,
    content: JSON.stringify(content) as never,
    madeAt: clock.now(),
  }
  const made = await withPersonalData(trx, () =>
    trx
      .insertInto('giving.overviews')
      .values(row)
      .onConflict(conflict => conflict.doNothing()) // somebody else made it at this moment
      .returning('year')
      .executeTakeFirst(),
  )
  const there = await keptOverview(trx, organisationId, donorId, year)
  return there && { ...there, isNew: made !== undefined }
}

/** All that were made, the oldest first. */
export async function keptOverviews(
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
): Promise<Overview[]> {
  return withPersonalData(trx, () =>
    trx
      .selectFrom('giving.overviews')
      .select(['content', 'madeAt'])
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .orderBy('year')
      .execute(),
  )
}

export const keptOverview = async (
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
  year: number,
): Promise<Overview | null> =>
  (await keptOverviews(trx, organisationId, donorId)).find(({ content }) => content.year === year) ?? null

async function contentOf(
  trx: Transaction<DB>,
  { organisationId }: Deps,
  donorId: string,
  year: number,
): Promise<OverviewContent> {
  const { legalName, rsin, contact } = await organisationById(trx, organisationId)
  const ids = await giftsOfDonor(trx, organisationId, donorId)
  const moved = await movedFor(trx, organisationId, ids, { from: startOf(year), to: startOf(year + 1) })
  const profile = await profileOf(trx, organisationId)
  return {
    version: 1,
    year,
    organisation: {
      ...{ legalName, rsin, contact },
      address: profile?.address ?? null,
      anbiSince: profile?.anbiSince ?? null,
    },
    lines: moved.map(({ at, what, donationId, poolName, amount, costsShare, currency }) => ({
      ...{ on: localDate(at), what, donationId, pool: poolName, currency },
      ...{ amount: `${amount}`, costsShare: `${costsShare}` },
    })),
  }
}
