/** Gathers the staff's first page: what needs doing now, the pools, the cycles, the people. */
import {
  allows,
  isStaffRole,
  type Permission,
  type Person,
  personsWithRoles,
  poolsOf,
} from '../../auth/index.ts'
import { campaignsToReview, campaignsWaiting, openEndings } from '../../campaigns/index.ts'
import { changes, mayDecide } from '../../changes/index.ts'
import type { Deps } from '../../deps.ts'
import {
  batchesOf,
  broughtInAReturn,
  type Cycle,
  cycleState,
  cyclesOf,
  freezeOpen,
  type Payout,
  payouts,
  retriesOf,
  submissionDeadline,
} from '../../disbursements/index.ts'
import { refundsToDo } from '../../donations/index.ts'
import { cohorts } from '../../donors/index.ts'
import { enrolmentsDue, poolStanding } from '../../enrolments/index.ts'
import type { Locale } from '../../money/index.ts'
import { shortFingerprint } from '../../organisations/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { type Pool, pools } from '../../pools/index.ts'
import { suspenseEntries } from '../../reconciliation/index.ts'
import { thanksForStaff } from '../../thanks/index.ts'
import { waitingForStaff } from '../../wishes/index.ts'
import { monthText } from '../components/date.ts'
import type { FormState } from '../components/field.ts'
import { areAtBank, cycleStage } from '../components/states.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import type { CycleRow, OverviewModel, Task } from './overview.ts'

/** Older cycles are found through their pool. */
const CYCLES_SHOWN = 12
const COHORTS_SHOWN = 12

export async function overviewModel(
  deps: Deps,
  viewer: Person,
  locale: Locale,
  form: FormState,
): Promise<OverviewModel> {
  const { db, organisationId, clock } = deps
  const mine = poolsOf('overview.read', viewer.grants)
  const all = (await pools(db, organisationId)).filter(({ id }) => mine === 'all' || mine.includes(id))
  const cycles: CycleRow[] = []
  const tasks: Task[] = []
  const readable = all.filter(({ id }) => allows('cycles.read', viewer.grants, id))
  const theirs = new Map(readable.map(pool => [pool.id, pool]))
  const latest = (await cyclesOf(db, organisationId)).filter(({ poolId }) => theirs.has(poolId))
  for (const cycle of latest.slice(0, CYCLES_SHOWN)) {
    const pool = theirs.get(cycle.poolId)
    if (!pool) continue
    const its = await payouts(db, organisationId, { cycleId: cycle.id })
    cycles.push(await rowOf(deps, pool, cycle, its))
    tasks.push(...(await tasksOf(deps, viewer, pool, cycle, its, locale)))
  }
  const unrecognised = allows('bank.read', viewer.grants, null)
    ? await suspenseEntries(db, organisationId, 100)
    : []
  if (unrecognised.length > 0) {
    tasks.push({
      kind: 'suspense',
      where: String(unrecognised.length),
      path: paths.reconciliation,
      before: null,
    })
  }
  tasks.push(...(await refundTasks(deps, viewer, all)))
  tasks.push(
    ...(await changeTasks(deps, viewer, locale)),
    ...(await wishTasks(deps, viewer)),
    ...(await thanksTasks(deps, viewer)),
    ...(await campaignTasks(deps, viewer)),
  )
  return {
    tasks: tasks.sort((a, b) => ((a.before ?? '9') < (b.before ?? '9') ? -1 : 1)),
    pools: await Promise.all(
      all.map(async pool => ({
        pool,
        standing: (await poolStanding(db, organisationId, pool, clock.now())).sustainability,
      })),
    ),
    cycles: readable.length > 0 ? cycles : null,
    cohorts: allows('donations.read', viewer.grants, null)
      ? await inTransaction(db, trx => cohorts(trx, organisationId, clock.now(), COHORTS_SHOWN))
      : null,
    maySeePeople: allows('people.read', viewer.grants, null),
    people: (await personsWithRoles(db, organisationId, localDate(clock.now()))).filter(({ roles }) =>
      roles.some(isStaffRole),
    ),
    mayMoveClock: allows('demonstration.clock', viewer.grants, null),
    mayFreeze: allows('payments.freeze', viewer.grants) && !(await freezeOpen(db, organisationId)),
    form,
  }
}

/** Refunds that wait for this person as the second one, and those that went wrong. */
async function refundTasks(
  { db, organisationId }: Deps,
  viewer: Person,
  all: readonly Pool[],
): Promise<Task[]> {
  const tasks: Task[] = []
  for (const pool of all) {
    if (!allows('donations.read', viewer.grants, pool.id)) continue
    const waiting = (await refundsToDo(db, organisationId, pool.id)).filter(
      ({ state, decidedBy }) =>
        (state === 'decided' &&
          decidedBy !== viewer.id &&
          allows('refunds.approve', viewer.grants, pool.id)) ||
        ((state === 'failed' || state === 'refused') && allows('refunds.withdraw', viewer.grants, pool.id)),
    )
    if (waiting.length > 0)
      tasks.push({ kind: 'refund', where: pool.name, path: paths.adminDonations(pool.slug), before: null })
  }
  return tasks
}

/** What waits for this person as the second one, and keys that wait for anybody. */
async function changeTasks(deps: Deps, viewer: Person, locale: Locale): Promise<Task[]> {
  const { db, organisationId, clock, providerKeys } = deps
  if (!allows('changes.read', viewer.grants, null)) return []
  const t = text(locale).changes
  const filter = { state: 'open', limit: 50 } as const
  const open = (await changes(db, organisationId, clock.now(), filter)).changes
  const mine = open.filter(
    each =>
      each.proposedBy !== viewer.id &&
      mayDecide(each.kind, viewer.grants) &&
      !(each.kind === 'approving-role' && each.subjectId === viewer.id),
  )
  const tasks = mine.map(({ kind, expiresAt, id }): Task => {
    const path = `${paths.changes()}#change-${id}`
    return { kind: 'decide-change', where: t.kinds[kind], path, before: localDate(expiresAt) }
  })
  if (await providerKeys.areAccepted()) return tasks
  const where = shortFingerprint(providerKeys.fingerprint)
  return [...tasks, { kind: 'payments-on-hold', where, path: `${paths.changes()}#keys`, before: null }]
}

/** What was promised to whoever writes or reports: late ones stand apart. */
async function wishTasks({ db, organisationId, clock }: Deps, viewer: Person): Promise<Task[]> {
  if (!allows('wishes.moderate', viewer.grants, null)) return []
  const { waiting, late, lookBy } = await waitingForStaff(db, organisationId, localDate(clock.now()))
  const task = (kind: Task['kind'], count: number, before: string | null): Task[] =>
    count === 0 ? [] : [{ kind, where: String(count), path: paths.adminWishes, before }]
  return [...task('late-wishes', late, null), ...task('look-at-wishes', waiting - late, lookBy)]
}

/** The same promise to recipients who wrote a thank-you. */
async function thanksTasks({ db, organisationId, clock }: Deps, viewer: Person): Promise<Task[]> {
  if (!allows('thanks.moderate', viewer.grants, null)) return []
  const { waiting, late, lookBy } = await thanksForStaff(db, organisationId, localDate(clock.now()))
  const task = (kind: Task['kind'], count: number, before: string | null): Task[] =>
    count === 0 ? [] : [{ kind, where: String(count), path: paths.adminThanks, before }]
  return [...task('late-thanks', late, null), ...task('look-at-thanks', waiting - late, lookBy)]
}

/** Campaigns that wait for somebody like this person: to be decided on, carried out or looked at again. */
async function campaignTasks({ db, organisationId, clock }: Deps, viewer: Person): Promise<Task[]> {
  const may = (permission: Permission) => allows(permission, viewer.grants, null)
  if (!may('campaigns.read')) return []
  const tasks: Task[] = []
  const one = (kind: Task['kind'], { id, title }: { readonly id: string; readonly title: string }) =>
    tasks.push({ kind, where: title, path: paths.adminCampaign(id), before: null })
  if (may('campaigns.decide')) {
    const { waiting, late, lookBy } = await campaignsWaiting(db, organisationId, localDate(clock.now()))
    const path = paths.adminCampaigns
    if (late > 0) tasks.push({ kind: 'late-campaigns', where: String(late), path, before: null })
    if (waiting > late)
      tasks.push({ kind: 'decide-campaigns', where: String(waiting - late), path, before: lookBy })
  }
  for (const { campaign, outcome } of await openEndings(db, organisationId)) {
    if (campaign.starterId === viewer.id) continue
    if (!outcome && may('campaign-outcomes.decide')) one('decide-outcome', campaign)
    const waits = outcome && outcome.approvedAt === null && outcome.decidedBy !== viewer.id
    if (waits && may('campaign-outcomes.approve')) one('approve-outcome', campaign)
  }
  if (may('campaigns.review'))
    for (const campaign of await campaignsToReview(db, organisationId))
      if (campaign.decidedBy !== viewer.id && campaign.starterId !== viewer.id)
        one('review-campaign', campaign)
  return tasks
}

async function rowOf(
  { db, organisationId }: Deps,
  pool: Pool,
  cycle: Cycle,
  its: readonly Payout[],
): Promise<CycleRow> {
  const amounts = cycle.proposedAt
    ? its.map(({ amount }) => amount)
    : (await enrolmentsDue(db, organisationId, pool.id, cycle.month)).map(
        ({ monthlyAmount }) => monthlyAmount,
      )
  return {
    id: cycle.id,
    month: cycle.month,
    payday: cycle.payday,
    poolName: pool.name,
    stage: cycleStage(cycleState(cycle, its), areAtBank(its)),
    payouts: amounts.length,
    total: amounts.reduce((sum, amount) => sum + amount, 0n),
    currency: pool.currency,
  }
}

/** The next step of a cycle, for whoever may take it. */
async function tasksOf(
  { db, organisationId }: Deps,
  viewer: Person,
  pool: Pool,
  cycle: Cycle,
  its: readonly Payout[],
  locale: Locale,
): Promise<Task[]> {
  const where = `${pool.name}, ${monthText(cycle.month, locale)}`
  const task = (kind: Task['kind'], permission: Permission, before: string | null): Task[] =>
    allows(permission, viewer.grants, pool.id) ? [{ kind, where, path: paths.cycle(cycle.id), before }] : []
  const deadline = submissionDeadline(cycle.payday)
  if (!cycle.proposedAt) return task('propose', 'cycles.propose', deadline)
  if (!cycle.approvedAt)
    return cycle.proposedBy === viewer.id ? [] : task('approve', 'cycles.approve', deadline)
  const batch = (await batchesOf(db, organisationId, cycle.id)).at(-1)
  if (!batch) return task('make-file', 'payment-files.make', deadline)
  if (!batch.handedOverAt) return task('hand-over', 'payment-files.hand-over', deadline)
  const back = its.filter(({ state }) => state === 'returned' || state === 'rejected')
  if (back.length === 0) return []
  const retries = await retriesOf(db, organisationId, cycle.id)
  const waiting = retries.filter(({ approved }) => !approved).map(({ attemptId }) => attemptId)
  const own =
    waiting.length > 0 &&
    (await broughtInAReturn(db, organisationId, { attemptIds: waiting, personId: viewer.id }))
  return [
    ...(back.length > retries.length ? task('returned-payout', 'enrolments.create', null) : []),
    ...(waiting.length > 0 && !own ? task('approve-retries', 'cycles.approve', null) : []),
    ...(retries.length > waiting.length ? task('make-file-again', 'payment-files.make', null) : []),
  ]
}
