/** What of campaigns waits for staff. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import { type Campaign, campaigns } from './campaign.ts'
import { type Outcome, outcomeState, outcomesOf } from './outcome.ts'

export interface CampaignsWaiting {
  readonly waiting: number
  readonly late: number
  /** The first day that is still in time. */
  readonly lookBy: string | null
}

/** How many wait for a decision, and how many of them too long. */
export async function campaignsWaiting(
  db: Kysely<DB>,
  organisationId: number,
  today: string,
): Promise<CampaignsWaiting> {
  const row = await db
    .selectFrom('campaigns.campaigns')
    .select(({ fn }) => [
      fn.countAll<bigint>().as('waiting'),
      sql<bigint>`count(*) filter (where look_by < ${today}::date)`.as('late'),
      sql<string | null>`min(look_by) filter (where look_by >= ${today}::date)`.as('lookBy'),
    ])
    .where('organisationId', '=', organisationId)
    .where('state', '=', 'submitted')
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), late: Number(row.late), lookBy: row.lookBy }
}

export interface OpenEnding {
  readonly campaign: Campaign
  /** Null: nobody decided yet. */
  readonly outcome: Outcome | null
}

/** Campaigns that ended without their goal, and what two people have done about it so far. */
export async function openEndings(db: Kysely<DB>, organisationId: number): Promise<OpenEnding[]> {
  const ended = await campaigns(db, organisationId, { states: ['ended'], limit: 100 })
  return Promise.all(
    ended.map(async campaign => {
      const [outcome] = await outcomesOf(db, organisationId, campaign.id)
      const isOpen = outcome && ['decided', 'approved'].includes(outcomeState(outcome))
      return { campaign, outcome: isOpen ? outcome : null }
    }),
  )
}

/** Campaigns for oneself that nobody reviewed: their first payout waits for it. */
export async function campaignsToReview(db: Kysely<DB>, organisationId: number): Promise<Campaign[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from campaigns.campaigns c
     where c.organisation_id = ${organisationId} and campaigns.awaits_review(c.organisation_id, c.pool_id)
       and c.state in ('reached', 'closed') and c.ended_at is null`.execute(db)
  const ids = rows.map(({ id }) => id)
  const all = await campaigns(db, organisationId, { states: ['reached', 'closed'], limit: 500 })
  return all.filter(({ id }) => ids.includes(id))
}
