/** The thank-yous of the demonstration: from recipients who wanted to, the last of them still to be read. */
import type { Deps } from '../deps.ts'
import { enrolmentsOf } from '../enrolments/index.ts'
import type { Locale } from '../money/index.ts'
import type { Pool } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { decideThanks, writeThanks } from '../thanks/index.ts'

interface SeededThanks {
  /** Slug. */
  readonly pool: string
  /** Which of its recipients. */
  readonly recipient: number
  /** 0: now, and nobody has looked yet. */
  readonly monthsAgo: number
  readonly text: string
  readonly nickname?: string
  readonly locale?: Locale
}

const story: readonly SeededThanks[] = [
  {
    ...{ pool: 'groningen', recipient: 0, monthsAgo: 2, nickname: 'Mantelzorger' },
    text: 'Ik slaap weer door. Dat klinkt klein, maar het is een ander leven. Dank jullie wel.',
  },
  {
    ...{ pool: 'groningen', recipient: 1, monthsAgo: 1 },
    text: 'Vanmorgen repareerde ik de fiets van de buurjongen en keek ik niet op de klok. Aan iedereen die iets gaf, veel of weinig: het komt aan.',
  },
  {
    ...{ pool: 'lombok', recipient: 0, monthsAgo: 1, locale: 'en' },
    text: 'Thank you. I said no to a night shift for the first time in years, and made soup for the whole stairwell instead.',
  },
  {
    ...{ pool: 'groningen', recipient: 0, monthsAgo: 0, nickname: 'Mantelzorger' },
    text: 'Mijn moeder en ik waren gisteren op de markt, op een dinsdag, omdat het kon. Dat had ik jullie graag zelf verteld.',
  },
]

/** `at`: the parts, so many months ago. Every step can be repeated: told again after a crash, it goes on where it stopped. */
export async function seedThanks(
  at: (monthsAgo: number) => Deps,
  pools: readonly Pool[],
  operator: string,
): Promise<void> {
  for (const [index, each] of story.entries()) {
    const deps = at(each.monthsAgo)
    const thanksId = await write(deps, each, pools, `story-thanks-${index}`)
    if (thanksId && each.monthsAgo > 0) await showOnce(deps, operator, thanksId)
  }
}

/** By the account of that recipient; undefined where the story has none. */
async function write(
  deps: Deps,
  { pool: slug, recipient, text, nickname, locale = 'nl' }: SeededThanks,
  pools: readonly Pool[],
  idempotencyKey: string,
): Promise<string | undefined> {
  const { db, organisationId } = deps
  const pool = pools.find(each => each.slug === slug)
  const enrolment = pool && (await enrolmentsOf(db, organisationId, pool.id))[recipient]
  if (!enrolment) return undefined
  const writer = await db
    .selectFrom('auth.persons')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('enrolmentId', '=', enrolment.id)
    .executeTakeFirst()
  if (!writer) return undefined
  const written = { enrolmentId: enrolment.id, text, nickname, locale, idempotencyKey }
  return writeThanks(deps, { kind: 'person', id: writer.id }, written)
}

async function showOnce(deps: Deps, operator: string, thanksId: string): Promise<void> {
  try {
    await decideThanks(deps, { kind: 'person', id: operator }, { thanksId, decision: 'show' })
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'thanks-decided')) throw error
  }
}
