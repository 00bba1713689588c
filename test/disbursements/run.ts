// A month in few words, for tests of what happens in it: money in the bank, recipients, and a cycle from plan to bank.

import { randomUUID } from 'node:crypto'
import {
  approveCycle,
  cyclesOf,
  handOver,
  makePaymentFile,
  payouts,
  planCycles,
  proposeCycle,
} from '../../src/disbursements/index.ts'
import { enrol } from '../../src/enrolments/index.ts'
import type { TestApp } from '../support/app.ts'
import type { StaffName } from '../support/app-seed.ts'

export const actor = (api: TestApp, name: StaffName) => ({ kind: 'person', id: api.persons[name] }) as const
const key = () => randomUUID()

/** Gives, and lets time pass until the gift is in the bank: a Friday, with the usual start. */
export async function fund(api: TestApp, amount: number, arrivesOn = '2027-03-05'): Promise<void> {
  await api.give(api.pools.open.id, amount)
  await api.liveTo(arrivesOn)
}

/** Answers the id of the enrolment. */
export async function recipient(api: TestApp, iban: string, firstMonth = '2027-03'): Promise<string> {
  const enrolment = await enrol(api.deps, actor(api, 'operator'), {
    poolId: api.pools.open.id,
    name: 'Proef Ontvanger',
    birthDate: '1980-05-05',
    iban,
    firstMonth,
    checkedHow: 'Paspoort gezien',
    reason: 'Geloot',
    idempotencyKey: key(),
  })
  return enrolment.id
}

/** By month, the payday of each cycle of the pool. */
export async function paydays(api: TestApp): Promise<Record<string, string>> {
  const cycles = await cyclesOf(api.deps.db, api.organisationId, api.pools.open.id)
  return Object.fromEntries(cycles.toReversed().map(({ month, payday }) => [month, payday]))
}

export async function cycleOf(api: TestApp, month: string): Promise<string> {
  await planCycles(api.deps)
  const cycles = await cyclesOf(api.deps.db, api.organisationId, api.pools.open.id)
  return cycles.find(each => each.month === month)?.id ?? ''
}

/** Proposed by one, approved by another. */
export async function approved(api: TestApp, month: string): Promise<string> {
  const cycleId = await cycleOf(api, month)
  await proposeCycle(api.deps, actor(api, 'operator'), { cycleId, idempotencyKey: key() })
  await approveCycle(api.deps, actor(api, 'approver'), { cycleId, idempotencyKey: key() })
  return cycleId
}

export async function sent(api: TestApp, cycleId: string): Promise<string> {
  const batchId = await makePaymentFile(api.deps, actor(api, 'operator'), { cycleId, idempotencyKey: key() })
  await handOver(api.deps, actor(api, 'operator'), { batchId, idempotencyKey: key() })
  return batchId
}

/** By enrolment, what became of its payout: 'returned AC04'. */
export async function outcomes(api: TestApp, cycleId: string): Promise<Record<string, string>> {
  const its = await payouts(api.deps.db, api.organisationId, { cycleId })
  return Object.fromEntries(its.map(each => [each.enrolmentId, `${each.state} ${each.reason ?? ''}`.trim()]))
}

/** The same by eight at once. */
export const eight = <Result>(work: (index: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: 8 }, (_, index) => work(index)))
export const succeeded = (settled: PromiseSettledResult<unknown>[]) =>
  settled.filter(each => each.status === 'fulfilled').length
/** The codes of those that were refused. */
export const refusals = (settled: PromiseSettledResult<unknown>[]) => [
  ...new Set(settled.flatMap(each => (each.status === 'rejected' ? each.reason.code : []))),
]
