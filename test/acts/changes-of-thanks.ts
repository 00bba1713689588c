// What changes thank-yous: by recipients, over the API and by their page, and by staff.

import { randomUUID } from 'node:crypto'
import { recipient } from '../disbursements/run.ts'
import type { TestApp } from '../support/app.ts'
import type { LeavesAnAct } from './leaves-an-act.ts'

export async function changesOfThanks(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const text = 'Ik slaap weer door. Dank jullie wel.'
  const as = 'recipient'
  /** Each month takes one of an enrolment, so each time they are somebody else. */
  const become = async (iban: string) =>
    api.owner.query('update auth.persons set enrolment_id = $1 where id = $2', [
      await recipient(api, iban, '2027-09'),
      api.persons.recipient,
    ])
  await become('NL35MEEN0000000004')
  const { thanksId } = JSON.parse(await leavesAnAct('POST /v1/own-thanks', { as, json: { text } }))
  const params = { thanksId }
  const show = { as: 'operator', params, json: { decision: 'show' } } as const
  await leavesAnAct('POST /v1/thanks/:thanksId/decisions', show)
  const because = { [`reason-${thanksId}`]: 'hurtful' }
  await leavesAnAct('POST /admin/thanks/:thanksId/refusals', { as: 'administrator', params, form: because })
  await leavesAnAct('POST /v1/own-thanks/:thanksId/withdrawals', { as, params })
  await become('NL08MEEN0000000005')
  const form = { text, nickname: '', idempotencyKey: randomUUID() }
  await leavesAnAct('POST /my-income/thanks', { as, form })
  const { rows } = await api.owner.query(`select id from thanks.thanks where state = 'waiting'`)
  const other = { thanksId: rows[0].id }
  await leavesAnAct('POST /admin/thanks/:thanksId/showings', { as: 'operator', params: other, form: {} })
  await leavesAnAct('POST /my-income/thanks/:thanksId/withdrawals', { as, params: other })
}
