// The files that banks and others publish as examples, sent to the service as a treasurer would: each is imported to the
// cent, or refused for the reason that stands here, in words that say what the file is.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { newId } from '../../src/platform/id.ts'
import { readCamt053 } from '../../src/reconciliation/camt053/index.ts'
import { refusalWords } from '../../src/reconciliation/refusal-words.ts'
import { testApp } from '../support/app.ts'

t.setTimeout(120_000)

const samples = new URL('../../../shared/data/iso20022/samples/', import.meta.url)

/** Of each statement in the file its booked entries and their sum in cents, or why it is refused. */
const golden: Record<
  string,
  readonly (readonly [entries: number, sum: number])[] | keyof typeof refusalWords
> = {
  'camt053.02-abnamro-all-types-nl.xml': [[13, -90_000]],
  'camt053.02-genkgo-five-decimals.xml': 'balances-do-not-add-up',
  'camt053.02-genkgo-minimal.xml': 'currency-mismatch',
  'camt053.02-genkgo-multi-statement.xml': [
    [1, 885],
    [1, -700],
  ],
  'camt053.02-genkgo-wrong.xml': 'no-statement',
  'camt053.02-goldman-us.xml': 'account-without-iban',
  'camt053.02-ing-nl.xml': [[9, 60_500]],
  'camt053.02-sns-2026-a-nl.xml': [
    [7, 45_800],
    [4, -19_826],
  ],
  'camt053.02-viafintech-batch.xml': 'balances-do-not-add-up',
  'camt053.02-viafintech.xml': [[4, -1_000]],
  'camt053.03-genkgo.xml': 'account-without-iban',
  'camt053.04-viafintech-ch.xml': [[13, 53_761]],
  'camt053.08-genkgo.xml': 'account-without-iban',
  'camt054-viafintech.xml': 'notification',
  'camt054.02-genkgo-account-name.xml': 'notification',
  'camt054.02-genkgo.xml': 'notification',
  'camt054.04-genkgo.xml': 'notification',
  'camt054.08-genkgo-uetr.xml': 'notification',
  'pain001.03-goldman-sepa.xml': 'credit-transfers',
  'pain001.03-ing-nl.xml': 'credit-transfers',
  'pain001.03-multi-pmtinf.xml': 'credit-transfers',
  'pain001.09-phpsepa.xml': 'credit-transfers',
  'pain002-crossriver-txn-rejected.xml': 'status-report',
  'pain002.03-goldman-accepted.xml': 'status-report',
  'pain002.03-nordea-payment-reject.xml': 'status-report',
  'pain002.03-nordea-txn-reject.xml': 'status-report',
  'pain008.02-ing-nl.xml': 'direct-debits',
  'pain008.08-phpsepa.xml': 'direct-debits',
}

interface Answer {
  statements?: { entries: number; closing: number; alreadyImported: boolean }[]
  type?: string
  errors?: { field: string; reason: string }[]
}

const absent = existsSync(samples) ? false : '../shared/data/iso20022/samples is absent'
t.test('files of real banks are imported, or refused for a stated reason', { skip: absent }, async t => {
  const api = await testApp(t)
  const send = (payload: string, locale: string) =>
    api.ask<Answer>('/v1/bank-statements', {
      ...{ as: 'treasurer', payload },
      headers: { 'content-type': 'application/xml', 'accept-language': locale },
    })
  const files = readdirSync(samples)
  t.strictSame(files, Object.keys(golden), 'each file has its line')
  for (const name of files) {
    const xml = readFileSync(new URL(name, samples), 'utf8')
    const read = readCamt053(xml)
    for (const { iban, currency } of read.ok ? read.statements : []) await ours(iban, currency)
    const expected = golden[name] ?? 'not-camt053'
    const { status, body } = await send(xml, 'nl')
    if (typeof expected === 'string') {
      t.equal(status, 422, name)
      t.strictSame(body.errors, [{ field: 'statement', reason: refusalWords[expected].nl }], name)
      const english = await send(xml, 'en')
      t.strictSame(english.body.errors, [{ field: 'statement', reason: refusalWords[expected].en }], name)
      continue
    }
    t.equal(status, 201, name)
    t.strictSame(
      body.statements?.map(({ entries }) => entries),
      expected.map(([entries]) => entries),
      name,
    )
    t.strictSame(
      await sums(),
      expected.map(([, sum]) => BigInt(sum)),
      `${name}: the sums`,
    )
    const again = await send(xml, 'nl')
    t.ok(
      again.body.statements?.every(each => each.alreadyImported),
      `${name}: twice does nothing`,
    )
    await api.owner.query('delete from seen; insert into seen select id from reconciliation.statements')
  }

  /** As if the account had always been ours; how one is really opened is tested where that is decided. */
  async function ours(iban: string, currency: string): Promise<void> {
    await api.owner.query(`create temp table if not exists seen (id uuid)`)
    await api.owner.query(`set session_replication_role = replica`)
    await api.owner.query(
      `insert into organisations.bank_accounts (organisation_id, id, iban, holder, currency, change_id)
       select $1, $2, $3, 'Proef', $4, $2 where not exists (select from organisations.bank_accounts where iban = $3)`,
      [api.organisationId, newId(), iban, currency],
    )
    await api.owner.query(`set session_replication_role = origin`)
  }

  /** Of what was booked since the file before. */
  async function sums(): Promise<bigint[]> {
    const { rows } = await api.owner.query(
      `select sum(e.amount)::text as sum from reconciliation.statements s
         join reconciliation.bank_entries e on e.statement_id = s.id
        where s.id not in (select id from seen) group by s.id order by s.id`,
    )
    return rows.map(({ sum }) => BigInt(sum))
  }
})

t.test('an interim report is not a statement', async t => {
  const api = await testApp(t)
  const answer = await api.ask<Answer>('/v1/bank-statements', {
    ...{ as: 'treasurer', payload: '<Document><BkToCstmrAcctRpt/></Document>' },
    headers: { 'content-type': 'application/xml' },
  })
  t.match(answer, { status: 422, body: { errors: [{ reason: refusalWords['account-report'].en }] } })
})
