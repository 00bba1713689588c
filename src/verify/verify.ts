/**
 * Re-derives everything from the journal, on a live system: the journal against itself, the accounts, what every slice
 * says against what the ledger says, and the schema that holds them to it.
 */
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely'
import { actChecks } from '../acts/index.ts'
import { campaignChecks, campaignKinds } from '../campaigns/index.ts'
import { changeChecks } from '../changes/index.ts'
import type { DB } from '../database.ts'
import { disbursementChecks, disbursementKinds } from '../disbursements/index.ts'
import { donationChecks, donationKinds } from '../donations/index.ts'
import { enrolmentChecks, enrolmentKinds } from '../enrolments/index.ts'
import {
  accountChecks,
  journalLaws,
  miscounted,
  organisationsIn,
  portionsOf,
  walkPortion,
  walkSettings,
} from '../ledger/index.ts'
import { askCheck, type Broken, type Checks, DETAILS, settle } from '../platform/checks.ts'
import { bankKinds, reconciliationChecks } from '../reconciliation/index.ts'
import { thanksChecks } from '../thanks/index.ts'
import { wishChecks } from '../wishes/index.ts'
import { checkSchema, schemaLaws } from './schema.ts'
import { onSnapshot, type Task } from './snapshot.ts'

/** What some slice answers for; an entry of another kind was written by nobody that we know. */
const knownKinds = [
  ...donationKinds,
  ...bankKinds,
  ...enrolmentKinds,
  ...disbursementKinds,
  ...campaignKinds,
  'reversal',
]

const wholeChecks: Checks = {
  ...accountChecks,
  'every entry is of a kind that a slice answers for': organisationId => sql`
    select count(*) || ' entries of the kind ' || kind as detail from ledger.entries
     where organisation_id = ${organisationId} group by kind having kind <> all (${knownKinds})`,
  ...enrolmentChecks,
  ...disbursementChecks,
  ...reconciliationChecks,
  ...donationChecks,
  ...changeChecks,
  ...actChecks,
  ...wishChecks,
  ...thanksChecks,
  ...campaignChecks,
}
/** What a query over whole tables may use to sort and join before it writes to disk. */
const wholeSettings = {
  work_mem: '64MB',
  enable_seqscan: 'on',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
}

export interface Scope {
  /** All that are in the ledger when left out. */
  readonly organisationId?: number
  /** Only the newest entries, when there are more: what is bounded enough for a request. */
  readonly newest?: number
  readonly connections?: 1 | 2
  /** Of each question; 0, as it is when left out: as long as it takes. */
  readonly timeoutMs?: number
  readonly onProgress?: (entries: number) => void
}

export interface Report {
  /** When the state that was looked at was the present one. */
  readonly at: Date
  readonly entries: number
  readonly postings: number
  /** False: the journal is longer than `newest`, and what needs all of it was not asked. */
  readonly complete: boolean
  /** Every law that was asked, with what breaks it. */
  readonly laws: readonly Broken[]
}

export async function verify(db: Kysely<DB>, scope: Scope = {}): Promise<Report> {
  const found = new Findings()
  let complete = true
  const at = await onSnapshot(
    db,
    { connections: scope.connections ?? 2, timeoutMs: scope.timeoutMs ?? 0 },
    async trx => {
      const organisations =
        scope.organisationId === undefined ? await organisationsIn(trx) : [scope.organisationId]
      const walks: Task[] = []
      const rest: Task[] = [async each => found.add(...(await checkSchema(each)))]
      for (const organisationId of organisations) {
        const partial = scope.newest !== undefined && (await isLonger(trx, organisationId, scope.newest))
        complete &&= !partial
        walks.push(...(await walksOf(trx, organisationId, scope, partial, found)))
        if (!partial) rest.push(...wholesOf(organisationId, found))
      }
      return [...walks, ...rest]
    },
  )
  const asked = [...Object.values(journalLaws), ...schemaLaws, ...(complete ? Object.keys(wholeChecks) : [])]
  return { at, entries: found.entries, postings: found.postings, complete, laws: found.under(asked) }
}

async function isLonger(
  trx: QueryExecutorProvider,
  organisationId: number,
  entries: number,
): Promise<boolean> {
  const { rows } = await sql`
    select from ledger.entries where organisation_id = ${organisationId} offset ${entries} limit 1`.execute(
    trx,
  )
  return rows.length > 0
}

async function walksOf(
  trx: QueryExecutorProvider,
  organisationId: number,
  { newest, onProgress }: Scope,
  partial: boolean,
  found: Findings,
): Promise<Task[]> {
  const portions = await portionsOf(trx, organisationId, partial ? newest : undefined)
  let left = portions.length
  let postings = 0
  return portions.map(portion => async each => {
    await settle(each, walkSettings)
    const walked = await walkPortion(each, organisationId, portion)
    postings += walked.postings
    found.walked(walked)
    onProgress?.(found.entries)
    left -= 1
    if (left > 0 || partial) return
    const miscount = await miscounted(each, organisationId, postings)
    if (miscount) found.add(miscount)
  })
}

const wholesOf = (organisationId: number, found: Findings): Task[] =>
  Object.entries(wholeChecks).map(([name, query]) => async each => {
    await settle(each, wholeSettings)
    const broken = await askCheck(each, name, query(organisationId))
    if (broken) found.add(broken)
  })

class Findings {
  entries = 0
  postings = 0
  readonly #broken: Broken[] = []

  add(...broken: readonly Broken[]): void {
    this.#broken.push(...broken)
  }

  walked(walked: { entries: number; postings: number; broken: readonly Broken[] }): void {
    this.entries += walked.entries
    this.postings += walked.postings
    this.add(...walked.broken)
  }

  under(laws: readonly string[]): Broken[] {
    return laws.map(check => {
      const its = this.#broken.filter(each => each.check === check)
      const count = its.reduce((sum, each) => sum + each.count, 0)
      return { check, count, details: its.flatMap(each => each.details).slice(0, DETAILS) }
    })
  }
}
