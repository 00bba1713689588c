// One request that changes something, and the act that it leaves: found by the request's id.

import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import type { TestApp } from '../support/app.ts'
import type { StaffName } from '../support/app-seed.ts'
import type { Visitor } from '../support/visitor.ts'

export interface Call {
  readonly as?: StaffName | undefined
  readonly params?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly xml?: string
  /** Of a browser that is signed in, instead of `as`. */
  readonly cookie?: string
  /** The same, and it keeps the cookies that it is answered. */
  readonly by?: Visitor
}

export const cookieOf = ({ cookies }: Visitor): string => [...cookies].map(pair => pair.join('=')).join('; ')

/** Answers the body. */
export type LeavesAnAct = (route: string, call: Call) => Promise<string>

export function watchActs(
  t: Pick<Test, 'ok'>,
  api: TestApp,
): { leavesAnAct: LeavesAnAct; seen: Set<string> } {
  const seen = new Set<string>()
  return {
    seen,
    async leavesAnAct(route, { as, params = {}, json, form, xml, by, cookie = by && cookieOf(by) }) {
      const [method = '', path = ''] = route.split(' ')
      const url = Object.entries(params).reduce(
        (each, [name, value]) => each.replace(`:${name}`, value),
        path,
      )
      const type = form ? 'application/x-www-form-urlencoded' : xml ? 'application/xml' : 'application/json'
      const payload = form ? new URLSearchParams(form).toString() : (xml ?? (json && JSON.stringify(json)))
      const answer = await api.app.inject({
        method: method as 'POST',
        url,
        headers: {
          'idempotency-key': randomUUID(),
          ...(as ? { authorization: `Bearer ${await api.token(as)}` } : {}),
          ...(cookie ? { cookie } : {}),
          ...(payload ? { 'content-type': type } : {}),
        },
        ...(payload ? { payload } : {}),
      })
      const { rows } = await api.owner.query('select action, actor_id from acts.acts where origin = $1', [
        answer.headers['x-request-id'],
      ])
      for (const { name, value } of answer.cookies) by?.cookies.set(name, value)
      const went = answer.statusCode < 400
      t.ok(went, `${route}: ${answer.statusCode} ${went ? '' : answer.body.slice(0, 400)}`)
      t.ok(rows.length > 0, `${route} leaves ${rows.map(({ action }) => action)}`)
      t.ok(!as || rows.every(row => row.actor_id === api.persons[as]), 'by whoever asked')
      t.ok(!cookie || rows.every(row => row.actor_id !== null), 'by a person')
      seen.add(route)
      return answer.body
    },
  }
}
