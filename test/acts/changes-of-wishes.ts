// What changes wishes: by whoever wrote them and by staff, over the API and by the pages.

import { randomUUID } from 'node:crypto'
import type { LeavesAnAct } from './leaves-an-act.ts'

export async function changesOfWishes(leavesAnAct: LeavesAnAct): Promise<void> {
  const text = 'Een dag minder werken en een tuin beginnen.'
  const { wishId, withdrawalToken } = JSON.parse(await leavesAnAct('POST /v1/wishes', { json: { text } }))
  const params = { wishId }
  await leavesAnAct('POST /v1/wishes/:wishId/decisions', {
    as: 'operator',
    params,
    json: { decision: 'show' },
  })
  const as = 'administrator'
  await leavesAnAct('POST /admin/wishes/:wishId/hidings', {
    as,
    params,
    form: { [`reason-${wishId}`]: 'hurtful' },
  })
  await leavesAnAct('POST /admin/wishes/:wishId/showings', { as, params, form: {} })
  await leavesAnAct('POST /v1/wish-withdrawals', { json: { withdrawalToken } })
  const form = { text, nickname: '', poolId: '', idempotencyKey: randomUUID() }
  await leavesAnAct('POST /wishes', { form })
  const other = JSON.parse(await leavesAnAct('POST /v1/wishes', { json: { text } }))
  const otherParams = { wishId: other.wishId }
  await leavesAnAct('POST /admin/wishes/:wishId/refusals', {
    as,
    params: otherParams,
    form: { [`reason-${other.wishId}`]: 'advertising' },
  })
  await leavesAnAct('POST /wishes/links/:withdrawalToken/withdrawals', {
    params: { withdrawalToken: other.withdrawalToken },
  })
}
