// What must never be false of transfers, held by the database whatever the code does; and entries of the bank that no
// simulated one makes: a structured reference, a batch of several, and what is taken back.

import { sql } from 'kysely'
import t from 'tap'
import { referenceWith } from '../../src/donations/bank-transfer/reference.ts'
import { newId } from '../../src/platform/id.ts'
import { type WrittenEntry, writeCamt053 } from '../../src/simulation/bank/write-camt053.ts'
import { verify } from '../../src/verify/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'

t.setTimeout(120_000)

interface Started {
  readonly receiptToken: string
  readonly donation: { readonly donationId: string; readonly transfer: { readonly reference: string } }
}

const started = async (api: TestApp) => {
  const body = { amount: 2_500, currency: 'EUR', method: 'bank-transfer' }
  const answer = await api.ask<Started>(`/v1/pools/${api.pools.open.id}/donations`, { body })
  const { receiptToken, donation } = answer.body
  return { receiptToken, donationId: donation.donationId, reference: donation.transfer.reference }
}
const stateOf = async (api: TestApp, token: string) =>
  (await api.ask<{ state: string; amount: number }>(`/v1/receipts/${token}`)).body

function entry(reference: string, amount: bigint, ...remittances: string[]): WrittenEntry {
  const payment = { endToEndId: null, counterpartyName: 'Iemand', counterpartyIban: null, returnReason: null }
  return {
    ...{
      reference,
      kind: 'credit',
      amount,
      bookedOn: '2027-03-01',
      messageId: null,
      paymentInformationId: null,
    },
    payments: remittances.map(remittance => ({
      ...payment,
      amount: amount / BigInt(remittances.length),
      remittance,
    })),
  }
}

let [number, balance] = [0n, 0n]
/** The bank's next statement with these entries, changed as said before it is sent. */
async function send(api: TestApp, entries: WrittenEntry[], change = (xml: string) => xml): Promise<void> {
  number += 1n
  const opening = balance
  balance = entries.reduce((sum, { amount }) => sum + amount, opening)
  const xml = writeCamt053({
    ...{ id: `AFSCHRIFT-${number}`, sequenceNumber: number, iban: OWN_IBAN, holder: 'Stichting Proef' },
    ...{ createdAt: new Date('2027-03-01T20:00:00Z'), from: '2027-03-01', to: '2027-03-01' },
    ...{ opening, closing: balance, entries },
  })
  const headers = { 'content-type': 'application/xml' }
  const answer = await api.ask('/v1/bank-statements', { as: 'treasurer', payload: change(xml), headers })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
}

const api = await testApp(t)
const reasonOf = async (reference: string) => {
  const { rows } = await api.owner.query(
    'select matched_to, suspense_reason from reconciliation.bank_entries where reference = $1',
    [reference],
  )
  return rows[0]?.suspense_reason ?? rows[0]?.matched_to
}
const gift = await started(api)

t.test('a structured reference, and one that the bank broke over lines', async t => {
  const { reference } = gift
  const structured = `<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${reference}</Ref></CdtrRefInf></Strd></RmtInf>`
  await send(api, [entry('S-1', 1_000n, 'HIER')], xml =>
    xml.replace('<RmtInf>', '<RmtInf>').replace(/<RmtInf>\s*<Ustrd>HIER<\/Ustrd>\s*<\/RmtInf>/, structured),
  )
  t.equal(await reasonOf('S-1'), 'transfer')
  const broken = `Voor de pot ${reference.slice(0, 7)}</Ustrd><Ustrd>${reference.slice(7)} van mij`
  await send(api, [entry('S-2', 1_500n, 'HIER')], xml => xml.replace('HIER', broken))
  t.equal(await reasonOf('S-2'), 'transfer')
  t.match(await stateOf(api, gift.receiptToken), { state: 'available', amount: 2_500 })
})

t.test('several payments in one entry, and what was taken back, wait for a person', async t => {
  const [one, other] = [await started(api), await started(api)]
  await send(api, [entry('B-1', 5_000n, one.reference, other.reference)])
  t.equal(await reasonOf('B-1'), 'several-payments')
  await send(api, [entry('B-2', 2_500n, one.reference)])
  await send(api, [entry('B-3', -2_500n, one.reference)])
  await send(api, [entry('B-4', 2_500n, other.reference)], xml =>
    xml.replace('<Sts>', '<RvslInd>true</RvslInd><Sts>'),
  )
  t.equal(await reasonOf('B-3'), 'taken-back')
  t.equal(await reasonOf('B-4'), 'taken-back')
  t.equal(
    (await stateOf(api, one.receiptToken)).state,
    'available',
    'until somebody says that it was this one',
  )
  const entryKey = `${api.bankAccountId}/B-3`
  const body = { entryKey, transferReference: one.reference, reason: 'Dubbel geboekt door de bank' }
  t.equal((await api.ask('/v1/suspense-resolutions', { as: 'treasurer', body })).status, 201)
  t.match(await stateOf(api, one.receiptToken), { state: 'failed', amount: 2_500 })
  t.equal((await stateOf(api, other.receiptToken)).state, 'awaiting-transfer')
})

t.test('a pool gives back no more than it has', async t => {
  await send(api, [entry('M-1', -900_000n, 'een afschrijving')])
  const body = { entryKey: `${api.bankAccountId}/M-1`, poolId: api.pools.other.id, reason: 'Uitgezocht' }
  const answer = await api.ask<{ type: string }>('/v1/suspense-resolutions', { as: 'treasurer', body })
  t.match(answer, { status: 409, body: { type: '/problems/pool-cannot-sustain' } })
})

t.test('held by the database', async t => {
  const { db } = api.deps
  const organisation = api.organisationId
  const refused = async (what: string, query: string, code: string | RegExp) =>
    t.rejects(sql.raw(query).execute(db), { code }, what)
  const { rows } = await api.owner.query(
    `select (select id from donations.donations where provider = 'bank-transfer' order by id desc limit 1) as other`,
  )
  const { other } = rows[0]
  const awaited = await started(api)
  const paid = await api.give(api.pools.open.id, 2_500)
  const referenceFor = (donationId: string, reference: string) =>
    `insert into donations.transfer_references (organisation_id, reference, donation_id, bank_account_id, open_until)
     values (${organisation}, '${reference}', '${donationId}', '${api.bankAccountId}', '2027-05-01')`
  await refused('a second reference', referenceFor(awaited.donationId, referenceWith('111111111')), '23505')
  await refused('somebody else’s reference', referenceFor(awaited.donationId, gift.reference), '23505')
  await refused('for a gift that is paid otherwise', referenceFor(paid, referenceWith('222222222')), '23514')
  await refused('with other check digits', referenceFor(awaited.donationId, 'RF00222222222'), '23514')
  for (const table of ['transfer_references', 'transfers']) {
    await refused(`no ${table} change`, `update donations.${table} set donation_id = donation_id`, '42501')
    await refused(`no ${table} go`, `delete from donations.${table}`, '42501')
    await t.rejects(api.owner.query(`update donations.${table} set donation_id = donation_id`), /append-only/)
  }
  await refused('no resolution goes', 'delete from reconciliation.suspense_resolutions', '42501')
  const transfer = (entryReference: string, donationId: string, gift: number, ledgerKey: string) =>
    `insert into donations.transfers (organisation_id, bank_account_id, entry_reference, donation_id, gift, costs_share, ledger_key, received_at)
     values (${organisation}, '${api.bankAccountId}', '${entryReference}', '${donationId}', ${gift}, 0, '${ledgerKey}', now())`
  const key = (entryReference: string) => `${api.bankAccountId}/${entryReference}`
  await refused('an entry that paid already', transfer('S-1', gift.donationId, 1_000, key('S-1')), '23505')
  await refused('an entry of somebody else', transfer('S-1', other, 1_000, key('S-1')), '23514')
  await refused('of what is in suspense', transfer('B-4', other, 2_500, key('B-4')), '23514')
  await refused('of what the bank never booked', transfer('X-1', other, 2_500, key('X-1')), '23514')
  const resolution = (entryReference: string, poolId: string, donationId: string) =>
    `insert into reconciliation.suspense_resolutions (organisation_id, id, bank_account_id, reference, pool_id, donation_id, resolved_by, resolved_at)
     values (${organisation}, '${newId()}', '${api.bankAccountId}', '${entryReference}', '${poolId}', ${donationId}, '${api.persons.treasurer}', now())`
  await refused('twice', resolution('B-3', api.pools.open.id, 'null'), '23505')
  await refused('of what was recognised', resolution('S-1', api.pools.open.id, 'null'), '23514')
  await refused('a gift to another pool', resolution('B-4', api.pools.other.id, `'${other}'`), '23514')
  await refused('a gift that is paid otherwise', resolution('B-4', api.pools.open.id, `'${paid}'`), '23514')
  await refused(
    'an act without a reason',
    `insert into acts.acts (organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
     values (${organisation}, now(), 'person', '${api.persons.treasurer}', 'suspense.resolve', 'suspense', 'x', '{}')`,
    '23514',
  )
})

t.test('and `verify` agrees, until something is changed behind its back', async t => {
  const wrong = async () =>
    (await verify(api.deps.db, { organisationId: api.organisationId })).laws
      .filter(law => law.count > 0)
      .map(({ check }) => check)
      .sort()
  t.strictSame(await wrong(), [])
  await api.owner.query('set session_replication_role = replica')
  await api.owner.query(
    `update donations.transfers set gift = gift - 1, costs_share = costs_share + 1 where entry_reference = 'S-1'`,
  )
  t.strictSame(await wrong(), [
    'a transfer, and what was in suspense, came to its pool, and to costs what the donor chose',
  ])
  await api.owner.query(
    `update donations.transfers set gift = gift + 1, costs_share = costs_share - 1 where entry_reference = 'S-1'`,
  )
  await api.owner.query(`update donations.transfers set gift = gift + 1 where entry_reference = 'S-2'`)
  t.ok((await wrong()).includes('what arrived for a gift is what its entries of the bank say, each once'))
})

// Last: this account was never agreed on, and `verify` would say so.
t.test('an account in another currency', async t => {
  const iban = 'SE4550000000058398257466'
  await api.owner.query('set session_replication_role = replica')
  await api.owner.query(
    `insert into organisations.bank_accounts (organisation_id, id, iban, holder, currency, change_id)
     values ($1, $2, $3, 'Stichting Proef', 'SEK', $2)`,
    [api.organisationId, newId(), iban],
  )
  await api.owner.query('set session_replication_role = origin')
  const awaited = await started(api)
  const before = balance
  balance = 0n
  const inKronor = (xml: string) => xml.replaceAll(OWN_IBAN, iban).replaceAll('EUR', 'SEK')
  await send(api, [entry('K-1', 2_500n, awaited.reference)], inKronor)
  balance = before
  t.equal(await reasonOf('K-1'), 'other-currency')
  const { rows } = await api.owner.query(
    `select bank_account_id as id from reconciliation.bank_entries where reference = 'K-1'`,
  )
  const body = {
    entryKey: `${rows[0].id}/K-1`,
    transferReference: awaited.reference,
    reason: 'Van een Zweed',
  }
  const answer = await api.ask('/v1/suspense-resolutions', { as: 'treasurer', body })
  t.match(
    answer,
    { status: 422, body: { type: '/problems/wrong-currency' } },
    'nobody exchanges it by a click',
  )
})
