/** A monthly gift from its start to its end: each instalment a donation of its own, whatever became of it at the provider. */
import t from 'tap'
import { postTransactions, readMonthlyGifts } from '../../src/donations/index.ts'
import { ProviderUnknown } from '../../src/donations/provider.ts'
import { poolTotals } from '../../src/ledger/index.ts'
import { waitingLetters } from '../../src/mail/index.ts'
import { liveOn } from '../../src/simulation/index.ts'
import { DONOR, signedIn } from '../donors/run.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { begin, broken, dayByDay, instalments, letterKinds, payFirst, startMonthly } from './monthly-run.ts'

t.setTimeout(240_000)

/** Whoever proved this address, asking the API. */
async function donor(api: TestApp, email = DONOR) {
  const { cookies } = await signedIn(api, email)
  const headers = { cookie: [...cookies].map(pair => pair.join('=')).join('; ') }
  const mine = async () =>
    (
      await api.ask<{ monthlyGifts: { id: string; state: string; openChange: string | null }[] }>(
        '/v1/monthly-gifts',
        { headers },
      )
    ).body.monthlyGifts
  const change = (id: string, body: object, key?: string) =>
    api.ask(`/v1/monthly-gifts/${id}/changes`, { headers, body, ...(key ? { key } : {}) })
  const accountPage = (id: string) =>
    api.ask(`/v1/monthly-gifts/${id}/account-pages`, { method: 'POST', headers })
  return { mine, change, accountPage }
}

await t.test('every month a donation, split as it was asked, with its letters', async t => {
  const api = await testApp(t)
  const id = await begin(api)
  await dayByDay(api, '2027-05-03')
  t.strictSame(await instalments(api, id), [
    '2027-03-01 2500+100 gift',
    '2027-04-01 2500+100 gift',
    '2027-05-01 2500+100 gift',
  ])
  const { rows } = await api.owner.query(
    'select method, kind from donations.provider_transactions order by created_at',
  )
  t.strictSame(
    rows.filter(({ kind }) => kind === 'gift').map(({ method }) => method),
    ['ideal', 'sepa_debit', 'sepa_debit'],
    'after a bank payment the account is debited',
  )
  t.strictSame(
    (await letterKinds(api)).filter(kind => /^(monthly|debit)/.test(kind)),
    ['monthly-gift-confirmed', 'debit-coming', 'debit-coming'],
    'confirmed once, each debit announced once',
  )
  const announced = (await waitingLetters(api.deps)).find(({ letter }) =>
    /2027-05-01|1 mei 2027/.test(letter.subject),
  )
  t.equal(announced?.to, DONOR)
  t.ok(announced && announced.queuedAt < new Date('2027-04-29T00:00:00Z'), 'two days or more before')
  t.match(announced?.letter.subject, /26,00/)
  t.match(announced?.letter.after?.join(' '), /machtiging: [0-9A-Z]{16}/)
  t.equal(announced?.letter.stop, undefined, 'not to be stopped but by stopping the gift')
  t.strictSame(await broken(api), [])
})

await t.test('an address is needed, and the refusal names the field', async t => {
  const api = await testApp(t)
  const path = `/v1/pools/${api.pools.open.id}/monthly-gifts`
  const answer = await api.ask(path, { body: { amount: 2_500, currency: 'EUR' } })
  t.match(answer, {
    status: 400,
    body: { type: '/problems/monthly-needs-email', errors: [{ field: 'email' }] },
  })
  const again = await api.ask(path, { body: { amount: 2_500, currency: 'EUR', email: 'nobody' } })
  t.match(again, { status: 400, body: { errors: [{ field: 'email' }] } })
  t.equal((await api.owner.query('select from donations.monthly_gifts')).rowCount, 0)
})

await t.test('only its donor sees and changes it', async t => {
  const api = await testApp(t)
  const id = await begin(api)
  const [me, other] = [await donor(api), await donor(api, 'ander@thuis.example')]
  t.match(await me.mine(), [{ id, state: 'active' }])
  t.strictSame(await other.mine(), [])
  t.equal((await other.change(id, { what: 'stop' })).status, 404)
  t.equal((await other.accountPage(id)).status, 404)
  t.equal((await api.ask('/v1/monthly-gifts')).status, 401)
  t.match(await me.accountPage(id), { status: 201, body: { url: /simulated-account\/bps_/ } })
})

await t.test('another amount counts from the next instalment on', async t => {
  const api = await testApp(t)
  const id = await begin(api)
  const me = await donor(api)
  t.match(await me.change(id, { what: 'change-amount', amount: 99 }), { status: 400 })
  t.match(await me.change(id, { what: 'pause', amount: 500 }), { status: 400 })
  t.match(await me.change(id, { what: 'change-amount', amount: 4_000 }, 'the-same-key'), {
    status: 200,
    body: { amount: 4_000, costsShare: 100 },
  })
  t.match(await me.change(id, { what: 'change-amount', amount: 4_000 }, 'the-same-key'), { status: 200 })
  await dayByDay(api, '2027-04-02')
  t.strictSame(await instalments(api, id), ['2027-03-01 2500+100 gift', '2027-04-01 4000+100 gift'])
  const { rows } = await api.owner.query(
    "select action, detail from acts.acts where action = 'monthly-gift.change-amount'",
  )
  t.match(rows, [{ detail: { from: '2500', to: '4000' } }], 'one act')
  t.strictSame(await broken(api), [])
})

await t.test('paused nothing is taken, resumed it goes on, stopped it is over', async t => {
  const api = await testApp(t)
  const id = await begin(api)
  const me = await donor(api)
  t.match(await me.change(id, { what: 'pause' }), { status: 200, body: { state: 'paused', nextAt: null } })
  await dayByDay(api, '2027-04-03')
  t.match(await me.change(id, { what: 'resume' }), { status: 200, body: { state: 'active' } })
  await dayByDay(api, '2027-05-03')
  t.match(await me.change(id, { what: 'stop' }), { status: 200, body: { state: 'stopped', nextAt: null } })
  t.match(await me.change(id, { what: 'resume' }), {
    status: 409,
    body: { type: '/problems/monthly-gift-not-running' },
  })
  await dayByDay(api, '2027-06-03')
  t.strictSame(await instalments(api, id), ['2027-03-01 2500+100 gift', '2027-05-01 2500+100 gift'])
  t.equal(
    (await letterKinds(api)).filter(kind => kind === 'debit-coming').length,
    1,
    'nothing is announced that does not come',
  )
  t.strictSame(await broken(api), [])
})

await t.test('a debit that bounces is a donation that failed; the next try is one of its own', async t => {
  const api = await testApp(t)
  const id = await begin(api, { amount: 6_664, costsShare: 0 })
  await dayByDay(api, '2027-04-09')
  const me = await donor(api)
  t.match(await me.mine(), [{ state: 'payment-failing' }])
  await dayByDay(api, '2027-04-25')
  t.match(await me.mine(), [{ state: 'active', instalments: 2 }])
  t.strictSame(await instalments(api, id), [
    '2027-03-01 6664+0 gift',
    '2027-04-01 6664+0 gift gift-failed',
    '2027-04-11 6664+0 gift',
  ])
  t.equal((await letterKinds(api)).filter(kind => kind === 'debit-failed').length, 1)
  t.strictSame(await broken(api), [])
})

await t.test('whoever still gives every month is not erased before that stopped', async t => {
  const api = await testApp(t)
  const id = await begin(api)
  const erase = () =>
    api.owner.query(
      'update donors.donors set email_sealed = null, email_fingerprint = null, erased_at = now()',
    )
  await t.rejects(erase(), /stopped before its donor is erased/)
  const who = await signedIn(api)
  t.equal(
    (await who.post('/my-gifts/erasures', { sure: 'yes', idempotencyKey: 'erase-me-please' })).status,
    409,
  )
  await who.post(`/my-monthly-gifts/${id}/endings`, { idempotencyKey: 'stop-it-please' })
  t.equal((await api.owner.query("select from donations.monthly_gifts where state = 'stopped'")).rowCount, 1)
  await erase()
  t.equal(
    (await api.owner.query('select from donors.monthly_gifts')).rowCount,
    0,
    'and nobody knows whose it was',
  )
})

await t.test('one that never works stops by itself', async t => {
  const api = await testApp(t)
  const id = await begin(api, { amount: 6_665, costsShare: 0 }, 'card')
  await dayByDay(api, '2027-04-20')
  t.match(await (await donor(api)).mine(), [{ state: 'stopped' }])
  t.strictSame(await instalments(api, id), ['2027-03-01 6665+0 gift'])
  t.strictSame(await broken(api), [])
})

await t.test('what was ended or changed at the provider itself is learnt, without any event too', async t => {
  const api = await testApp(t)
  await begin(api)
  const { provider, db } = api.deps
  const {
    monthlyGifts: [it],
  } = await provider.listMonthlyGifts({})
  const subscriptionId = it?.subscriptionId ?? ''
  await provider.changeMonthlyGift({ what: 'pause', subscriptionId, idempotencyKey: 'elsewhere-1' })
  await readMonthlyGifts(api.deps)
  const me = await donor(api)
  t.match(await me.mine(), [{ state: 'paused' }])
  await provider.changeMonthlyGift({ what: 'stop', subscriptionId, idempotencyKey: 'elsewhere-2' })
  await db.updateTable('simulation.events').set({ type: 'of.another.kind' }).execute()
  await readMonthlyGifts(api.deps)
  t.match(await me.mine(), [{ state: 'paused' }], 'nobody told')
  await readMonthlyGifts(api.deps, { all: true })
  t.match(await me.mine(), [{ state: 'stopped' }], 'the night finds it')
})

await t.test('an answer that was lost is looked up, and nothing is asked twice', async t => {
  const api = await testApp(t)
  const id = await begin(api)
  const me = await donor(api)
  const { provider } = api.deps
  const real = provider.changeMonthlyGift
  const keys: string[] = []
  const lose = (reached: boolean) => {
    provider.changeMonthlyGift = async change => {
      keys.push(change.idempotencyKey)
      if (reached) await real(change)
      throw new ProviderUnknown({ message: 'time-out' })
    }
  }
  lose(false)
  t.match(await me.change(id, { what: 'pause' }), {
    status: 200,
    body: { state: 'active', openChange: 'pause' },
  })
  t.match(await me.change(id, { what: 'stop' }), {
    status: 409,
    body: { type: '/problems/monthly-change-open' },
  })
  lose(true)
  await liveOn(api.deps, api.world)
  t.match(await me.mine(), [{ openChange: 'pause' }], 'nobody knows')
  provider.changeMonthlyGift = real
  await liveOn(api.deps, api.world)
  t.match(await me.mine(), [{ state: 'paused', openChange: null }], 'found')
  t.equal(new Set(keys).size, 1, 'always under one key')
  t.equal((await api.owner.query('select from donations.monthly_changes')).rowCount, 1)
  lose(true)
  t.match(await me.change(id, { what: 'resume' }), { body: { openChange: 'resume' } })
  provider.changeMonthlyGift = async () => t.fail('asked again') as never
  await liveOn(api.deps, api.world)
  t.match(await me.mine(), [{ state: 'active', openChange: null }], 'it had happened')
})

await t.test(
  'killed after the provider was asked and before that was stored: the same request goes on',
  async t => {
    const api = await testApp(t)
    const { provider } = api.deps
    const real = provider.createMonthlyCheckout
    provider.createMonthlyCheckout = async input => {
      await real(input)
      throw new Error('killed')
    }
    const path = `/v1/pools/${api.pools.open.id}/monthly-gifts`
    const question = { body: { amount: 2_500, currency: 'EUR', email: DONOR }, key: 'one-and-the-same' }
    t.equal((await api.ask(path, question)).status, 500)
    provider.createMonthlyCheckout = real
    const started = await api.ask<{ monthlyGift: { id: string }; checkoutUrl: string }>(path, question)
    t.equal(started.status, 201)
    t.equal((await api.owner.query('select from simulation.checkout_sessions')).rowCount, 1)
    t.equal((await api.owner.query('select from donations.monthly_gifts')).rowCount, 1)
    await payFirst(api, started.body)
    const { getInstalment } = provider
    provider.getInstalment = async () => Promise.reject(new Error('killed'))
    await t.rejects(postTransactions(api.deps), /killed/)
    provider.getInstalment = getInstalment
    await Promise.all(Array.from({ length: 6 }, () => postTransactions(api.deps)))
    t.strictSame(
      await instalments(api, started.body.monthlyGift.id),
      ['2027-03-01 2500+0 gift'],
      'also when six read at once',
    )
  },
)

await t.test(
  'what is no instalment of ours for certain is parked, and no donation is made of it',
  async t => {
    const api = await testApp(t)
    const { provider } = api.deps
    const real = provider.getInstalment
    const wrong: Partial<Awaited<ReturnType<typeof real>>>[] = [
      { monthlyGiftId: '0192f0c0-0000-7000-8000-0000000000ff' },
      { monthlyGiftId: 'x' },
      { organisationId: '99' },
      { amounts: null },
      { amounts: { amount: 2_600n, costsShare: 100n } },
    ]
    for (const change of wrong) {
      provider.getInstalment = async id => {
        const said = await real(id)
        return said && { ...said, ...change }
      }
      const started = await startMonthly(api)
      await payFirst(api, started)
      await postTransactions(api.deps)
      t.strictSame(await instalments(api, started.id), [])
    }
    provider.getInstalment = async () => null
    const started = await startMonthly(api)
    await payFirst(api, started)
    await postTransactions(api.deps)
    t.strictSame(await instalments(api, started.id), [])
    const { rows } = await api.owner.query('select parked from donations.provider_transactions')
    t.equal(rows.length, 6)
    t.ok(rows.every(({ parked }) => parked))
    t.equal((await poolTotals(api.deps.db, api.organisationId, api.pools.open.id))['fund-pending'], 0n)
  },
)

t.test(
  'one that was just begun may still be paid: until then nobody is erased, as the debit would be nobody’s',
  async t => {
    const api = await testApp(t)
    const email = 'begonnen@thuis.example'
    await startMonthly(api, { email })
    const donor = await signedIn(api, email)
    t.equal((await donor.post('/my-gifts/erasures', {})).status, 409)
    api.setClock(new Date(api.deps.clock.now().getTime() + 2 * 86_400_000 + 1_000))
    const later = await signedIn(api, email)
    t.equal((await later.post('/my-gifts/erasures', {})).status, 303)
  },
)
