// What changes monthly gifts: starting one, and all that its donor does with it, over the API and by the pages.

import { randomUUID } from 'node:crypto'
import { liveOn } from '../../src/simulation/index.ts'
import { payFirst } from '../donations/monthly-run.ts'
import { signedIn } from '../donors/run.ts'
import type { TestApp } from '../support/app.ts'
import { cookieOf, type LeavesAnAct } from './leaves-an-act.ts'

export async function changesOfMonthlyGifts(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const email = 'elke.maand@thuis.example'
  const { monthlyGift, checkoutUrl } = JSON.parse(
    await leavesAnAct('POST /v1/pools/:poolId/monthly-gifts', {
      params: { poolId: api.pools.open.id },
      json: { amount: 2_500, currency: 'EUR', email },
    }),
  )
  await payFirst(api, { checkoutUrl })
  await liveOn(api.deps, api.world)
  const params = { monthlyGiftId: monthlyGift.id as string }
  const cookie = cookieOf(await signedIn(api, email))
  const change = (json: object) =>
    leavesAnAct('POST /v1/monthly-gifts/:monthlyGiftId/changes', { cookie, params, json })
  await change({ what: 'change-amount', amount: 3_000 })
  await change({ what: 'pause' })
  await leavesAnAct('POST /v1/monthly-gifts/:monthlyGiftId/account-pages', { cookie, params })
  await leavesAnAct('POST /my-monthly-gifts/:monthlyGiftId/account-pages', { cookie, params, form: {} })
  const form = (what?: string) => ({ ...(what ? { what } : {}), idempotencyKey: randomUUID() })
  const page = (what: string) =>
    leavesAnAct('POST /my-monthly-gifts/:monthlyGiftId/changes', { cookie, params, form: form(what) })
  await page('resume')
  await leavesAnAct('POST /my-monthly-gifts/:monthlyGiftId/endings', { cookie, params, form: form() })
}
