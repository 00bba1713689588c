// What a donor sees before paying: what the amount means, what the provider charges and who bears it, the limits of each way to
// pay, as whom the gift shows, and who stands behind the pools.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { allRefused, invalid } from '../support/refused.ts'

const api = await testApp(t)
const { open } = api.pools
/** With spaces as they are typed: pages keep amounts together on a line. */
const spaced = (words: string) => words.replaceAll('\u00a0', ' ')
const page = async (url: string) => spaced((await api.app.inject({ url })).body)
/** What the script shows. */
const meaning = async (query: string, place = '') =>
  (await page(`${place}/pools/${open.slug}?${query}`)).split('data-meaning')[1]?.split('</div>')[0] ?? ''
const post = (fields: Record<string, string>) =>
  api.app.inject({
    method: 'POST',
    url: `/pools/${open.slug}/donations`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams({ idempotencyKey: randomUUID(), ...fields }).toString(),
  })
const counted = async () =>
  (await api.owner.query<{ n: number }>('select count(*)::int as n from donations.donations')).rows[0]?.n

t.test('what an amount means, without anything being started', async t => {
  const before = await counted()
  t.match(await page(`/pools/${open.slug}`), /€ 25 is .* basisinkomen/, 'of the usual amount at once')
  t.match(await meaning('ownAmount=100'), /€ 100 is 1 maand basisinkomen/, 'a month is € 100 here')
  t.match(await meaning('ownAmount=100&costsShare=5'), /samen € 105/)
  t.notMatch(await meaning('ownAmount=veel'), 'basisinkomen', 'nothing while it is no amount')
  t.match(await meaning(`ownAmount=${'9'.repeat(60)}`), '€ 25 is', 'nor of what no form holds')
  t.match(await meaning('ownAmount=100', '/en'), '1 month of basic income')
  const looked = await post({ ownAmount: '200', message: 'Voor later', look: 'yes' })
  t.equal(looked.statusCode, 200, 'and without script, by the button')
  t.match(spaced(looked.body), '€ 200 is 2 maanden basisinkomen')
  t.match(spaced(looked.body), 'Voor later', 'what was typed stays')
  t.equal(await counted(), before, 'nothing was started')
})

t.test('the fee is what the provider really charged', async t => {
  t.notMatch(await meaning('ownAmount=100'), 'rekent ongeveer', 'nothing is said until something is known')
  for (const amount of [1_000, 2_000, 4_000]) {
    await api.give(open.id, amount, 'ideal')
    await api.give(open.id, amount, 'card')
  }
  await api.liveTo('2027-03-04')
  const told = await meaning('ownAmount=100')
  t.match(told, '€ 0,29 voor een bankbetaling', 'the same for each')
  t.match(told, '€ 1,75 voor een kaart', '1.5 % and 25 cents, found from other amounts')
  t.notMatch(told, 'voor een incasso', 'of which too little is known')
})

t.test('each way to pay has its limits', async t => {
  const path = `/v1/pools/${open.id}/donations`
  const asked = (gift: object) => ({ body: { currency: 'EUR', ...gift } })
  const byTransfer = { method: 'bank-transfer' }
  await allRefused(t, api, [
    ['above the checkout', path, asked({ amount: 1_000_001 }), invalid('amount')],
    ['together above it', path, asked({ amount: 1_000_000, costsShare: 1 }), invalid('costsShare')],
    ['above all', path, asked({ amount: 10_000_001, ...byTransfer }), invalid('amount')],
    [
      'with costs above all',
      path,
      asked({ amount: 10_000_000, costsShare: 1, ...byTransfer }),
      invalid('costsShare'),
    ],
  ])
  t.match(await api.ask(path, asked({ amount: 1_000_001, ...byTransfer })), { status: 201 })
  const typed = await post({ ownAmount: '10.001', method: 'checkout' })
  t.equal(typed.statusCode, 400)
  t.match(typed.body, 'Maak je zelf over')
})

t.test('an organisation gives under its name', async t => {
  const body = { amount: 5_000, currency: 'EUR', asOrganisation: true }
  const path = `/v1/pools/${open.id}/donations`
  await allRefused(t, api, [['without a name', path, { body }, invalid('nickname')]])
  const law = api.owner.query(
    `insert into donors.gifts (organisation_id, donation_id, as_organisation)
     select organisation_id, id, true from donations.donations limit 1`,
  )
  await t.rejects(law, /organisation_has_a_name/, 'and the database says the same')
})

t.test('who stands behind it', async t => {
  t.match(await page(`/pools/${open.slug}`), 'href="/organisation"', 'is one click away')
  const told = await page('/organisation')
  t.match(told, 'Stichting Proef')
  t.match(told, 'nog niet ingevuld', 'and says what is not there')
  await api.owner.query(
    `insert into organisations.profiles values ($1, gen_random_uuid(), 'Markt 1, Proefstad', '12345678', '2020-01-01',
       'https://proef.example/beleid', '{Voorzitter,Secretaris}', now())`,
    [api.organisationId],
  )
  const filled = await page('/organisation')
  for (const words of ['Markt 1', '12345678', '1 januari 2020', 'https://proef.example/beleid', 'Secretaris'])
    t.match(filled, words)
  for (const change of [
    "update organisations.profiles set anbi_since = '2010-01-01'",
    'delete from organisations.profiles',
  ])
    await t.rejects(api.owner.query(change), /append-only/, 'what was told stays')
})
