// What every refusal of the API has in common: a problem document in the reader's language that names what was wrong, and
// a database that is, row for row, what it was before.

import type { Test } from 'tap'
import { type RefusalCode, refusals } from '../../src/refusals.ts'
import type { Question, TestApp } from './app.ts'
import { everything } from './everything.ts'

export interface Refusal {
  readonly status: number
  readonly code: RefusalCode
  /** The input that is wrong, where there is one. */
  readonly field?: string
  /** In cents, where money is short. */
  readonly missing?: number
  /** The act that being refused leaves, and nothing else; none when left out. */
  readonly act?: string
}

interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly instance: string
  readonly errors?: readonly { readonly field: string; readonly reason: string }[]
  readonly missing?: { readonly amount: number; readonly currency: string }
}

/** Asks the same in Dutch and in English. */
export async function refused(
  t: Test,
  api: TestApp,
  what: string,
  path: string,
  question: Question,
  { status, code, field, missing, act }: Refusal,
): Promise<void> {
  const before = await everything(api.owner)
  for (const locale of ['nl', 'en'] as const) {
    const headers = { ...question.headers, 'accept-language': locale }
    const answer = await api.ask<Problem>(path, { ...question, headers })
    const { body: problem } = answer
    const seen = {
      status: [answer.status, problem.status],
      type: problem.type,
      title: problem.title,
      media: String(answer.headers['content-type']).split(';')[0],
      language: answer.headers['content-language'],
      fields: [...new Set(problem.errors?.map(each => each.field))],
      missing: problem.missing,
    }
    const wanted = {
      status: [status, status],
      type: `/problems/${code}`,
      title: refusals[code][locale],
      media: 'application/problem+json',
      language: locale,
      fields: field === undefined ? [] : [field],
      missing: missing === undefined ? undefined : { amount: missing, currency: 'EUR' },
    }
    t.strictSame(seen, wanted, `${what}: refused (${locale})`)
    t.match(problem.instance, /^urn:uuid:[0-9a-f-]{36}$/, 'and can be quoted')
  }
  const after = await everything(api.owner)
  if (!act) return void t.strictSame(after, before, `${what}: nothing was written`)
  const { rows } = await api.owner.query('select action from acts.acts order by id desc limit 2')
  t.strictSame(rows, [{ action: act }, { action: act }], `${what}: an act each time`)
  const acts = 'acts.acts'
  const grown = Number.parseInt(after[acts] ?? '', 10) - Number.parseInt(before[acts] ?? '', 10)
  t.strictSame([{ ...after, [acts]: '' }, grown], [{ ...before, [acts]: '' }, 2], `${what}: and nothing else`)
}

export type Case = readonly [what: string, path: string, question: Question, refusal: Refusal]

/** Signs everybody in first, so that only the refused requests themselves could have written something. */
export async function allRefused(t: Test, api: TestApp, cases: readonly Case[]): Promise<void> {
  for (const { as } of cases.map(([, , question]) => question)) if (as) await api.token(as)
  for (const each of cases) await refused(t, api, ...each)
}

/** The request has the wrong form. */
export const invalid = (field: string): Refusal => ({ status: 400, code: 'invalid-request', field })
