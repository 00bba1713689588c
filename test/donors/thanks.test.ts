// Thanks with the receipt: once for each gift for which money came, whatever comes twice, late or at once; and stopped in one click.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { makeAvailable, postTransactions, thankDonors } from '../../src/donations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { credit } from '../../src/simulation/bank/index.ts'
import { lettersTo } from '../auth/mailbox.ts'
import { testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'
import { visitor } from '../support/visitor.ts'
import { DONOR, pay, start } from './run.ts'

const api = await testApp(t)
const { deps } = api

/** Kinds of all but the letters to sign in. */
const kinds = async (email = DONOR) =>
  (await lettersTo(api, email))
    .map(({ letter }) => letter.subject)
    .filter(subject => !/Inloggen|Sign in/.test(subject))
const stopPath = async (email = DONOR) =>
  new URL((await lettersTo(api, email))[0]?.letter.stop ?? '').pathname

t.test('a gift that was not paid gets no letter, and one that was gets one', async t => {
  const gift = await start(api, { costsShare: 100 })
  await thankDonors(deps)
  t.strictSame(await kinds(), [])
  await pay(api, gift)
  await postTransactions(deps)
  t.equal(await thankDonors(deps), 1)
  const [letter] = await lettersTo(api, DONOR)
  t.match(letter, {
    locale: 'nl',
    letter: {
      subject: /^Dank u wel voor uw donatie aan /,
      action: { url: `http://meent.test/receipts/${gift.receiptToken}` },
      stop: /^http:\/\/meent\.test\/letters\/stop\//,
    },
  })
  const words = letter?.letter.paragraphs.join(' ') ?? ''
  for (const amount of ['26,00', '25,00', '1,00']) t.ok(words.includes(amount), amount)
  t.match(await api.ask(`/receipts/${gift.receiptToken}`), { status: 200 }, 'its button leads to the receipt')
})

t.test('again, late, at once: still one', async t => {
  await postTransactions(deps, { rereadDays: 7 })
  await Promise.all(Array.from({ length: 6 }, () => thankDonors(deps)))
  await api.liveTo('2027-03-05')
  await makeAvailable(deps)
  await thankDonors(deps)
  t.equal((await kinds()).length, 1)
  const second = await start(api)
  await pay(api, second)
  await Promise.all([postTransactions(deps), postTransactions(deps), thankDonors(deps)])
  await Promise.all(Array.from({ length: 6 }, () => thankDonors(deps)))
  t.equal((await kinds()).length, 2)
})

t.test(
  'a transfer that arrives is thanked for too, in the donor’s language, and a second one is not',
  async t => {
    const email = 'overmaker@thuis.example'
    const gift = await start(api, { email, method: 'bank-transfer', locale: 'en' })
    const arrives = (amount: bigint) => {
      const now = deps.clock.now()
      return inTransaction(deps.db, trx =>
        credit(trx, {
          ...{ iban: OWN_IBAN, amount, now, bookedOn: now.toISOString().slice(0, 10) },
          ...{ counterparty: { name: 'Iemand' }, remittance: gift.reference ?? '' },
        }),
      )
    }
    await arrives(2_000n)
    await api.liveTo('2027-03-08')
    await thankDonors(deps)
    t.match(await lettersTo(api, email), [{ locale: 'en', letter: { subject: /^Thank you/ } }])
    const [letter] = await lettersTo(api, email)
    t.ok(letter?.letter.paragraphs.join(' ').includes('€20.00'), 'what came, not what was announced')
    await arrives(500n)
    await api.liveTo('2027-03-10')
    await thankDonors(deps)
    t.equal((await kinds(email)).length, 1)
  },
)

t.test('the letter and that it was sent are there together or not at all', async t => {
  const email = 'halverwege@thuis.example'
  const gift = await start(api, { email })
  await pay(api, gift)
  await postTransactions(deps)
  // The outbox takes nothing: what was claimed for this gift goes back with it.
  await api.owner.query('revoke insert on mail.outbox from meent_app')
  await t.rejects(thankDonors(deps))
  const left = `select thanked_at, (select count(*) from donors.letters l where l.about = donation_id::text)::int as told
                  from donors.gifts where donation_id = $1`
  t.strictSame((await api.owner.query(left, [gift.donationId])).rows, [{ thanked_at: null, told: 0 }])
  await api.owner.query(
    `grant insert (organisation_id, id, kind, locale, sealed, queued_at, expires_at, next_attempt_at) on mail.outbox to meent_app`,
  )
  t.equal(await thankDonors(deps), 1)
})

t.test('opening the link changes nothing; its button stops this kind, and only this one', async t => {
  const path = await stopPath()
  const before = await everything(api.owner)
  t.match(await visitor(api).get(path), { status: 200, text: 'Stuur me deze niet meer' })
  t.match(await visitor(api).get(`/en${path}`), { status: 200, text: 'Do not send me these any more' })
  t.strictSame(await everything(api.owner), before)
  t.match(await visitor(api).post(path), { status: 200, text: 'Uitgezet' })
  t.match(await visitor(api).post(path), { status: 200, text: 'Uitgezet' }, 'again it is as before')
  const { rows } = await api.owner.query('select kind from donors.stops')
  t.strictSame(rows, [{ kind: 'gift-received' }])
  const gift = await start(api)
  await pay(api, gift)
  await postTransactions(deps)
  const count = (await kinds()).length
  t.equal(await thankDonors(deps), 0)
  t.equal((await kinds()).length, count)
})

t.test('a mail program stops it in one click, whatever form it sends', async t => {
  const boundary = 'x'
  for (const [type, payload] of [
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      `multipart/form-data; boundary=${boundary}`,
      `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`,
    ],
  ] as const) {
    const path = await stopPath('overmaker@thuis.example')
    await api.owner.query('delete from donors.stops')
    const answer = await api.ask(path, {
      method: 'POST',
      key: null,
      payload,
      headers: { 'content-type': type },
    })
    t.equal(answer.status, 200, type)
    t.equal((await api.owner.query('select from donors.stops')).rowCount, 1, type)
  }
})

t.test('a forged, cut or altered link is refused, always alike, and stops nothing', async t => {
  await api.owner.query('delete from donors.stops')
  const good = (await stopPath()).split('/').at(-1) ?? ''
  const [donorId = '', kind = '', seal = ''] = good.split('.')
  const other = ((await stopPath('overmaker@thuis.example')).split('/').at(-1) ?? '').split('.')
  const forged = {
    'of somebody else': `${other[0]}.${kind}.${seal}`,
    'of another kind': `${donorId}.goal-reached.${seal}`,
    'of a kind that cannot be': `${donorId}.sign-in.${seal}`,
    'of nobody': `${randomUUID()}.${kind}.${seal}`,
    'cut off': `${donorId}.${kind}.${seal.slice(0, -2)}`,
    altered: `${donorId}.${kind}.${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}`,
    'without a seal': `${donorId}.${kind}.`,
    'with more behind it': `${good}.x`,
    nonsense: 'x'.repeat(60),
  }
  const answers = new Set<string>()
  for (const [what, token] of Object.entries(forged)) {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await api.ask(`/letters/stop/${token}`, {
        method,
        key: null,
        headers: { accept: 'application/json' },
      })
      t.match(answer, { status: 404, body: { type: '/problems/stop-link-unknown' } }, `${what}, ${method}`)
      answers.add(
        JSON.stringify({ ...answer.body, instance: undefined, requestId: undefined, traceId: undefined }),
      )
    }
  }
  t.equal(answers.size, 1, [...answers].join())
  t.equal((await api.owner.query('select from donors.stops')).rowCount, 0)
})
