/** What anybody reads: the first page, pools, public ledgers and receipts. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { personsWithRoles } from '../../auth/index.ts'
import { cyclesOf, paidOut } from '../../disbursements/index.ts'
import {
  type Donation,
  donationByReceipt,
  givenInTotal,
  ledgerKeysOf,
  recentGifts,
  transferOfDonation,
} from '../../donations/index.ts'
import { poolStanding } from '../../enrolments/index.ts'
import { entriesByKey, poolLedger } from '../../ledger/index.ts'
import { EUR } from '../../money/index.ts'
import { profileOf } from '../../organisations/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { type Pool, poolById, poolBySlug, pools, termChanges } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import { monthsOfGift } from '../../retention/index.ts'
import { incomesAfterGift, type PoolPosition } from '../../sustainability/index.ts'
import type { FormState } from '../components/field.ts'
import { contextOf, emptyForm, type PageScope, send } from '../scope.ts'
import { meaningOf } from './gift-meaning.ts'
import { homeView } from './home.ts'
import { ledgerView } from './ledger.ts'
import { organisationView } from './organisation.ts'
import { type PoolModel, poolView } from './pool.ts'
import { receiptView } from './receipt.ts'
import { simulatedTransferForm } from './transfer.ts'
import { typedGift, USUAL } from './typed-gift.ts'
import { wishesInPassing } from './wish-models.ts'

const LEDGER_PAGE = 20
const RECENT_GIFTS = 12

export function registerPublicRoutes(pages: App, scope: PageScope): void {
  const { deps } = scope
  const { db, organisationId, clock } = deps
  const config = { permission: 'public.read' } as const
  const bySlug = { hide: true, params: z.object({ slug: z.string().max(80) }) }

  pages.get('/', { config, schema: { hide: true } }, async (request, reply) => {
    const all = await pools(db, organisationId)
    const standings = await Promise.all(
      all.map(async pool => ({ pool, standing: await poolStanding(db, organisationId, pool, clock.now()) })),
    )
    const totals = {
      given: await givenInTotal(db, organisationId),
      paidOut: await paidOut(db, organisationId),
      receiving: standings.reduce((sum, { standing }) => sum + standing.position.runningIncomes, 0),
    }
    const model = {
      currency: all[0]?.currency ?? EUR,
      totals,
      wishes: await wishesInPassing(scope, all),
      persons:
        deps.mode === 'demonstration' && scope.options.signIn === 'on'
          ? await personsWithRoles(db, organisationId, localDate(clock.now()))
          : null,
      pools: standings.map(({ pool, standing }) => ({ pool, standing: standing.sustainability })),
    }
    return send(reply, homeView(await contextOf(scope, request), model))
  })

  // The form may be filled in already: by a link, or by the script that shows what an amount means.
  const typed = z.string().max(40).optional().catch(undefined)
  const filledIn = z.object({ amount: typed, ownAmount: typed, costsShare: typed })
  pages.get(
    '/pools/:slug',
    { config, schema: { ...bySlug, querystring: filledIn } },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      const { amount, ownAmount, costsShare } = request.query
      const values = {
        ...(amount ? { amount } : {}),
        ...(ownAmount ? { ownAmount } : {}),
        ...(costsShare ? { costsShare } : {}),
      }
      const form = { ...emptyForm(), values }
      return send(reply, poolView(await contextOf(scope, request), await poolModel(scope, pool, form)))
    },
  )

  pages.get('/organisation', { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, organisationView(await contextOf(scope, request), await profileOf(db, organisationId))),
  )

  const cursor = z.object({
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
  })
  pages.get(
    '/pools/:slug/ledger',
    { config, schema: { ...bySlug, querystring: cursor } },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      const before = request.query.before === undefined ? null : BigInt(request.query.before)
      const page = await poolLedger(db, organisationId, pool.id, {
        before: before ?? undefined,
        limit: LEDGER_PAGE,
      })
      return send(reply, ledgerView(await contextOf(scope, request), { pool, page, before }))
    },
  )

  const byToken = { hide: true, params: z.object({ receiptToken: z.string().min(10).max(100) }) }
  pages.get('/receipts/:receiptToken', { config, schema: byToken }, async (request, reply) => {
    const donation = await donationByReceipt(db, organisationId, request.params.receiptToken)
    const pool = await poolById(db, organisationId, donation.poolId)
    const keys = await ledgerKeysOf(db, organisationId, donation.id)
    const transfer = await transferOfDonation(db, organisationId, donation.id)
    const page = await contextOf(scope, request)
    const model = {
      donation,
      pool,
      effect: await effectOf(scope, pool, donation),
      work: await monthsOfGift(deps, donation),
      entries: await entriesByKey(db, organisationId, keys),
      transfer: transfer && {
        ...transfer,
        amount: donation.amount + donation.costsShare,
        currency: donation.currency,
        isOpen: localDate(clock.now()) <= transfer.openUntil,
      },
      ...(transfer && page.demonstration && deps.bankRail
        ? { simulatedTransfer: simulatedTransferForm(page, request.params.receiptToken) }
        : {}),
    }
    return send(reply, receiptView(page, model))
  })
}

/** Everything that a pool's page shows; `form` is the donate form, empty or refused. */
export async function poolModel(scope: PageScope, pool: Pool, form: FormState): Promise<PoolModel> {
  const { deps } = scope
  const { db, organisationId, clock } = deps
  const { totals, sustainability } = await poolStanding(db, organisationId, pool, clock.now())
  const today = localDate(clock.now())
  const paydays = (await cyclesOf(db, organisationId, pool.id)).map(cycle => cycle.payday).sort()
  return {
    pool,
    sustainability,
    whereabouts: {
      pending: totals['fund-pending'],
      available: totals['fund-available'],
      disputed: totals['fund-disputed'],
      reserved: totals['enrolment-reserved'],
      payable: totals['recipient-payable'],
      sent: totals['payout-sent'],
      paid: await paidOut(db, organisationId, pool.id),
      shortfall: totals.shortfall,
    },
    nextPayday: paydays.find(day => day >= today) ?? null,
    gifts: await recentGifts(db, organisationId, pool.id, RECENT_GIFTS),
    wishes: await wishesInPassing(scope, [], pool.id),
    termChanges: await termChanges(db, organisationId, pool.id),
    form,
    meaning: await meaningInForm(scope, pool, form),
  }
}

/** Null while the amount in the form cannot be read. */
async function meaningInForm(scope: PageScope, pool: Pool, { values }: FormState) {
  const { locale } = scope
  try {
    return await meaningOf(scope, pool, typedGift({ ...values, amount: values.amount ?? USUAL }, locale))
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** What the gift does to the pool as it stands without it. */
async function effectOf({ deps }: PageScope, pool: Pool, donation: Donation) {
  if (!['awaiting-payment', 'received', 'available'].includes(donation.state)) return null
  const { position } = await poolStanding(deps.db, deps.organisationId, pool, deps.clock.now())
  const net = donation.feeBearer === 'pool' ? donation.amount - (donation.fee ?? 0n) : donation.amount
  const without: PoolPosition =
    donation.state === 'available' && position.fundAvailable >= net
      ? { ...position, fundAvailable: position.fundAvailable - net }
      : position
  return incomesAfterGift(without, donation.amount)
}
