// What changes campaigns: by whoever started them and by staff, over the API and by the pages.

import { randomUUID } from 'node:crypto'
import { ended, running, story, submitted } from '../campaigns/run.ts'
import type { TestApp } from '../support/app.ts'
import type { LeavesAnAct } from './leaves-an-act.ts'

export async function changesOfCampaigns(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const as = 'donor'
  const day = (days: number) =>
    new Date(api.deps.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const terms = {
    ...{ title: 'Een jaar rust voor de buurman', organiser: 'De buren', area: 'Testdorp', story },
    ...{ forWhom: 'other', otherAgreed: true, monthlyAmount: 10_000, termMonths: 3, lastDay: day(60) },
    ifUnreached: 'refund',
  }
  const { campaignId } = JSON.parse(await leavesAnAct('POST /v1/campaigns', { as, json: terms }))
  const params = { campaignId }
  await leavesAnAct('POST /v1/campaigns/:campaignId/submissions', { as, params })
  await leavesAnAct('POST /v1/campaigns/:campaignId/decisions', {
    ...{ as: 'operator', params },
    json: { decision: 'approve' },
  })
  const words = 'Wat een begin! Dank aan iedereen.'
  const news = JSON.parse(
    await leavesAnAct('POST /v1/campaigns/:campaignId/updates', { as, params, json: { words } }),
  )
  await leavesAnAct('POST /v1/campaign-updates/:updateId/removals', {
    ...{ as: 'operator', params: { updateId: news.updateId } },
    json: { reason: 'Er stond een adres in' },
  })

  const form = {
    ...{ ...terms, otherAgreed: 'yes', monthlyAmount: '100', termMonths: '3', movesTo: '' },
    idempotencyKey: randomUUID(),
  }
  await leavesAnAct('POST /my-campaigns', { as, form })
  const draft = { campaignId: await newest(api) }
  const again = { ...form, title: 'Nog beter gezegd' }
  await leavesAnAct('POST /my-campaigns/:campaignId', { as, params: draft, form: again })
  await leavesAnAct('POST /my-campaigns/:campaignId/submissions', { as, params: draft })
  await leavesAnAct('POST /admin/campaigns/:campaignId/refusals', {
    ...{ as: 'operator', params: draft },
    form: { 'reason-refuse': 'Vertel meer' },
  })
  const later = { lastDay: day(60) }
  await leavesAnAct('POST /admin/campaigns/:campaignId/approvals', {
    ...{ as: 'operator', params: { campaignId: await submitted(api, later) } },
    form: {},
  })
  await leavesAnAct('POST /my-campaigns/:campaignId/updates', {
    ...{ as, params },
    form: { words, idempotencyKey: randomUUID() },
  })
  const { rows } = await api.owner.query('select id from campaigns.updates where removed_at is null')
  await leavesAnAct('POST /admin/campaign-updates/:updateId/removals', {
    ...{ as: 'operator', params: { updateId: rows[0].id } },
    form: { [`reason-${rows[0].id}`]: 'Er stond een adres in' },
  })

  for (const [route, starter] of [
    ['POST /v1/campaigns/:campaignId/reviews', 'recipient'],
    ['POST /admin/campaigns/:campaignId/reviews', 'auditor'],
  ] as const) {
    const own = await running(api, { ...later, forWhom: 'self', otherAgreed: false }, starter)
    const body = route.includes('admin')
      ? { form: { 'reason-review': 'Gesproken' } }
      : { json: { reason: 'Gesproken' } }
    await leavesAnAct(route, { as: 'approver', params: { campaignId: own.id }, ...body })
  }
  await outcomes(api, leavesAnAct, { lastDay: day(30) })
}

async function outcomes(api: TestApp, leavesAnAct: LeavesAnAct, more: { lastDay: string }): Promise<void> {
  const { campaign } = await ended(api, { ...more, movesTo: api.pools.open.id }, 2_500)
  const params = { campaignId: campaign.id }
  const reason = 'Zoals beloofd'
  const open = async () => {
    const { rows } = await api.owner.query(
      'select id from campaigns.outcomes where withdrawn_at is null and campaign_id = $1',
      [campaign.id],
    )
    return { outcomeId: rows[0].id }
  }
  const as = 'operator'
  await leavesAnAct('POST /v1/campaigns/:campaignId/outcomes', { as, params, json: { reason } })
  await leavesAnAct('POST /v1/campaign-outcomes/:outcomeId/withdrawals', {
    ...{ as, params: await open(), json: { reason } },
  })
  const form = { 'reason-outcome': reason, idempotencyKey: randomUUID() }
  await leavesAnAct('POST /admin/campaigns/:campaignId/outcomes', { as, params, form })
  await leavesAnAct('POST /admin/campaign-outcomes/:outcomeId/approvals', {
    ...{ as: 'approver', params: await open(), form: {} },
  })
  await leavesAnAct('POST /admin/campaign-outcomes/:outcomeId/withdrawals', {
    ...{ as, params: await open(), form: { 'reason-withdraw': reason } },
  })
  await leavesAnAct('POST /v1/campaigns/:campaignId/outcomes', { as, params, json: { reason } })
  await leavesAnAct('POST /v1/campaign-outcomes/:outcomeId/approvals', {
    as: 'approver',
    params: await open(),
  })
}

async function newest(api: TestApp): Promise<string> {
  const { rows } = await api.owner.query('select id from campaigns.campaigns order by id desc limit 1')
  return rows[0].id
}
