// What donors change: which letters they get, by the link under one and on their own page, and what is held of them.

import { postTransactions, thankDonors } from '../../src/donations/index.ts'
import { lettersTo } from '../auth/mailbox.ts'
import { DONOR, pay, signedIn, start } from '../donors/run.ts'
import type { TestApp } from '../support/app.ts'
import { cookieOf, type LeavesAnAct } from './leaves-an-act.ts'

export async function changesOfDonors(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const gift = await start(api)
  await pay(api, gift)
  await postTransactions(api.deps)
  await thankDonors(api.deps)
  const [letter] = await lettersTo(api, DONOR)
  const stopToken = letter?.letter.stop?.split('/').at(-1) ?? ''
  await leavesAnAct('POST /letters/stop/:stopToken', { params: { stopToken } })
  await leavesAnAct('POST /v1/letter-stops', { json: { stopToken } })
  const by = await signedIn(api)
  const wanted = ['gift-received']
  await leavesAnAct('POST /v1/my-letter-choices', { cookie: cookieOf(by), json: { locale: 'nl', wanted } })
  await leavesAnAct('POST /my-gifts/letters', { by, form: { language: 'en', 'goal-reached': 'yes' } })
  // As if it had been last year: nobody waits for January here.
  await api.owner.query(
    `update donations.provider_transactions set created_at = created_at - interval '1 year'
                          where donation_id = $1`,
    [gift.donationId],
  )
  const year = api.deps.clock.now().getFullYear() - 1
  await leavesAnAct('POST /v1/my-overviews', { cookie: cookieOf(by), json: { year } })
  await leavesAnAct('POST /my-gifts/overviews/:year', { by, params: { year: String(year) } })
  await leavesAnAct('POST /my-gifts/erasures', { by, form: {} })
  await start(api, { email: 'ander@thuis.example' })
  const other = await signedIn(api, 'ander@thuis.example')
  await leavesAnAct('POST /v1/my-erasures', { cookie: cookieOf(other), json: { confirm: 'erase' } })
}
