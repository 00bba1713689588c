// What changes pools and keys of programs, and takes the trail out: by the API and by the pages.

import type { TestApp } from '../support/app.ts'
import type { LeavesAnAct } from './leaves-an-act.ts'

const why = { reason: 'Dat is nodig' }

export async function changesOfPoolsAndKeys(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  const terms = { name: 'Nieuw', kind: 'community', area: 'Dorp', monthlyAmount: 10_000 }
  await leavesAnAct('POST /v1/pools', {
    as: 'administrator',
    json: { ...terms, slug: 'nieuw', termMonths: 12, paydayOfMonth: 25, feeBearer: 'pool' },
  })
  await leavesAnAct('POST /v1/pools/:poolId/closures', {
    as: 'administrator',
    params: { poolId: api.pools.other.id },
    json: why,
  })
  const made = JSON.parse(
    await leavesAnAct('POST /v1/keys', {
      as: 'administrator',
      json: { name: 'Boekhouding', scopes: ['bank.read'], ...why },
    }),
  )
  const next = JSON.parse(
    await leavesAnAct('POST /v1/keys/:keyId/rotations', {
      as: 'administrator',
      params: { keyId: made.id },
      json: why,
    }),
  )
  await leavesAnAct('POST /v1/keys/:keyId/endings', {
    as: 'administrator',
    params: { keyId: made.id },
    json: why,
  })
  await leavesAnAct('POST /admin/keys', {
    as: 'administrator',
    form: { name: 'Controle', 'scope-ledger.read': 'yes', poolId: '', days: '30', ...why },
  })
  await leavesAnAct('POST /admin/keys/:keyId/rotations', {
    as: 'administrator',
    params: { keyId: next.id },
    form: { overlapDays: '1', days: '30', rotationReason: why.reason },
  })
  await leavesAnAct('POST /admin/keys/:keyId/endings', {
    as: 'administrator',
    params: { keyId: next.id },
    form: why,
  })
  await leavesAnAct('GET /v1/acts/export?format=csv', { as: 'auditor' })
}
