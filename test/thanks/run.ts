// Thank-yous in few words: recipients who can sign in, what they write, and what staff decides.

import { recipient } from '../disbursements/run.ts'
import type { Answer, TestApp } from '../support/app.ts'

export const words = 'Ik slaap weer door. Dank jullie wel, wie jullie ook zijn.'

const IBANS = ['NL35MEEN0000000004', 'NL08MEEN0000000005', 'NL91ABNA0417164300', 'DE89370400440532013000']

/** Money for all, and so many enrolments in the pool `open`; the account `recipient` is of the first. */
export async function enrolled(api: TestApp, count = 1): Promise<string[]> {
  await api.give(api.pools.open.id, 1_000_000)
  await api.liveTo('2027-03-05')
  const ids: string[] = []
  for (const iban of IBANS.slice(0, count)) ids.push(await recipient(api, iban, '2027-03'))
  await become(api, ids[0] ?? '')
  return ids
}

/** From now on the account `recipient` is of this enrolment. */
export const become = (api: TestApp, enrolmentId: string) =>
  api.owner.query('update auth.persons set enrolment_id = $1 where id = $2', [
    enrolmentId,
    api.persons.recipient,
  ])

export const write = (api: TestApp, more: object = {}, key?: string): Promise<Answer<{ thanksId: string }>> =>
  api.ask<{ thanksId: string }>('/v1/own-thanks', {
    ...{ as: 'recipient', body: { text: words, ...more } },
    ...(key ? { key } : {}),
  })

export async function written(api: TestApp, more: object = {}): Promise<string> {
  const answer = await write(api, more)
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body.thanksId
}

export const decide = (
  api: TestApp,
  thanksId: string,
  decision: 'show' | 'refuse',
  because?: string,
  as: 'operator' | 'administrator' = 'operator',
) => api.ask(`/v1/thanks/${thanksId}/decisions`, { as, body: { decision, ...(because ? { because } : {}) } })

export const takeAway = (api: TestApp, thanksId: string) =>
  api.ask(`/v1/own-thanks/${thanksId}/withdrawals`, { as: 'recipient', method: 'POST' })

export const stateOf = async (api: TestApp, thanksId: string): Promise<string> =>
  (await api.owner.query('select state from thanks.thanks where id = $1', [thanksId])).rows[0]?.state
