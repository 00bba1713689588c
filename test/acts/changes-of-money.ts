// What changes gifts, enrolments, the month and statements: by the API and by the pages.

import { randomUUID } from 'node:crypto'
import { addDays, localDate } from '../../src/platform/calendar/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { importStatement } from '../../src/reconciliation/index.ts'
import { credit, statementFor } from '../../src/simulation/bank/index.ts'
import { returned } from '../disbursements/returns.ts'
import { actor, cycleOf, fund, recipient } from '../disbursements/run.ts'
import type { TestApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'
import type { LeavesAnAct } from './leaves-an-act.ts'

const formKey = () => ({ idempotencyKey: randomUUID() })
const iban = 'NL35MEEN0000000004'

export async function changesOfGifts(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const pool = { poolId: api.pools.open.id, slug: api.pools.open.slug }
  await leavesAnAct('POST /v1/pools/:poolId/donations', {
    params: pool,
    json: { amount: 2_500, currency: 'EUR' },
  })
  await leavesAnAct('POST /pools/:slug/donations', {
    params: pool,
    form: { ...formKey(), amount: '25', choice: '2500' },
  })
  await fund(api, 1_000_000)
  await recipient(api, iban)
  const person = {
    name: 'Nieuwe Ontvanger',
    birthDate: '1980-05-05',
    iban,
    checkedHow: 'Paspoort gezien',
    reason: 'Geloot',
  }
  await leavesAnAct('POST /v1/pools/:poolId/enrolments', {
    as: 'operator',
    params: pool,
    json: { ...person, firstMonth: '2027-03' },
  })
  await leavesAnAct('POST /admin/pools/:slug/enrolments', {
    as: 'operator',
    params: pool,
    form: { ...formKey(), ...person, firstMonth: '2027-03', livesInArea: 'yes' },
  })
}

/** Decided by one, approved or called off by another: over the API, and by the page. */
export async function changesOfRefunds(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const donationId = await api.give(api.pools.open.id, 10_000)
  await api.give(api.pools.open.id, 10_000)
  await api.liveTo(addDays(localDate(api.deps.clock.now()), 7))
  const reason = 'Gever belde'
  const decided = async (prefix: string) => {
    const route = `POST ${prefix}/donations/:donationId/refunds`
    const asked =
      prefix === '/v1' ? { json: { amount: 500, reason } } : { form: { ...formKey(), amount: '5', reason } }
    await leavesAnAct(route, { as: 'operator', params: { donationId }, ...asked })
    const { rows } = await api.owner.query('select id from donations.refunds order by id desc limit 1')
    return { refundId: rows[0].id as string }
  }
  for (const prefix of ['/v1', '/admin']) {
    const form = prefix === '/v1' ? {} : { form: formKey() }
    const params = await decided(prefix)
    await leavesAnAct(`POST ${prefix}/refunds/:refundId/approvals`, { as: 'approver', params, ...form })
    const other = await decided(prefix)
    const why =
      prefix === '/v1'
        ? { json: { reason } }
        : { form: { ...formKey(), [`reason-${other.refundId}`]: reason } }
    await leavesAnAct(`POST ${prefix}/refunds/:refundId/withdrawals`, {
      as: 'treasurer',
      params: other,
      ...why,
    })
  }
}

export async function changesOfTheMonth(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const pool = { poolId: api.pools.open.id, slug: api.pools.open.slug }
  await leavesAnAct('POST /v1/pools/:poolId/cycles', {
    as: 'operator',
    params: pool,
    json: { month: '2027-04' },
  })
  for (const [prefix, month] of [
    ['/v1', '2027-03'],
    ['/admin', '2027-04'],
  ] as const) {
    const form = () => (prefix === '/v1' ? {} : { form: formKey() })
    const cycleId = await cycleOf(api, month)
    const params = { cycleId }
    await leavesAnAct(`POST ${prefix}/cycles/:cycleId/proposals`, { as: 'operator', params, ...form() })
    await leavesAnAct(`POST ${prefix}/cycles/:cycleId/approvals`, { as: 'approver', params, ...form() })
    await leavesAnAct(`POST ${prefix}/cycles/:cycleId/payment-files`, { as: 'treasurer', params, ...form() })
    const { rows } = await api.owner.query('select id from disbursements.batches where cycle_id = $1', [
      cycleId,
    ])
    const batch = { batchId: rows[0].id }
    const why = { reason: 'Naar de bank' }
    await leavesAnAct(`POST ${prefix}/batches/:batchId/payment-file-readings`, {
      ...{ as: 'treasurer', params: batch },
      ...(prefix === '/v1' ? { json: why } : { form: { fileReason: why.reason } }),
    })
    await leavesAnAct(`POST ${prefix}/batches/:batchId/hand-overs`, {
      as: 'treasurer',
      params: batch,
      ...form(),
    })
  }
}

/** Last, since the bank goes on from a statement that it never gave. */
export async function changesOfReturns(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const day = '2027-05-10'
  await api.liveTo(day)
  for (const [prefix, month] of [
    ['/v1', '2027-03'],
    ['/admin', '2027-04'],
  ] as const) {
    const cycleId = await cycleOf(api, month)
    await importStatement(api.deps, actor(api, 'treasurer'), await returned(api, cycleId, day))
    await leavesAnAct(`POST ${prefix}/cycles/:cycleId/retry-approvals`, {
      ...{ as: 'approver', params: { cycleId } },
      ...(prefix === '/v1' ? {} : { form: formKey() }),
    })
  }
}

export async function changesOfStatements(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  await leavesAnAct('POST /v1/demonstration-clock-moves', { as: 'operator', json: { to: 'next-day' } })
  await leavesAnAct('POST /demonstration/clock', { as: 'operator', form: { to: 'next-day' } })
  await leavesAnAct('POST /v1/bank-statements', { as: 'treasurer', xml: await nextStatement(api, 1) })
  const form = { statement: await nextStatement(api, 2) }
  await leavesAnAct('POST /admin/statements', { as: 'treasurer', form })
  const resolution = async () => ({
    ...{ entryKey: await inSuspense(api), poolId: api.pools.open.id, reason: 'Uitgezocht' },
  })
  await leavesAnAct('POST /v1/suspense-resolutions', { as: 'treasurer', json: await resolution() })
  await leavesAnAct('POST /admin/suspense-resolutions', {
    as: 'treasurer',
    form: { ...formKey(), ...(await resolution()) },
  })
}

/** Of money that just came in, and that nobody recognises. */
async function inSuspense(api: TestApp): Promise<string> {
  const now = api.deps.clock.now()
  const reference = `onbekend-${randomUUID().slice(0, 8)}`
  await inTransaction(api.deps.db, async trx => {
    const transfer = {
      iban: OWN_IBAN,
      amount: 500n,
      bookedOn: localDate(now),
      counterparty: { name: 'Iemand' },
    }
    await credit(trx, { ...transfer, remittance: 'zomaar', reference, now })
  })
  const xml = await nextStatement(api, 5)
  await importStatement(api.deps, { kind: 'system' }, xml)
  return `${api.bankAccountId}/${reference}`
}

/** The next statement of our account at the simulated bank. */
async function nextStatement(api: TestApp, days: number): Promise<string> {
  const now = api.deps.clock.now()
  const to = addDays(localDate(now), days)
  return inTransaction(api.deps.db, trx => statementFor(trx, { iban: OWN_IBAN, from: to, to, now }))
}
