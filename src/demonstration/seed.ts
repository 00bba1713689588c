/**
 * Tells the demonstration's story: donors, recipients and past months. Everything goes through the use cases that
 * real people's requests go through, with the clock set back, so what one sees is what the product does. Every step
 * has its own key: told again after a crash, the story goes on where it stopped.
 */
import { recordAct } from '../acts/index.ts'
import { addPerson, grantRole } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import {
  approveCycle,
  cyclesOf,
  handOver,
  makePaymentFile,
  planCycles,
  proposeCycle,
} from '../disbursements/index.ts'
import { openInbox, postTransactions, startDonation } from '../donations/index.ts'
import { enrol } from '../enrolments/index.ts'
import { bankAccounts } from '../organisations/index.ts'
import { addDays, addMonths, instantOf, localDate, monthOf } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { createPool, type Pool, poolBySlug } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { returnPaymentsTo } from '../simulation/bank/index.ts'
import { liveOn, type World } from '../simulation/index.ts'
import { paySession } from '../simulation/stripe/index.ts'
import { seedCampaigns } from './campaigns.ts'
import { type Gift, poolsToSeed, type SeededPool } from './story.ts'
import { seedThanks } from './thanks.ts'
import { seedWishes } from './wishes.ts'

const PAST_MONTHS = 3
const STEP_DAYS = 7
const GIFTS_AT_ONCE = 6
/** A cycle this close to its payday has been dealt with; later ones are left for whoever looks. */
const DEALT_WITH_DAYS = 9

export async function isSeeded({ db }: Deps): Promise<boolean> {
  const installation = await db.selectFrom('platform.installation').select('seededAt').executeTakeFirst()
  return installation?.seededAt != null
}

export async function markSeeded({ db }: Deps): Promise<void> {
  await db.updateTable('platform.installation').set({ seededAt: new Date() }).execute()
}

/** Tells the story, or the rest of it. */
export async function seedDemonstration(deps: Deps, webhookSecret: string): Promise<void> {
  const today = localDate(deps.clock.now())
  const firstMonth = addMonths(monthOf(today), -PAST_MONTHS)
  const story = setBack(deps, webhookSecret, `${addMonths(firstMonth, -1)}-03`)
  const staff = await staffByRole(deps)
  const pools: { pool: Pool; seeded: SeededPool }[] = []
  for (const seeded of poolsToSeed)
    pools.push({ seeded, pool: await seedPool(story.deps, staff.administrator, seeded) })
  const communities = pools.map(({ pool }) => pool)
  const told = { operator: staff.operator, give }
  await seedCampaigns({ past: story.deps, now: deps }, communities, told)
  for (const { pool, seeded } of pools) await seedGifts(story.deps, pool, seeded.gifts)
  for (let days = 0; days < 14; days += 7) await story.liveTo(addDays(story.today(), 7))
  for (const { pool, seeded } of pools)
    await seedRecipients(story.deps, pool, seeded, staff.operator, firstMonth)
  const all = pools.map(({ pool }) => pool)
  await seedWishes({ past: story.deps, now: deps }, all, staff.operator)
  while (story.today() < today) {
    const next = addDays(story.today(), STEP_DAYS)
    await story.liveTo(next < today ? next : today)
    await dealWithCycles(story.deps, staff, today)
  }
  const monthsAgo = (months: number): Deps =>
    months === 0 ? deps : setBack(deps, webhookSecret, `${addMonths(monthOf(today), -months)}-28`).deps
  await seedThanks(monthsAgo, all, staff.operator)
}

type Staff = Readonly<Record<'operator' | 'approver' | 'administrator', string>>

async function staffByRole({ db, organisationId }: Deps): Promise<Staff> {
  const rows = await db
    .selectFrom('auth.grants')
    .select(['role', 'personId'])
    .where('organisationId', '=', organisationId)
    .orderBy('grantedAt')
    .execute()
  const idOf = (role: string) => rows.find(row => row.role === role)?.personId ?? ''
  return { operator: idOf('operator'), approver: idOf('approver'), administrator: idOf('administrator') }
}

/** The same parts, at another time. */
function setBack(deps: Deps, webhookSecret: string, start: string) {
  let now = instantOf(start, '12:00')
  const past: Deps = { ...deps, clock: { now: () => now, refresh: async () => {} } }
  const receive = openInbox(past)
  const world: World = {
    payments: true,
    bank: true,
    webhookSecret,
    deliver: async (body, signature) => {
      await receive(Buffer.from(body), signature)
      return 200
    },
  }
  return {
    deps: past,
    today: () => localDate(now),
    async liveTo(date: string) {
      // Never past the real clock: what is read once with a later time would be overlooked until then.
      now = new Date(Math.min(instantOf(date, '12:00').getTime(), deps.clock.now().getTime()))
      await liveOn(past, world)
    },
  }
}

const person = (id: string) => ({ kind: 'person', id }) as const

async function seedPool(deps: Deps, administrator: string, { pool }: SeededPool): Promise<Pool> {
  const { db, organisationId, clock } = deps
  const known = await db
    .selectFrom('pools.pools')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('slug', '=', pool.slug)
    .executeTakeFirst()
  if (known) return poolBySlug(db, organisationId, pool.slug)
  const [account] = await bankAccounts(db, organisationId)
  if (!account) throw new Error('the demonstration has no bank account')
  const input = { ...pool, bankAccountId: account.id }
  return inTransaction(db, trx => createPool(trx, organisationId, person(administrator), clock.now(), input))
}

async function seedGifts(deps: Deps, pool: Pool, gifts: readonly Gift[]): Promise<void> {
  for (let start = 0; start < gifts.length; start += GIFTS_AT_ONCE) {
    const some = gifts.slice(start, start + GIFTS_AT_ONCE)
    await Promise.all(
      some.map((gift, offset) => give(deps, pool, gift, `story-${pool.slug}-${start + offset}`)),
    )
  }
  await postTransactions(deps)
}

async function give(deps: Deps, pool: Pool, gift: Gift, idempotencyKey: string): Promise<void> {
  const { donation } = await startDonation(
    deps,
    { kind: 'public' },
    {
      poolId: pool.id,
      amount: gift.amount,
      costsShare: gift.costsShare ?? 0n,
      currency: pool.currency,
      nickname: gift.nickname,
      message: gift.message,
      locale: 'nl',
      idempotencyKey,
    },
  )
  const row = await deps.db
    .selectFrom('donations.donations')
    .select('providerCheckoutId')
    .where('organisationId', '=', deps.organisationId)
    .where('id', '=', donation.id)
    .executeTakeFirstOrThrow()
  await paySession(deps.db, { id: row.providerCheckoutId ?? '', method: gift.method, now: deps.clock.now() })
}

async function seedRecipients(
  deps: Deps,
  pool: Pool,
  { recipients }: SeededPool,
  operator: string,
  firstMonth: string,
): Promise<void> {
  for (const [index, { iban, closed }] of recipients.entries()) {
    const name = `Ontvanger ${pool.name} ${index + 1}`
    const enrolment = await enrol(deps, person(operator), {
      poolId: pool.id,
      name,
      birthDate: '1990-01-01',
      iban,
      // A later start for each, so that the months differ.
      firstMonth: addMonths(firstMonth, index),
      checkedHow: 'Paspoort en inschrijving bekeken',
      reason: 'Geloot uit de aanmeldingen',
      idempotencyKey: `story-${pool.slug}-recipient-${index}`,
    })
    await inTransaction(deps.db, async trx => {
      if (closed) await returnPaymentsTo(trx, iban)
      const known = await trx
        .selectFrom('auth.persons')
        .select('id')
        .where('organisationId', '=', deps.organisationId)
        .where('enrolmentId', '=', enrolment.id)
        .executeTakeFirst()
      if (known) return
      const { organisationId, vault } = deps
      const personId = await addPerson(trx, vault, organisationId, { name, enrolmentId: enrolment.id })
      const role = 'recipient'
      const grant = { personId, role, poolId: pool.id, grantedBy: null } as const
      const grantId = await grantRole(trx, organisationId, grant)
      await recordAct(
        trx,
        organisationId,
        { kind: 'system' },
        {
          at: deps.clock.now(),
          action: 'role.give',
          subject: { kind: 'person', id: personId },
          detail: { role, grantId, poolId: pool.id },
        },
      )
    })
  }
}

/** What the operator and the approver did in the months that have passed; what is due after `leaveFrom` is left. */
async function dealWithCycles(deps: Deps, staff: Staff, leaveFrom: string): Promise<void> {
  await planCycles(deps)
  const soon = addDays(localDate(deps.clock.now()), DEALT_WITH_DAYS)
  for (const cycle of await cyclesOf(deps.db, deps.organisationId)) {
    if (cycle.payday > soon || cycle.payday > leaveFrom) continue
    const key = (step: string) => ({ cycleId: cycle.id, idempotencyKey: `story-${step}-${cycle.id}` })
    await proposeCycle(deps, person(staff.operator), key('propose'))
    await approveCycle(deps, person(staff.approver), key('approve'))
    await sendOnce(deps, person(staff.operator), cycle.id)
  }
}

async function sendOnce(
  deps: Deps,
  operator: { kind: 'person'; id: string },
  cycleId: string,
): Promise<void> {
  try {
    const batchId = await makePaymentFile(deps, operator, {
      cycleId,
      idempotencyKey: `story-file-${cycleId}`,
    })
    await handOver(deps, operator, { batchId, idempotencyKey: `story-hand-over-${batchId}` })
  } catch (error) {
    // The money is still on its way from the provider: the next step tries again.
    if (error instanceof DomainError && error.code === 'bank-balance-too-low') return
    throw error
  }
}
