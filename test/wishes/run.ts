// Wishes in few words: written, shown, agreed with and reported from several places.

import { randomUUID } from 'node:crypto'
import type { TestApp } from '../support/app.ts'

export const words = 'Een dag minder werken en een tuin beginnen.'

export interface Written {
  readonly wishId: string
  readonly withdrawalToken: string
  readonly lookBy: string
}

export async function written(api: TestApp, more: object = {}): Promise<Written> {
  const answer = await api.ask<Written>('/v1/wishes', { body: { text: words, ...more } })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

export const decided = (api: TestApp, wishId: string, decision: string, because?: string) =>
  api.ask(`/v1/wishes/${wishId}/decisions`, {
    as: 'operator',
    body: { decision, ...(because ? { because } : {}) },
  })

export async function shown(api: TestApp, more: object = {}): Promise<Written> {
  const wish = await written(api, more)
  const answer = await decided(api, wish.wishId, 'show')
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return wish
}

/** As somebody from this address. */
export const from = async (api: TestApp, address: string, path: string, body?: object) => {
  const answer = await api.app.inject({
    ...{ method: 'POST', url: path, remoteAddress: address },
    headers: { 'idempotency-key': randomUUID(), 'accept-language': 'en' },
    ...(body ? { payload: body } : {}),
  })
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}
export const agree = (api: TestApp, wishId: string, address: string) =>
  from(api, address, `/v1/wishes/${wishId}/agreements`)
export const report = (api: TestApp, wishId: string, address: string, more: object = {}) =>
  from(api, address, `/v1/wishes/${wishId}/reports`, { reason: 'hurtful', ...more })

export const stateOf = async (api: TestApp, wishId: string): Promise<string> =>
  (await api.owner.query('select state from wishes.wishes where id = $1', [wishId])).rows[0]?.state
