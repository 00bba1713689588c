// Campaigns in few words: written, shown to staff, approved, filled, ended.

import { randomUUID } from 'node:crypto'
import {
  type Campaign,
  type CampaignTerms,
  campaignById,
  decideCampaign,
  startCampaign,
  submitCampaign,
  watchCampaigns,
} from '../../src/campaigns/index.ts'
import { makeAvailable, postTransactions } from '../../src/donations/index.ts'
import { addDays } from '../../src/platform/calendar/index.ts'
import type { TestApp } from '../support/app.ts'
import type { StaffName } from '../support/app-seed.ts'

export const person = (api: TestApp, name: StaffName) => ({ kind: 'person', id: api.persons[name] }) as const

export const story =
  'Onze buurman zorgt al jaren voor iedereen in de straat. Nu is het zijn beurt om een jaar lang adem te halen, zonder zorgen om geld.'

/** € 100 a month for three months, until the first of May; gifts go back unless `movesTo`. */
export const terms = (more: Partial<CampaignTerms> = {}): CampaignTerms => ({
  ...{ title: 'Een jaar rust voor de buurman', organiser: 'De buren', area: 'Testdorp', story },
  ...{ forWhom: 'other', otherAgreed: true, monthlyAmount: 10_000n, termMonths: 3 },
  ...{ lastDay: '2027-05-01', ifUnreached: more.movesTo ? 'moves' : 'refund', movesTo: undefined },
  ...more,
})

export async function drafted(
  api: TestApp,
  more: Partial<CampaignTerms> = {},
  as: StaffName = 'donor',
): Promise<string> {
  const asked = { terms: terms(more), locale: 'nl', idempotencyKey: randomUUID() } as const
  return startCampaign(api.deps, person(api, as), asked)
}

export async function submitted(
  api: TestApp,
  more: Partial<CampaignTerms> = {},
  as: StaffName = 'donor',
): Promise<string> {
  const id = await drafted(api, more, as)
  await submitCampaign(api.deps, person(api, as), id)
  return id
}

/** Approved by the operator: it runs. */
export async function running(
  api: TestApp,
  more: Partial<CampaignTerms> = {},
  as: StaffName = 'donor',
): Promise<Campaign & { poolId: string; slug: string }> {
  const campaignId = await submitted(api, more, as)
  const campaign = await decideCampaign(api.deps, person(api, 'operator'), {
    campaignId,
    decision: 'approve',
  })
  return campaign as Campaign & { poolId: string; slug: string }
}

export const campaignNow = (api: TestApp, id: string): Promise<Campaign> =>
  campaignById(api.deps.db, api.organisationId, id)

/** Gifts that the provider has settled. */
export async function given(api: TestApp, poolId: string, ...amounts: number[]): Promise<string[]> {
  const ids: string[] = []
  for (const amount of amounts) ids.push(await api.give(poolId, amount))
  await postTransactions(api.deps)
  return ids
}

export async function settled(api: TestApp, day: string): Promise<void> {
  await api.liveTo(day)
  await postTransactions(api.deps)
  await makeAvailable(api.deps)
}

/** The last day has passed, and the job has seen it. */
export async function ended(api: TestApp, more: Partial<CampaignTerms>, ...amounts: number[]) {
  const campaign = await running(api, more)
  const gifts = await given(api, campaign.poolId, ...amounts)
  await settled(api, addDays(campaign.lastDay, 1))
  await watchCampaigns(api.deps)
  return { campaign: (await campaignNow(api, campaign.id)) as typeof campaign, gifts }
}

export const problemOf = (error: unknown): string => (error as { code?: string }).code ?? String(error)
/** The code of what it was refused with; 'done' when it was not. */
export const refusalOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', problemOf)
