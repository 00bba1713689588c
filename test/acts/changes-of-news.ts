// News that is published and taken down, and who follows it: with an address that was typed in, and signed in.

import { randomUUID } from 'node:crypto'
import { lettersTo } from '../auth/mailbox.ts'
import { signedIn } from '../donors/run.ts'
import type { TestApp } from '../support/app.ts'
import type { LeavesAnAct } from './leaves-an-act.ts'

const FOLLOWER = 'volger@thuis.example'

export async function changesOfNews(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const { open } = api.pools
  const as = 'operator'
  const news = { title: 'Nieuws', words: 'Er is iets gebeurd.' }
  const params = { poolId: open.id }
  await leavesAnAct('POST /v1/pools/:poolId/news', { as, params, json: news })
  const { newsId } = JSON.parse(await leavesAnAct('POST /v1/news', { as, json: news }))
  await leavesAnAct('POST /v1/news/:newsId/withdrawals', { as, params: { newsId }, json: { reason: 'Fout' } })
  const form = { ...news, pool: open.slug, locale: 'nl', idempotencyKey: randomUUID() }
  await leavesAnAct('POST /admin/news', { as, form })
  const { rows } = await api.owner.query<{ id: string }>(
    'select id from retention.news where removed_at is null order by id desc limit 1',
  )
  const shown = rows[0]?.id ?? ''
  await leavesAnAct('POST /admin/news/:newsId/withdrawals', {
    as,
    params: { newsId: shown },
    form: { [`reason-${shown}`]: 'Fout' },
  })
  const slug = { slug: open.slug }
  await leavesAnAct('POST /v1/follow-requests', { json: { email: FOLLOWER, poolId: open.id } })
  await leavesAnAct('POST /news/follows', { form: { followEmail: FOLLOWER } })
  const [letter] = await lettersTo(api, FOLLOWER)
  const followToken = letter?.letter.action?.url.split('/').at(-1) ?? ''
  await leavesAnAct('POST /follow/:followToken', { params: { followToken } })
  const by = await signedIn(api, FOLLOWER)
  await leavesAnAct('POST /pools/:slug/follows', { by, params: slug, form: {} })
  await leavesAnAct('POST /pools/:slug/follow-endings', { by, params: slug, form: {} })
  await leavesAnAct('POST /news/follow-endings', { by, form: {} })
}
