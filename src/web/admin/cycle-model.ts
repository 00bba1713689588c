/** Gathers what the month's page shows: this month's lines against last month's, who did what, and the cash. */
import { allows, type Person, personsWithRoles } from '../../auth/index.ts'
import type { Deps } from '../../deps.ts'
import {
  batchesOf,
  blockedEnrolments,
  broughtInAReturn,
  type Cycle,
  cycleById,
  cycleState,
  cyclesOf,
  enrolledANewcomer,
  gaveTheRoleAlone,
  type Payout,
  payouts,
  retriesOf,
  submissionDeadline,
} from '../../disbursements/index.ts'
import { accountEndings, type Enrolment, enrolmentsDue, enrolmentsOf } from '../../enrolments/index.ts'
import { accounts, balanceOf } from '../../ledger/index.ts'
import { localDate, monthsBetween } from '../../platform/calendar/index.ts'
import { poolById } from '../../pools/index.ts'
import type { FormState } from '../components/field.ts'
import { maskedEnding } from '../components/masked.ts'
import type { CycleModel } from './cycle.ts'
import type { CycleLine } from './cycle-lines.ts'

export async function cycleModel(
  deps: Deps,
  cycleId: string,
  viewer: Person,
  form: FormState,
): Promise<CycleModel> {
  const { db, organisationId } = deps
  const cycle = await cycleById(db, organisationId, cycleId)
  const pool = await poolById(db, organisationId, cycle.poolId)
  const its = await payouts(db, organisationId, { cycleId })
  const before = (await cyclesOf(db, organisationId, pool.id)).find(each => each.month < cycle.month)
  const previous = before ? await payouts(db, organisationId, { cycleId: before.id }) : null
  const lines = await linesOf(deps, cycle, its, previous, viewer)
  const batch = (await batchesOf(db, organisationId, cycleId)).at(-1) ?? null
  const may = (permission: Parameters<typeof allows>[0]) => allows(permission, viewer.grants, pool.id)
  return {
    cycle: { ...cycle, state: cycleState(cycle, its) },
    pool,
    currency: pool.currency,
    lines,
    ended: (previous ?? [])
      .filter(payout => !lines.some(line => line.enrolmentId === payout.enrolmentId))
      .map(({ enrolmentId, amount }) => ({ enrolmentId, previousAmount: amount })),
    previous: previous && {
      payouts: previous.length,
      total: previous.reduce((sum, { amount }) => sum + amount, 0n),
    },
    steps: await stepsOf(deps, cycle, its, batch),
    batch,
    bankBalance: await balanceOf(db, organisationId, accounts.bank(pool.bankAccountId), pool.currency),
    submitBefore: submissionDeadline(cycle.payday),
    may: {
      propose: may('cycles.propose'),
      approve: may('cycles.approve'),
      makeFile: may('payment-files.make'),
      readFile: may('payment-files.read'),
      handOver: may('payment-files.hand-over'),
      importStatement: may('statements.import'),
      callRecipient: may('enrolments.create'),
      openEnrolment: may('enrolments.read'),
    },
    noSecondEyes: await noSecondEyes(deps, cycle, viewer),
    retries: await retries(deps, cycle, viewer),
    blocked: await blocked(deps, cycle, its),
    form,
  }
}

async function noSecondEyes(
  { db, organisationId }: Deps,
  cycle: Cycle,
  { id: personId, grants }: Person,
): Promise<CycleModel['noSecondEyes']> {
  if (cycle.proposedBy === personId) return 'proposed'
  if (!cycle.proposedAt || !allows('cycles.approve', grants, cycle.poolId)) return null
  const asked = { cycleId: cycle.id, personId }
  if (await gaveTheRoleAlone(db, organisationId, asked)) return 'gave-the-role'
  return (await enrolledANewcomer(db, organisationId, asked)) ? 'enrolled' : null
}

async function retries(
  { db, organisationId }: Deps,
  { id }: Cycle,
  { id: personId }: Person,
): Promise<CycleModel['retries']> {
  const all = await retriesOf(db, organisationId, id)
  const waiting = all.filter(({ approved }) => !approved)
  const attemptIds = waiting.map(({ attemptId }) => attemptId)
  return {
    waiting: waiting.length,
    approved: all.length - waiting.length,
    own: waiting.length > 0 && (await broughtInAReturn(db, organisationId, { attemptIds, personId })),
  }
}

/** What waits until an account is right: what came back for good, and what was left out since. */
async function blocked(
  { db, organisationId }: Deps,
  cycle: Cycle,
  its: readonly Payout[],
): Promise<CycleModel['blocked']> {
  const unpaid = its.filter(
    ({ state }) => state === 'returned' || state === 'rejected' || state === 'accrued',
  )
  if (unpaid.length === 0) return []
  const reasons = await blockedEnrolments(db, organisationId, cycle.poolId)
  return unpaid.flatMap(({ enrolmentId }) => {
    const reason = reasons.get(enrolmentId)
    return reason === undefined ? [] : { enrolmentId, reason }
  })
}

/** Once proposed, the frozen payouts; before that, who would be on the list now. */
async function linesOf(
  { db, organisationId }: Deps,
  cycle: Cycle,
  its: readonly Payout[],
  previous: readonly Payout[] | null,
  viewer: Person,
): Promise<CycleLine[]> {
  const enrolments = new Map(
    (await enrolmentsOf(db, organisationId, cycle.poolId)).map(each => [each.id, each]),
  )
  const maySee = allows('account-endings.read', viewer.grants, cycle.poolId)
  const endings = await accountEndings(db, organisationId, maySee ? [...enrolments.values()] : [])
  const due = cycle.proposedAt
    ? its
    : (await enrolmentsDue(db, organisationId, cycle.poolId, cycle.month)).map(draft)
  return due.flatMap(({ enrolmentId, amount, state, sentAt, reason }) => {
    const enrolment = enrolments.get(enrolmentId)
    if (!enrolment) return []
    const last = previous?.find(payout => payout.enrolmentId === enrolmentId)
    return {
      enrolmentId,
      amount,
      state,
      sentAt,
      reason,
      ibanMasked: maskedEnding(endings.get(enrolment.id)),
      monthNumber: monthsBetween(enrolment.firstMonth, cycle.month) + 1,
      termMonths: enrolment.termMonths,
      change: last ? (last.amount === amount ? 'same' : 'changed') : 'new',
      previousAmount: last?.amount ?? null,
    }
  })
}

const draft = ({ id, monthlyAmount }: Enrolment) => ({
  enrolmentId: id,
  amount: monthlyAmount,
  state: 'planned' as const,
  sentAt: null,
  reason: null,
})

async function stepsOf(
  { db, organisationId, clock }: Deps,
  cycle: Cycle,
  its: readonly Payout[],
  batch: { madeAt: Date; madeBy: string; handedOverAt: Date | null; handedOverBy: string | null } | null,
): Promise<CycleModel['steps']> {
  const people = await personsWithRoles(db, organisationId, localDate(clock.now()))
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null | undefined) => (id ? (names.get(id) ?? null) : null)
  const state = cycleState(cycle, its)
  const lastOutcome = new Date(Math.max(0, ...its.map(({ outcomeAt }) => outcomeAt?.getTime() ?? 0)))
  return [
    { step: 'planned', at: cycle.plannedAt, by: null },
    { step: 'proposed', at: cycle.proposedAt, by: nameOf(cycle.proposedBy) },
    { step: 'approved', at: cycle.approvedAt, by: nameOf(cycle.approvedBy) },
    { step: 'file-made', at: batch?.madeAt ?? null, by: nameOf(batch?.madeBy) },
    { step: 'at-bank', at: batch?.handedOverAt ?? null, by: nameOf(batch?.handedOverBy) },
    ...(state === 'not-all-paid' ? [{ step: state, at: lastOutcome, by: null } as const] : []),
    { step: 'settled', at: state === 'settled' ? lastOutcome : null, by: null },
  ]
}
