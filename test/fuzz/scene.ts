// What must have happened before the deep paths can be reached at all: gifts in the bank, recipients, months in every state. And
// what goes on around the requests: givers pay, and somebody opens a pool that was closed.

import { randomUUID } from 'node:crypto'
import {
  approveCycle,
  handOver,
  makePaymentFile,
  planCycle,
  proposeCycle,
} from '../../src/disbursements/index.ts'
import { decideRefund } from '../../src/donations/index.ts'
import { stopToken } from '../../src/donors/stop-link.ts'
import { enrol } from '../../src/enrolments/index.ts'
import { addMonths, instantOf, localDate, type Month, monthOf } from '../../src/platform/calendar/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import type { Pool } from '../../src/pools/index.ts'
import { importStatement, suspenseEntries } from '../../src/reconciliation/index.ts'
import { publishNews } from '../../src/retention/index.ts'
import { credit, returnPaymentsTo, statementFor } from '../../src/simulation/bank/index.ts'
import { deliverEvents, paySession } from '../../src/simulation/stripe/index.ts'
import { decideThanks, writeThanks } from '../../src/thanks/index.ts'
import { decideWish, writeWish } from '../../src/wishes/index.ts'
import { actor } from '../disbursements/run.ts'
import { type TestApp, WEBHOOK_SECRET } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'
import { campaignAt } from './campaigns.ts'
import { hint } from './hints.ts'
import { XML } from './hostile-xml.ts'
import type { Known } from './known.ts'
import { canaries } from './leaks.ts'
import { type Kept, tendPeople } from './people.ts'

const START = '2027-03-01'
const key = () => ({ idempotencyKey: randomUUID() })

const overviewed = { legalName: 'Stichting Proef', rsin: null, contact: 'x', address: null, anbiSince: null }

/** The demonstration's clock only goes where it is behind real time; a run after the usual start begins today. */
export const startDay = (): string => {
  const today = localDate(new Date())
  return today > START ? today : START
}

/** From here on the service's clock is the one that can be moved over the API. */
export function followClock(api: TestApp): void {
  const refresh = async () => {
    const { rows } = await api.owner.query('select clock_offset_ms as ms from platform.installation')
    const at = new Date(Date.now() + Number(rows[0]?.ms ?? 0))
    if (at > api.deps.clock.now()) api.setClock(at)
  }
  Object.assign(api.deps.clock, { refresh })
}

export async function setUp(api: TestApp): Promise<void> {
  for (const pool of [api.pools.open, api.pools.other])
    for (let gift = 0; gift < 3; gift += 1) await api.give(pool.id, 1_000_000)
  await api.ask(`/v1/pools/${api.pools.open.id}/donations`, {
    body: { amount: 2_500, currency: 'EUR', message: canaries.message },
  })
  // Colleagues who gave as well, with a year that is over.
  for (const name of ['operator', 'approver', 'treasurer', 'administrator', 'auditor'])
    await api.ask(`/v1/pools/${api.pools.open.id}/donations`, {
      body: { amount: 2_500, currency: 'EUR', email: `${name}@meent.example` },
    })
  await api.owner.query(
    `insert into giving.overviews (organisation_id, donor_id, year, content, made_at)
     select organisation_id, id, 2025, $1, now() from donors.donors`,
    [{ version: 1, year: 2025, lines: [], organisation: overviewed }],
  )
  for (let wish = 0; wish < 12; wish += 1) {
    const typed = {
      text: 'Weer leren, en slapen zonder te rekenen.',
      nickname: undefined,
      locale: 'nl',
    } as const
    const { wishId } = await writeWish(api.deps, undefined, { ...typed, poolId: api.pools.open.id, ...key() })
    if (wish % 2 === 0) await decideWish(api.deps, actor(api, 'operator'), { wishId, decision: 'show' })
  }
  for (const pool of [api.pools.open, api.pools.other]) {
    const news = {
      poolId: pool.id,
      locale: 'nl',
      title: 'Nieuws',
      words: 'Er is iets gebeurd.',
      ...key(),
    } as const
    await publishNews(api.deps, actor(api, 'operator'), news)
  }
  for (const name of ['recipient', 'auditor', 'treasurer', 'privacyOfficer'] as const)
    await campaignAt(
      api.deps,
      { starter: actor(api, name), operator: actor(api, 'operator'), forOneself: true },
      'open',
    )
  for (const at of ['draft', 'submitted', 'submitted', 'open', 'open', 'ended'] as const)
    await campaignAt(api.deps, { starter: actor(api, 'donor'), operator: actor(api, 'operator') }, at)
  await api.ask(`/v1/pools/${api.pools.open.id}/donations`, {
    body: { amount: 2_500, currency: 'EUR', method: 'bank-transfer' },
  })
  const start = api.deps.clock.now()
  // Long enough for what was given to be in the bank, however the holidays fall.
  const arrived = new Date(start.getTime() + 8 * 86_400_000)
  await api.liveTo(localDate(arrived))
  const first = addMonths(monthOf(localDate(arrived)), 1)
  // Of each pool's first month one payment comes back, and waits for an approver.
  const [, { iban }] = canaries.recipients
  await inTransaction(api.deps.db, trx => returnPaymentsTo(trx, iban, 'AM05'))
  for (const pool of [api.pools.open, api.pools.other]) {
    for (const { name, iban } of canaries.recipients) await enrolled(api, pool, first, { name, iban })
    await paidMonth(api, pool, first)
  }
  await api.liveTo(`${first}-28`)
  for (const pool of [api.pools.open, api.pools.other]) await cyclesFrom(api, pool, addMonths(first, 1))
  api.setClock(instantOf(`${first}-28`, '12:00'))
  await thankings(api)
}

/** Thank-yous of all recipients but two, every other one shown. */
async function thankings(api: TestApp): Promise<void> {
  const all = await ids(api, 'select id from enrolments.enrolments where true')
  for (const [index, enrolmentId] of all.slice(0, -2).entries()) {
    const words = { text: 'Ik slaap weer door. Dank jullie wel.', nickname: undefined, locale: 'nl' } as const
    const thanksId = await writeThanks(api.deps, actor(api, 'operator'), { ...words, enrolmentId, ...key() })
    if (index % 2 === 0)
      await decideThanks(api.deps, actor(api, 'administrator'), { thanksId, decision: 'show' })
  }
}

let turn = 0

/** The recipient who asks is one who wrote, or one who did not yet, in turn. */
async function tendThanks(api: TestApp, known: Known): Promise<void> {
  turn += 1
  const wrote = `exists (select from thanks.thanks t where t.enrolment_id = e.id and t.state <> 'taken-away')`
  const didNot = 'not exists (select from thanks.thanks t where t.enrolment_id = e.id)'
  const isFree = `not exists (select from auth.persons p where p.enrolment_id = e.id and p.id <> '${api.persons.recipient}')`
  const some = await ids(
    api,
    `select id from enrolments.enrolments e where ${isFree} and ${turn % 2 === 0 ? didNot : wrote}`,
  )
  const open = await ids(api, `select id from thanks.thanks where state in ('waiting', 'shown')`)
  known.promise('thanksId', open)
  const enrolmentId = some[turn % some.length]
  if (enrolmentId === undefined) return
  const become = 'update auth.persons set enrolment_id = $1 where id = $2'
  await api.owner.query(become, [enrolmentId, api.persons.recipient])
  const own = `select id from thanks.thanks where state <> 'taken-away' and enrolment_id = '${enrolmentId}'`
  if (turn % 2 === 1) known.promise('thanksId', await ids(api, own))
}

function enrolled(api: TestApp, pool: Pool, firstMonth: Month, person: { name: string; iban: string }) {
  return enrol(api.deps, actor(api, 'operator'), {
    ...{
      poolId: pool.id,
      firstMonth,
      birthDate: '1980-05-05',
      checkedHow: canaries.checkedHow,
      reason: 'Geloot',
    },
    ...{ ...person, ...key() },
  })
}

async function paidMonth(api: TestApp, pool: Pool, month: Month): Promise<void> {
  const cycleId = await planCycle(api.deps, actor(api, 'operator'), pool, month)
  await proposeCycle(api.deps, actor(api, 'operator'), { cycleId, ...key() })
  await approveCycle(api.deps, actor(api, 'approver'), { cycleId, ...key() })
  const batchId = await makePaymentFile(api.deps, actor(api, 'treasurer'), { cycleId, ...key() })
  await handOver(api.deps, actor(api, 'treasurer'), { batchId, ...key() })
}

/** Two with a file, two approved, two proposed; the fourth pair is only planned. */
async function cyclesFrom(api: TestApp, pool: Pool, first: Month): Promise<void> {
  for (let index = 0; index < 8; index += 1) {
    const cycleId = await planCycle(api.deps, actor(api, 'operator'), pool, addMonths(first, index))
    if (index < 6) await proposeCycle(api.deps, actor(api, 'operator'), { cycleId, ...key() })
    if (index < 4) await approveCycle(api.deps, actor(api, 'approver'), { cycleId, ...key() })
    if (index < 2) await makePaymentFile(api.deps, actor(api, 'treasurer'), { cycleId, ...key() })
  }
}

/** Between requests; often, and cheap. */
export async function tend(api: TestApp, known: Known, kept: readonly Kept[]): Promise<void> {
  const now = api.deps.clock.now()
  hint(known, now)
  await tendPeople(api, known, kept)
  await api.owner.query(`update pools.pools set state = 'open' where id = any ($1)`, [
    [api.pools.open.id, api.pools.other.id],
  ])
  known.promise('poolId', [api.pools.open.id, api.pools.other.id])
  known.promise(
    'cycleId',
    await ids(
      api,
      `select id from disbursements.cycles c where (approved_at is null or exists (
         select from disbursements.attempts a join disbursements.payouts p on p.id = a.payout_id
          where p.cycle_id = c.id and a.outcome = 'returned'))`,
    ),
  )
  known.promise(
    'batchId',
    await ids(api, 'select id from disbursements.batches where handed_over_at is null'),
  )
  await tendRefunds(api, known)
  known.promise(
    'wishId',
    await ids(api, `select id from wishes.wishes where state in ('waiting', 'shown', 'hidden')`),
  )
  known.promise('newsId', await ids(api, 'select id from retention.news where removed_at is null'))
  await tendThanks(api, known)
  const donorIds = await ids(api, 'select id from donors.donors where erased_at is null')
  known.promise(
    'stopToken',
    donorIds.map(donorId => stopToken(api.deps.vault, api.organisationId, { donorId, kind: 'goal-reached' })),
  )
  known.promise(
    'campaignId',
    await ids(
      api,
      `select id from campaigns.campaigns where state in ('draft', 'submitted', 'open', 'ended')`,
    ),
  )
  known.promise('updateId', await ids(api, 'select id from campaigns.updates where removed_at is null'))
  known.promise('outcomeId', await ids(api, 'select id from campaigns.outcomes where done_at is null'))
  const unresolved = await suspenseEntries(api.deps.db, api.organisationId, 20)
  known.promise(
    'entryKey',
    unresolved.map(({ entryKey }) => entryKey),
  )
  known.promise(
    'transferReference',
    await ids(api, `select reference as id from donations.transfer_references where true`),
  )
  const sessions = known.of('checkoutUrl').slice(-3)
  known.set('checkoutUrl', [])
  for (const url of sessions) {
    const id = String(url).split('/').at(-1) ?? ''
    // A page that has expired meanwhile cannot be paid.
    await paySession(api.deps.db, { id, method: 'ideal', now }).catch(() => {})
  }
  await deliverEvents(api.deps.db, { now, webhookSecret: WEBHOOK_SECRET, deliver: api.world.deliver })
  known.set(XML, [known.of(XML).at(-1) ?? '', await statementInWaiting(api)])
}

/** Gifts of which something can go back, and refunds that wait for a second person, or went wrong. */
async function tendRefunds(api: TestApp, known: Known): Promise<void> {
  const gifts = await ids(
    api,
    "select donation_id as id from donations.provider_transactions where kind = 'gift' and made_available_at is not null",
  )
  known.promise('donationId', gifts)
  const waiting = 'select id from donations.refunds where asked_at is null and withdrawn_at is null'
  for (const donationId of gifts.slice(0, (await ids(api, waiting)).length < 4 ? 4 : 0))
    await decideRefund(api.deps, actor(api, 'operator'), {
      ...{ donationId, amount: 101n, reason: 'Gever belde' },
      ...key(),
    }).catch(() => {}) // of a gift that is gone
  known.promise('refundId', await ids(api, waiting))
}

async function ids(api: TestApp, query: string): Promise<string[]> {
  const ours = `${query} and organisation_id = $1 order by id limit 20`
  const { rows } = await api.owner.query<{ id: string }>(ours, [api.organisationId])
  return rows.map(({ id }) => id)
}

let waiting: { xml: string; turns: number } | undefined

/** The bank gives each statement once, and they are imported in their order: the same one until somebody imported it. */
async function statementInWaiting(api: TestApp): Promise<string> {
  if (waiting && !(await isImported(api, waiting.xml))) {
    waiting.turns += 1
    if (waiting.turns < PATIENCE) return waiting.xml
    // A forgery was believed in its place, perhaps; then this one is refused for good.
    await importStatement(api.deps, actor(api, 'treasurer'), waiting.xml).catch(() => {})
  }
  waiting = { xml: await newStatement(api), turns: 0 }
  return waiting.xml
}

const PATIENCE = 8

async function isImported(api: TestApp, xml: string): Promise<boolean> {
  const [, id = ''] = /<Stmt>\s*<Id>([^<]*)/.exec(xml) ?? []
  const { rowCount } = await api.owner.query(
    'select from reconciliation.statements where statement_id = $1',
    [id],
  )
  return rowCount !== 0
}

/** Of something that was just booked. */
function newStatement(api: TestApp): Promise<string> {
  const now = api.deps.clock.now()
  const today = localDate(now)
  return inTransaction(api.deps.db, async trx => {
    const counterparty = { name: 'Onbekend' }
    await credit(trx, {
      iban: OWN_IBAN,
      amount: 1_250n,
      bookedOn: today,
      counterparty,
      remittance: 'dank',
      now,
    })
    return statementFor(trx, { iban: OWN_IBAN, from: today, to: today, now })
  })
}
