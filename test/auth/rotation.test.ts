// Rotating SECRETS: with the old one behind it everything still opens; after `reseal` nothing needs the old one, also
// when it was broken off in the middle; and somebody with an authenticator still comes in.

import t, { type Test } from 'tap'
import { createEngines, signInForDemonstration } from '../../src/auth/index.ts'
import type { Deps } from '../../src/deps.ts'
import { createVault, deriveSecrets } from '../../src/platform/vault.ts'
import { resealEverything } from '../../src/reseal.ts'
import { cycleOf, fund, recipient } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { codeOf, withAuthenticator } from './authenticator.ts'
import { signInMail } from './mailbox.ts'

const OLD = 'an old secret of the tests, of no value'
const NEW = 'a new secret of the tests, of no value'

/** The same installation, started with these secrets. */
const startedWith = (deps: Deps, secrets: readonly string[]): Deps =>
  Object.assign(deps, {
    vault: createVault(secrets),
    engines: createEngines({ secrets: deriveSecrets(secrets, 'sign-in'), name: 'Meent', oidc: undefined }),
  })

const api = await testApp(t, { secrets: [OLD] })
const { organisationId } = api
await fund(api, 500_000)
await recipient(api, 'NL35MEEN0000000004')
const { key } = await withAuthenticator(api, 'auditor@meent.example')
const cycleId = await cycleOf(api, '2027-03')
await api.ask(`/v1/cycles/${cycleId}/proposals`, { as: 'operator', method: 'POST' })
await api.ask(`/v1/cycles/${cycleId}/approvals`, { as: 'approver', method: 'POST' })
const made = await api.ask<{ batches: { id: string }[] }>(`/v1/cycles/${cycleId}/payment-files`, {
  as: 'operator',
  method: 'POST',
})
const batchId = made.body.batches[0]?.id ?? ''

/** All that is sealed, opened the way people open it. */
async function everythingOpens(t: Test, step: number): Promise<void> {
  const { token } = await signInForDemonstration(api.deps, api.persons.operator, { requestId: 'test' })
  const file = await api.ask(`/v1/batches/${batchId}/payment-file-readings`, {
    headers: { authorization: `Bearer ${token}` },
    body: { reason: 'Proef' },
  })
  t.match(file, { status: 200, body: { text: /NL35MEEN0000000004/ } }, 'the archived file')
  const who = visitor(api)
  await who.post('/sign-in', { email: 'auditor@meent.example' })
  t.match(
    await who.post('/sign-in/code', { code: (await signInMail(api, 'auditor@meent.example')).code }),
    { status: 303 },
    'the address is known',
  )
  const shown = await who.post('/sign-in/second-factor', { code: await codeOf(key, step), next: '/admin' })
  t.match(shown, { status: 303, to: /^\/admin/ }, 'the authenticator works')
  const people = await api.owner.query(
    'select count(*)::int as n from auth.persons where email_sealed is not null',
  )
  t.ok(people.rows[0].n > 5)
}

t.test('with the new secret in front and the old one behind, nothing changes', async t => {
  startedWith(api.deps, [NEW, OLD])
  await everythingOpens(t, 0)
})

t.test('broken off in the middle, everything still opens, and the next run finishes', async t => {
  const broken = {
    ...api.deps,
    vault: {
      ...api.deps.vault,
      encrypt: () => {
        throw new Error('killed')
      },
    },
  } as Deps
  await t.rejects(resealEverything(broken), /killed/)
  const first = await resealEverything(api.deps)
  t.ok(
    first.recipients === 1 && first.documents && first.addresses && first.authenticators === 1,
    JSON.stringify(first),
  )
  const second = await resealEverything(api.deps)
  t.strictSame(
    second,
    { recipients: 0, donors: 0, documents: 0, addresses: 0, authenticators: 0 },
    'again: nothing left',
  )
})

t.test('and then the old secret is not needed any more', async t => {
  startedWith(api.deps, [NEW])
  await everythingOpens(t, 1)
})

t.test('a document is sealed anew and never changed', async t => {
  const refused = (set: string) =>
    t.rejects(api.owner.query(`update archive.documents set ${set}`), { code: 'MT001' }, set)
  await refused("kind = 'bank-statement', sha256 = sha256('x')")
  await refused("keep_until = '2020-01-01'")
  await t.rejects(
    api.deps.db
      .updateTable('archive.documents')
      .set({ bodyEncrypted: Buffer.from('x') })
      .execute(),
    { code: '42501' },
    'nor by the application without stepping into its role',
  )
  t.ok(organisationId)
})
