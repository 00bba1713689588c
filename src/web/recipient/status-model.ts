/** Gathers all that the recipient's page shows. */
import { actsAbout } from '../../acts/index.ts'
import { roles } from '../../auth/index.ts'
import { blockedEnrolments, freezeOpen, type Payout, paydayOf, payouts } from '../../disbursements/index.ts'
import { accountEndings, type Enrolment, enrolmentById } from '../../enrolments/index.ts'
import { addDays, addMonths, localDate } from '../../platform/calendar/index.ts'
import { type Pool, poolById } from '../../pools/index.ts'
import { ownThanks } from '../../thanks/index.ts'
import type { FormState } from '../components/field.ts'
import { maskedEnding } from '../components/masked.ts'
import { payoutStage } from '../components/states.ts'
import type { PageScope } from '../scope.ts'
import type { StatusModel } from './status.ts'

/** So many days before it, a payday is at risk while payments are frozen. */
const SOON_DAYS = 7

/** `form`: the thank-you's, empty or refused. */
export async function statusModel(
  { deps }: PageScope,
  enrolmentId: string,
  form: FormState,
): Promise<StatusModel> {
  const { db, organisationId, clock } = deps
  const enrolment = await enrolmentById(db, organisationId, enrolmentId)
  const pool = await poolById(db, organisationId, enrolment.poolId)
  const its = await payouts(db, organisationId, { enrolmentId })
  const endings = await accountEndings(db, organisationId, [enrolment])
  const blocked = await blockedEnrolments(db, organisationId, pool.id)
  const next = nextOf(enrolment, pool, its)
  const today = localDate(clock.now())
  return {
    pool,
    enrolment,
    next,
    late: next !== null && next.stage !== 'at-bank' && next.payday < today,
    frozen: isSoon(next, today) && (await freezeOpen(db, organisationId)) !== null,
    held: blocked.has(enrolmentId) ? owedOf(its) : null,
    payouts: its,
    paid: its.filter(({ state }) => state === 'paid').reduce((sum, { amount }) => sum + amount, 0n),
    ibanMasked: maskedEnding(endings.get(enrolment.id)),
    helped: await helpedOf(db, organisationId, enrolmentId),
    thanks: { ...(await ownThanks(db, organisationId, enrolmentId, clock.now())), form },
  }
}

const isSoon = (next: StatusModel['next'], today: string): boolean =>
  next !== null && next.stage !== 'at-bank' && next.payday <= addDays(today, SOON_DAYS)

const SHOWN = 20

/** Who helped stays a role here: the recipient's page names no colleague. */
async function helpedOf(
  db: PageScope['deps']['db'],
  organisationId: number,
  enrolmentId: string,
): Promise<StatusModel['helped']> {
  const subject = { kind: 'enrolment', id: enrolmentId }
  const acts = await actsAbout(db, organisationId, subject, 'representation.start', SHOWN)
  return acts.map(({ at, reason, detail }) => ({
    at,
    reason,
    role: roles.find(role => role === detail.role) ?? null,
  }))
}

const owedOf = (its: readonly Payout[]): bigint =>
  its
    .filter(({ state }) => state === 'accrued' || state === 'returned' || state === 'rejected')
    .reduce((sum, { amount }) => sum + amount, 0n)

/** The first month that is not paid and not in trouble: what is in trouble is said apart, above it. */
function nextOf(enrolment: Enrolment, pool: Pool, its: readonly Payout[]): StatusModel['next'] {
  const byMonth = new Map(its.map(payout => [payout.month, payout]))
  for (let month = enrolment.firstMonth; month <= enrolment.lastMonth; month = addMonths(month, 1)) {
    const payout = byMonth.get(month)
    if (!payout) {
      return {
        month,
        amount: enrolment.monthlyAmount,
        payday: paydayOf(month, pool.paydayOfMonth),
        stage: 'planned',
      }
    }
    const stage = payoutStage(payout)
    if (stage !== 'paid' && stage !== 'returned' && stage !== 'rejected') return { ...payout, stage }
  }
  return null
}
