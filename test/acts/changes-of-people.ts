// What changes people, their roles, whom they help, and what needs two of them: by the API and by the pages.

import { providerKeys } from '../../src/organisations/index.ts'
import { proposed } from '../changes/run.ts'
import type { TestApp } from '../support/app.ts'
import type { LeavesAnAct } from './leaves-an-act.ts'

const reason = 'Dat is nodig'

export async function changesByTwo(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const freeze = { as: 'approver', json: { reason } } as const
  await leavesAnAct('POST /v1/payment-freezes', freeze)
  await leavesAnAct('POST /admin/payment-freezes/lifting', {
    as: 'approver',
    form: { 'reason-lift': reason },
  })
  const lifting = await openChange(api)
  await leavesAnAct('POST /admin/changes/:changeId/approvals', {
    as: 'secondApprover',
    params: { changeId: lifting },
    form: {},
  })
  await leavesAnAct('POST /admin/payment-freezes', { as: 'approver', form: { reason } })
  const json = { kind: 'lift-freeze', reason }
  const lift = JSON.parse(await leavesAnAct('POST /v1/changes', { as: 'approver', json })) as { id: string }
  await leavesAnAct('POST /v1/changes/:changeId/approvals', {
    as: 'secondApprover',
    params: { changeId: lift.id },
  })
  const account = (iban: string) => ({ iban, holder: 'Stichting Proef' })
  await leavesAnAct('POST /admin/bank-account', {
    as: 'treasurer',
    form: { ...account('NL35MEEN0000000004'), reason },
  })
  await leavesAnAct('POST /admin/changes/:changeId/withdrawals', {
    as: 'treasurer',
    params: { changeId: await openChange(api) },
    form: {},
  })
  const asked = { proposedRole: 'approver', proposedReason: reason }
  await leavesAnAct('POST /admin/people/:personId/approving-roles', {
    as: 'administrator',
    params: { personId: api.persons.operator },
    form: asked,
  })
  await leavesAnAct('POST /v1/changes/:changeId/withdrawals', {
    as: 'administrator',
    params: { changeId: await openChange(api) },
  })
  const form = { name: 'Ander', area: 'Elders', feeBearer: 'costs' }
  await leavesAnAct('POST /admin/pools/:slug/terms', {
    as: 'administrator',
    params: { slug: api.pools.open.slug },
    form: { ...form, monthlyAmount: '120', termMonths: '12', paydayOfMonth: '25', reason },
  })
  const rejected = await openChange(api)
  await leavesAnAct('POST /admin/changes/:changeId/rejections', {
    as: 'approver',
    params: { changeId: rejected },
    form: { [`reason-${rejected}`]: reason },
  })
  for (const end of ['rejections', 'withdrawals'] as const) {
    const change = await proposed(api, 'treasurer', { kind: 'own-iban', ...account('NL35MEEN0000000004') })
    await leavesAnAct(`POST /v1/changes/:changeId/${end}`, {
      as: end === 'rejections' ? 'approver' : 'treasurer',
      params: { changeId: change.id },
      json: end === 'rejections' ? { reason } : undefined,
    })
  }
  // As after a start with other keys in the environment; accepted by two, payments go on.
  const secrets = { secretKey: 'sk_test_of_somebody_else', webhookSecret: 'whsec_of_the_test' }
  Object.assign(api.deps.providerKeys, providerKeys(api.deps.db, api.organisationId, 'simulated', secrets))
  await leavesAnAct('POST /admin/provider-keys', { as: 'treasurer', form: { 'reason-keys': reason } })
  await leavesAnAct('POST /v1/changes/:changeId/approvals', {
    as: 'approver',
    params: { changeId: await openChange(api) },
  })
}

async function openChange(api: TestApp): Promise<string> {
  const { rows } = await api.owner.query('select id from changes.changes where decided_at is null')
  return rows[0].id
}

export async function changesOfPeople(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const { rows } = await api.owner.query('select id from enrolments.enrolments limit 1')
  const params = { enrolmentId: rows[0].id as string }
  for (const [name, prefix] of [
    ['Api', '/v1'],
    ['Pagina', '/admin'],
  ] as const) {
    const by = (body: Record<string, string>) => (prefix === '/v1' ? { json: body } : { form: body })
    const as = 'administrator'
    const invited = { name, email: `${name}@meent.example`, locale: 'nl', reason }
    await leavesAnAct(`POST ${prefix}/people`, { as, ...by(invited) })
    const personId = (await api.owner.query('select id from auth.persons where name = $1', [name])).rows[0].id
    await leavesAnAct(`POST ${prefix}/people/:personId/roles`, {
      as,
      params: { personId },
      ...by({ role: 'operator', [prefix === '/v1' ? 'reason' : 'giveReason']: reason }),
    })
    const grant = await api.owner.query('select id from auth.grants where person_id = $1', [personId])
    await leavesAnAct(`POST ${prefix}/people/:personId/roles/:grantId/endings`, {
      as,
      params: { personId, grantId: grant.rows[0].id },
      ...by({ [prefix === '/v1' ? 'reason' : `endReason-${grant.rows[0].id}`]: reason }),
    })
    await leavesAnAct(`POST ${prefix}/people/:personId/roles`, {
      as,
      params: { personId },
      ...by({ role: 'operator', [prefix === '/v1' ? 'reason' : 'giveReason']: reason }),
    })
    const read = prefix === '/v1' ? { reason } : { emailReason: reason }
    await leavesAnAct(`POST ${prefix}/people/:personId/email-readings`, {
      as,
      params: { personId },
      ...by(read),
    })
    await leavesAnAct(`POST ${prefix}/people/:personId/session-endings`, {
      as,
      params: { personId },
      ...by({ [prefix === '/v1' ? 'reason' : 'sessionsReason']: reason }),
    })
    await leavesAnAct(`POST ${prefix}/people/:personId/disablings`, {
      as,
      params: { personId },
      ...by(prefix === '/v1' ? { reason } : { disableReason: reason }),
    })

    const operator = { as: 'operator', params } as const
    await leavesAnAct(`POST ${prefix}/enrolments/:enrolmentId/account-readings`, {
      ...operator,
      ...by({ reason }),
    })
    const address = {
      email: `ontvanger-${name}@elders.example`,
      locale: 'nl',
      [prefix === '/v1' ? 'reason' : 'addressReason']: reason,
    }
    await leavesAnAct(`POST ${prefix}/enrolments/:enrolmentId/sign-in-addresses`, {
      ...operator,
      ...by(address),
    })
    const help = prefix === '/v1' ? 'representations' : 'help'
    await leavesAnAct(`POST ${prefix}/enrolments/:enrolmentId/${help}`, { ...operator, ...by({ reason }) })
    const over = prefix === '/v1' ? '/v1/representation-endings' : '/help-endings'
    await leavesAnAct(`POST ${over}`, { as: 'operator' })
  }
}
