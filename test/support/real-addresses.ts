// The address of any route with ids of things that are there, and somebody with every role to ask it: so that the answer is the
// whole one, and no refusal.

import { grantRole, roles, signInForDemonstration } from '../../src/auth/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { signInMail } from '../auth/mailbox.ts'
import { approved, fund, recipient, sent } from '../disbursements/run.ts'
import type { TestApp } from './app.ts'
import { addMember } from './app-seed.ts'
import type { Route } from './routes.ts'
import { visitor } from './visitor.ts'

export interface RealAddresses {
  addressOf(route: Route): string
  /** Of a session of somebody with every role, a recipient too. */
  readonly token: string
  /** The recipient's, which stand in no answer but the payment file. */
  readonly iban: string
}

/** What a route asks beside its ids. */
const queries: Readonly<Record<string, string>> = { '/v1/acts/export': '?format=csv' }

export async function realAddresses(api: TestApp): Promise<RealAddresses> {
  const { db, vault } = api.deps
  const { open } = api.pools
  const iban = 'NL35MEEN0000000004'
  await fund(api, 1_000_000)
  const enrolmentId = await recipient(api, iban)
  const batchId = await sent(api, await approved(api, '2027-03'))
  await visitor(api).post('/sign-in', { email: 'donor@meent.example' })
  const { link } = await signInMail(api, 'donor@meent.example')
  const body = { amount: 1_000, currency: 'EUR' }
  const gift = await api.ask<{ receiptToken: string; checkoutUrl: string }>(
    `/v1/pools/${open.id}/donations`,
    { body },
  )
  const personId = await inTransaction(db, async trx => {
    const id = await addMember(trx, vault, api.organisationId, 'van-alles', 'donor')
    for (const role of roles.filter(each => each !== 'donor'))
      await grantRole(trx, api.organisationId, { personId: id, role, grantedBy: null })
    return id
  })
  await api.owner.query('update auth.persons set enrolment_id = $1 where id = $2', [enrolmentId, personId])
  const { token } = await signInForDemonstration(api.deps, personId, { requestId: 'test' })
  const one = async (query: string) => String((await api.owner.query<{ id: unknown }>(query)).rows[0]?.id)
  const last = (url: string) => url.split('/').at(-1) ?? ''
  const values: Readonly<Record<string, string>> = {
    ...{ poolId: open.id, slug: open.slug, file: 'meent.css', enrolmentId, batchId, personId },
    receiptToken: gift.body.receiptToken,
    sessionId: last(gift.body.checkoutUrl),
    signInToken: last(link),
    accountId: await one('select id from ledger.accounts limit 1'),
    entryId: await one('select id from ledger.entries limit 1'),
    cycleId: await one('select id from disbursements.cycles where approved_at is not null'),
    letterId: await one('select id from mail.outbox limit 1'),
  }
  return {
    ...{ token, iban },
    addressOf: ({ url }) =>
      url.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '019a0000-0000-7000-8000-000000000001') +
      (queries[url] ?? ''),
  }
}
