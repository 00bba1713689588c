// Another organisation in the same database, with everything that one can have and its mark in every name. Its own service tells
// which ids are its; none of them may ever be seen or used through ours.

import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { buildApp } from '../../src/app.ts'
import { personsWithRoles, type Role, roles, signInForDemonstration } from '../../src/auth/index.ts'
import type { Deps } from '../../src/deps.ts'
import { approveCycle, makePaymentFile, planCycle, proposeCycle } from '../../src/disbursements/index.ts'
import { type Donation, decideRefund, startDonation, startMonthlyGift } from '../../src/donations/index.ts'
import { enrol } from '../../src/enrolments/index.ts'
import { movements, post } from '../../src/ledger/index.ts'
import { addBankAccount, createOrganisation } from '../../src/organisations/index.ts'
import { localDate, monthOf } from '../../src/platform/calendar/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { createPool } from '../../src/pools/index.ts'
import { publishNews } from '../../src/retention/index.ts'
import { decideThanks, writeThanks } from '../../src/thanks/index.ts'
import { decideWish, writeWish } from '../../src/wishes/index.ts'
import type { TestApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { campaignAt } from './campaigns.ts'
import type { Operation } from './document.ts'
import { harvest } from './harvest.ts'
import type { Known } from './known.ts'
import { FOREIGN_MARK } from './leaks.ts'

const IBAN = 'NL19MEEN0000000777'
const currency = 'EUR'

export async function foundElsewhere(api: TestApp, known: Known): Promise<Deps> {
  const { db, clock } = api.deps
  const at = clock.now()
  const { organisationId, persons, pool } = await inTransaction(db, async trx => {
    const organisationId = await createOrganisation(trx, {
      slug: 'elders',
      legalName: FOREIGN_MARK,
      contact: `${FOREIGN_MARK}@elders.example`,
    })
    const bankAccountId = await addBankAccount(trx, {
      organisationId,
      iban: IBAN,
      holder: FOREIGN_MARK,
      currency,
    })
    const persons = {} as Record<Role, string>
    for (const role of roles)
      persons[role] = await addMember(trx, api.deps.vault, organisationId, `${FOREIGN_MARK}-${role}`, role)
    const actor = { kind: 'person', id: persons.administrator } as const
    const pool = await createPool(trx, organisationId, actor, at, {
      ...{
        slug: 'elders',
        name: FOREIGN_MARK,
        kind: 'community',
        area: FOREIGN_MARK,
        currency,
        bankAccountId,
      },
      ...{ monthlyAmount: 10_000n, termMonths: 12, paydayOfMonth: 25, feeBearer: 'pool' },
    })
    const bankEntry = newId()
    await post(trx, organisationId, [
      movements.transferReceived({
        poolId: pool.id,
        bankEntry,
        bankAccountId,
        amount: 500_000n,
        currency,
        at,
      }),
    ])
    return { organisationId, persons, pool }
  })
  const deps: Deps = { ...api.deps, organisationId }
  const as = (role: Role) => ({ kind: 'person', id: persons[role] }) as const
  const key = () => ({ idempotencyKey: randomUUID() })
  const month = monthOf(localDate(at))
  const { receiptToken, donation } = await startDonation(
    deps,
    { kind: 'public', origin: 'fuzz' },
    {
      ...{ poolId: pool.id, amount: 2_500n, costsShare: 0n, currency, locale: 'nl', ...key() },
      ...{ nickname: FOREIGN_MARK, message: FOREIGN_MARK },
    },
  )
  known.add('receiptToken', receiptToken, 'foreign')
  await isAvailable(deps, donation, at)
  await decideRefund(deps, as('operator'), {
    ...{ donationId: donation.id, amount: 500n, reason: 'Gever belde' },
    ...key(),
  })
  await startMonthlyGift(
    deps,
    { kind: 'public', origin: 'fuzz' },
    {
      ...{ poolId: pool.id, amount: 2_500n, costsShare: 0n, currency, locale: 'nl', ...key() },
      ...{ nickname: FOREIGN_MARK, message: FOREIGN_MARK, asOrganisation: false },
      ...{ email: 'maandelijks@elders.example' },
    },
  )
  const { wishId, withdrawalToken } = await writeWish(deps, 'fuzz', {
    ...{ text: `${FOREIGN_MARK} bouwen`, nickname: FOREIGN_MARK, locale: 'nl', poolId: pool.id, ...key() },
  })
  await decideWish(deps, as('operator'), { wishId, decision: 'show' })
  known.add('wishId', wishId, 'foreign')
  const news = {
    poolId: pool.id,
    locale: 'nl',
    title: FOREIGN_MARK,
    words: `${FOREIGN_MARK} bouwt.`,
    ...key(),
  } as const
  known.add('newsId', await publishNews(deps, as('operator'), news), 'foreign')
  known.add('withdrawalToken', withdrawalToken, 'foreign')
  const cast = { starter: as('approver'), operator: as('operator'), mark: FOREIGN_MARK.slice(0, 40) }
  for (const at of ['open', 'ended'] as const)
    known.add('campaignId', await campaignAt(deps, cast, at), 'foreign')
  const { id: enrolmentId } = await enrol(deps, as('operator'), {
    ...{ poolId: pool.id, name: FOREIGN_MARK, birthDate: '1980-05-05', iban: 'NL29MEEN0000000888' },
    ...{ firstMonth: month, checkedHow: FOREIGN_MARK, reason: 'Geloot', ...key() },
  })
  const thanksId = await writeThanks(deps, as('recipient'), {
    ...{ enrolmentId, text: `${FOREIGN_MARK} dankt`, nickname: FOREIGN_MARK, locale: 'nl', ...key() },
  })
  await decideThanks(deps, as('operator'), { thanksId, decision: 'show' })
  known.add('thanksId', thanksId, 'foreign')
  const cycleId = await planCycle(deps, as('operator'), pool, month)
  await proposeCycle(deps, as('operator'), { cycleId, ...key() })
  await approveCycle(deps, as('approver'), { cycleId, ...key() })
  await makePaymentFile(deps, as('treasurer'), { cycleId, ...key() })
  return deps
}

/** As the provider's transaction, and what follows from it, leave it. */
async function isAvailable(deps: Deps, { id: donationId, poolId }: Donation, at: Date): Promise<void> {
  const { organisationId } = deps
  const gift = { poolId, transactionId: 'txn_elders', gift: 2_500n, costsShare: 0n, fee: 0n, currency, at }
  await inTransaction(deps.db, async trx => {
    await trx
      .insertInto('donations.providerTransactions')
      .values({
        ...{ organisationId, id: 'txn_elders', kind: 'gift', donationId, poolId, method: 'ideal', currency },
        ...{ amount: 2_500n, fee: 0n, net: 2_500n, reference: null, createdAt: at, availableOn: at },
        ...{ madeAvailableAt: at, parked: null, refundId: null, disputeId: null },
      })
      .execute()
    await post(trx, organisationId, [
      movements.donationReceived({ ...gift, feeBearer: 'pool' }),
      movements.donationAvailable({ ...gift, feeBearer: 'pool' }),
    ])
  })
}

/** Asks its own service everything that can be read there, by everybody, a few times over: each answer leads on. */
export async function harvestElsewhere(
  deps: Deps,
  operations: readonly Operation[],
  known: Known,
): Promise<void> {
  const app = await buildApp(deps, {
    ...{ logger: pino({ level: 'silent' }), trustProxy: false, signIn: 'on', liveOn: undefined },
    requestJob: async () => {},
  })
  const reading = operations.filter(each => each.method === 'GET')
  const persons = await personsWithRoles(deps.db, deps.organisationId, localDate(deps.clock.now()))
  const tokens = await Promise.all(
    persons.map(async ({ id }) => (await signInForDemonstration(deps, id, { requestId: 'fuzz' })).token),
  )
  for (let round = 0; round < 3; round += 1)
    for (const operation of reading)
      for (const token of tokens)
        for (const url of urlsOf(operation, known)) {
          const answer = await app.inject({ url, headers: { authorization: `Bearer ${token}` } })
          if (answer.statusCode !== 200 || !/[/+]json(;|$)/.test(String(answer.headers['content-type'])))
            continue
          harvest(known, operation, answer.json(), 'foreign')
          break
        }
  await app.close()
}

function urlsOf({ path }: Operation, known: Known): string[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? []
  if (name === undefined) return [path]
  return known
    .of(name, 'foreign')
    .slice(-5)
    .map(value => path.replace(`{${name}}`, String(value)))
}
