/** Who gave when, without a name or address: for letters about what gifts did, and for how many come back. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { DonorLetterKind } from './letter-kinds.ts'

export interface GiverToTell {
  readonly donorId: string
  readonly donationIds: string[]
}

/** Donors whose money came before that moment, and who were not told about this yet. */
export async function giversToTell(
  trx: Transaction<DB>,
  organisationId: number,
  { kind, about, before, limit }: { kind: DonorLetterKind; about: string; before: Date; limit: number },
): Promise<GiverToTell[]> {
  const { rows } = await withPersonalData(trx, () =>
    sql<GiverToTell>`
      select g.donor_id as donor_id, array_agg(g.donation_id order by g.donation_id) as donation_ids
        from donors.gifts g join donors.donors d on d.organisation_id = g.organisation_id and d.id = g.donor_id
       where g.organisation_id = ${organisationId} and g.received_at < ${before} and d.erased_at is null
         and not exists (select from donors.letters l where l.organisation_id = g.organisation_id
                            and l.donor_id = g.donor_id and l.kind = ${kind} and l.about = ${about})
       group by g.donor_id order by g.donor_id limit ${limit}`.execute(trx),
  )
  return rows
}

/** Donors whose latest gift came in that time, with that gift. */
export async function lastGaveBetween(
  trx: Transaction<DB>,
  organisationId: number,
  from: Date,
  to: Date,
): Promise<{ donorId: string; donationId: string }[]> {
  const { rows } = await withPersonalData(trx, () =>
    sql<{ donorId: string; donationId: string }>`
      select donor_id, (array_agg(donation_id order by received_at desc, donation_id desc))[1] as donation_id
        from donors.gifts
       where organisation_id = ${organisationId} and donor_id is not null and received_at is not null
       group by donor_id having max(received_at) >= ${from} and max(received_at) < ${to}
       order by donor_id`.execute(trx),
  )
  return rows
}

/** Nothing is to be told of this: it counts as told. */
export async function nothingToTell(
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
  { kind, about, at }: { kind: DonorLetterKind; about: string; at: Date },
): Promise<void> {
  await withPersonalData(trx, () =>
    trx
      .insertInto('donors.letters')
      .values({ organisationId, donorId, kind, about, letterId: null, toldAt: at })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
}

/** Donors who first gave in a month, and how many of them gave again within so many months. */
export interface Cohort {
  /** YYYY-MM. */
  readonly month: string
  readonly donors: number
  /** By months since the first gift; null while it is too early to say. */
  readonly again: readonly { readonly within: number; readonly donors: number | null }[]
}

export const COHORT_MONTHS = [1, 3, 6, 12] as const

/** The latest cohorts first. Of donors without an address nothing is known, so they are in none. */
export async function cohorts(
  trx: Transaction<DB>,
  organisationId: number,
  now: Date,
  limit: number,
): Promise<Cohort[]> {
  const { rows } = await withPersonalData(trx, () =>
    sql<{ month: string; within: number; donors: bigint; again: bigint | null }>`
      with given as (
        select donor_id, received_at, min(received_at) over (partition by donor_id) as first
          from donors.gifts
         where organisation_id = ${organisationId} and donor_id is not null and received_at is not null),
      months as (
        select to_char(first at time zone 'Europe/Amsterdam', 'YYYY-MM') as month, donor_id, first from given
         group by donor_id, first),
      latest as (select distinct month from months order by month desc limit ${limit})
      select m.month, w.within, count(*) as donors,
             case when max(m.first) + w.within * interval '1 month' <= ${now}
                  then count(*) filter (where exists (
                    select from given g where g.donor_id = m.donor_id and g.received_at > m.first
                       and g.received_at <= m.first + w.within * interval '1 month')) end as again
        from months m cross join unnest(${[...COHORT_MONTHS]}::int[]) as w(within)
       where m.month in (select month from latest)
       group by m.month, w.within order by m.month desc, w.within`.execute(trx),
  )
  const byMonth = Map.groupBy(rows, ({ month }) => month)
  return [...byMonth].map(([month, its]) => ({
    month,
    donors: Number(its[0]?.donors ?? 0),
    again: its.map(({ within, again }) => ({ within, donors: again === null ? null : Number(again) })),
  }))
}
