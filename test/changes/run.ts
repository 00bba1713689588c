// Proposing and deciding in few words, through the API, and by raw SQL as the application's own login.

import type { Test } from 'tap'
import { inTransaction } from '../../src/platform/transaction.ts'
import type { Answer, TestApp } from '../support/app.ts'
import { addMember, type StaffName } from '../support/app-seed.ts'

export interface ChangeBody {
  readonly id: string
  readonly kind: string
  readonly subjectId: string
  readonly state: string
  readonly content: Record<string, unknown>
}

export const NEW_IBAN = 'NL35MEEN0000000004'
export const account = { kind: 'own-iban', iban: NEW_IBAN, holder: 'Stichting Proef', reason: 'Andere bank' }

/** Answers the open change. */
export async function proposed(api: TestApp, as: StaffName, body: object): Promise<ChangeBody> {
  const answer = await api.ask<ChangeBody>('/v1/changes', { as, body: { reason: 'Dat is nodig', ...body } })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

export const approve = (api: TestApp, as: StaffName, { id }: ChangeBody): Promise<Answer<ChangeBody>> =>
  api.ask<ChangeBody>(`/v1/changes/${id}/approvals`, { as, method: 'POST' })

/** Proposed by one, approved by another. */
export async function agreed(
  api: TestApp,
  by: StaffName,
  body: object,
  approver: StaffName = 'approver',
): Promise<ChangeBody> {
  const answer = await approve(api, approver, await proposed(api, by, body))
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

export const newMember = (api: TestApp, name: string): Promise<string> =>
  inTransaction(api.deps.db, trx => addMember(trx, api.deps.vault, api.organisationId, name, 'operator'))

export const problemOf = (answer: Answer<unknown>): string =>
  String((answer.body as { type?: string }).type ?? answer.status).replace('/problems/', '')

type Statement = readonly [sql: string, values: readonly unknown[]]

/** All in one transaction, as the application's login or as the owner; nothing of it stays. */
export async function raw(
  api: TestApp,
  as: 'app' | 'owner',
  statements: readonly Statement[],
): Promise<void> {
  await api.owner.query('begin')
  try {
    if (as === 'app') await api.owner.query('set local role meent_app')
    for (const [sql, values] of statements) await api.owner.query(sql, [...values])
  } finally {
    await api.owner.query('rollback')
  }
}

/** Refused to both, by a law (or to the application by a right that it does not have). */
export async function refusedToBoth(
  t: Test,
  api: TestApp,
  what: string,
  statements: readonly Statement[],
  codes: readonly string[] = ['MT001'],
): Promise<void> {
  for (const as of ['app', 'owner'] as const) {
    const error = await raw(api, as, statements).then(
      () => undefined,
      (reason: { code?: string }) => reason,
    )
    const allowed = as === 'app' ? [...codes, '42501'] : codes
    t.ok(
      error && allowed.includes(error.code ?? ''),
      `${what}, as ${as}: ${error?.code ?? 'was not refused'}`,
    )
  }
}
