// Giving with an address: it belongs to whoever proves it, and who is known here shows nowhere.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { personIdOfEmail } from '../../src/auth/index.ts'
import { postTransactions } from '../../src/donations/index.ts'
import { donorIdOfPerson, giftsOfDonor } from '../../src/donors/index.ts'
import { limits } from '../../src/platform/rate-limits/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { DONOR, pay, signedIn, start } from './run.ts'

const api = await testApp(t)
const { deps, organisationId } = api

const giftsOf = async (email: string) => {
  const personId = await personIdOfEmail(deps.db, deps.vault, organisationId, email)
  if (!personId) return null
  return inTransaction(deps.db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, personId)
    return donorId && giftsOfDonor(trx, organisationId, donorId)
  })
}

t.test('whoever proves the address sees its gifts, however it was written, and nobody else does', async t => {
  const first = await start(api)
  const second = await start(api, { email: ` ${DONOR.toUpperCase()} `, nickname: 'Buurvrouw' })
  const other = await start(api, { email: 'ander@thuis.example' })
  t.equal(await giftsOf(DONOR), null, 'nobody signed in yet')
  await signedIn(api)
  t.strictSame(await giftsOf(DONOR), [second.donationId, first.donationId])
  await signedIn(api, 'ander@thuis.example')
  t.strictSame(await giftsOf('ander@thuis.example'), [other.donationId])
  await signedIn(api, 'derde@thuis.example')
  t.equal(await giftsOf('derde@thuis.example'), null)
})

t.test('an address that is known here is answered as any other', async t => {
  const shape = async (email: string) => {
    const answer = await api.ask(`/v1/pools/${api.pools.open.id}/donations`, {
      body: { amount: 2_500, currency: 'EUR', email },
    })
    return {
      status: answer.status,
      keys: Object.keys(answer.body),
      donation: Object.keys(answer.body.donation as object),
    }
  }
  t.strictSame(await shape(DONOR), await shape(`${randomUUID()}@nieuw.example`))
})

t.test('what is not one plain address is refused at its field, and nothing is kept', async t => {
  const before = await everything(api.owner)
  for (const email of [
    'gever',
    'a@b',
    'a@b.nl, c@d.nl',
    '"a b"@c.nl',
    'a@b.nl\r\nBcc: c@d.nl',
    `${'a'.repeat(65)}@b.nl`,
    '<script>@b.nl',
  ]) {
    const answer = await api.ask<{ errors: { field: string }[] }>(
      `/v1/pools/${api.pools.open.id}/donations`,
      {
        body: { amount: 2_500, currency: 'EUR', email },
      },
    )
    t.match(answer, { status: 400, body: { errors: [{ field: 'email' }] } }, email)
  }
  t.strictSame(await everything(api.owner), before)
})

t.test('the same key with another address is another request', async t => {
  const key = randomUUID()
  const ask = (email?: string) =>
    api.ask(`/v1/pools/${api.pools.open.id}/donations`, {
      key,
      body: { amount: 2_500, currency: 'EUR', ...(email ? { email } : {}) },
    })
  t.equal((await ask(DONOR)).status, 201)
  t.equal((await ask(DONOR)).status, 201)
  t.match(await ask('ander@thuis.example'), { status: 422 })
  t.match(await ask(), { status: 422 })
})

t.test('two who give at once under a new address are one donor', async t => {
  const email = 'samen@thuis.example'
  const gifts = await Promise.all(Array.from({ length: 6 }, () => start(api, { email })))
  await signedIn(api, email)
  t.strictSame(
    await giftsOf(email),
    gifts
      .map(({ donationId }) => donationId)
      .sort()
      .reverse(),
  )
})

t.test('that money came is marked once, of the gift that was paid', async t => {
  const [paid, unpaid] = [await start(api), await start(api)]
  await pay(api, paid)
  await postTransactions(deps)
  const marks = async () =>
    (
      await api.owner.query(
        'select donation_id, received_at from donors.gifts where donation_id = any ($1)',
        [[paid.donationId, unpaid.donationId]],
      )
    ).rows.filter(({ received_at }) => received_at !== null)
  const first = await marks()
  t.strictSame(
    first.map(({ donation_id }) => donation_id),
    [paid.donationId],
  )
  await api.liveTo('2027-03-04')
  await postTransactions(deps, { rereadDays: 7 })
  t.strictSame(await marks(), first)
})

t.test('gifts in the name of one mailbox are limited, whatever stands behind a plus', async t => {
  const give = { ...limits.give, quotas: { ...limits.give.quotas, address: { points: 3, seconds: 3600 } } }
  const limited = await testApp(t, { limits: { ...limits, give } })
  const seen: number[] = []
  for (let turn = 0; turn < 4; turn += 1) {
    const answer = await limited.ask(`/v1/pools/${limited.pools.open.id}/donations`, {
      body: { amount: 2_500, currency: 'EUR', email: `gever+${turn}@thuis.example` },
    })
    seen.push(answer.status)
  }
  t.strictSame(seen, [201, 201, 201, 429])
})
