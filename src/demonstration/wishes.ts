/** The wishes of the demonstration: what people would do, in both languages. Nicknames are what somebody does, never a name. */
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import type { Pool } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { agreeWithWish, decideWish, reportWish, writeWish } from '../wishes/index.ts'

interface SeededWish {
  readonly text: string
  readonly nickname?: string
  readonly locale?: Locale
  /** Slug. */
  readonly pool?: string
  readonly agreements: number
}

const shown: readonly SeededWish[] = [
  {
    text: 'Een dag minder werken, en die dag voor mijn moeder zorgen.',
    ...{ nickname: 'Mantelzorger', pool: 'groningen', agreements: 23 },
  },
  {
    text: 'Mijn opleiding afmaken, zonder er ’s nachts bij te hoeven werken.',
    ...{ pool: 'groningen', agreements: 17 },
  },
  {
    text: 'Sleep. And after that: repair bicycles with the children of our street, every Wednesday.',
    ...{ nickname: 'Fietsenmaker', locale: 'en', pool: 'lombok', agreements: 9 },
  },
  {
    text: 'Eindelijk die werkplaats beginnen waar ik al jaren over praat. Met een deur die voor iedereen openstaat.',
    ...{ nickname: 'Klusser', pool: 'lombok', agreements: 12 },
  },
  {
    text: 'Mijn schulden aflossen en weer slapen zonder te rekenen. Meer hoeft het voor mij even niet te zijn.',
    agreements: 31,
  },
  {
    text: 'Say no to a shift when my daughter is ill. That would be all, and it would be everything.',
    ...{ locale: 'en', agreements: 14 },
  },
  {
    text: 'Het boek schrijven waarvoor ik nu alleen op zondagochtend tijd heb.',
    ...{ nickname: 'Vroege vogel', pool: 'een-jaar-schrijven', agreements: 6 },
  },
]

const waiting: readonly Omit<SeededWish, 'agreements'>[] = [
  {
    text: 'Samen met de buren een tuin beginnen op het braakliggende stuk achter de school.',
    pool: 'lombok',
  },
  {
    text: 'Teach the piano again, also to people who cannot pay for it.',
    ...{ nickname: 'Pianist', locale: 'en' },
  },
]

const PUBLIC = undefined

/** `past`: when most were written. Every step can be repeated: told again after a crash, it goes on where it stopped. */
export async function seedWishes(
  { past, now }: { readonly past: Deps; readonly now: Deps },
  pools: readonly Pool[],
  operator: string,
): Promise<void> {
  const write = (deps: Deps, wish: Omit<SeededWish, 'agreements'>, key: string) =>
    writeWish(deps, PUBLIC, {
      ...{ text: wish.text, nickname: wish.nickname, locale: wish.locale ?? 'nl' },
      ...{ poolId: pools.find(({ slug }) => slug === wish.pool)?.id, idempotencyKey: key },
    })
  for (const [index, wish] of shown.entries()) {
    const { wishId } = await write(past, wish, `story-wish-${index}`)
    await showOnce(past, operator, wishId)
    for (let place = 0; place < wish.agreements; place += 1)
      await agreeWithWish(past, `story-${place}`, wishId)
    if (index === 0) await reportWish(now, 'story-0', { wishId, reason: 'personal-data' })
  }
  for (const [index, wish] of waiting.entries()) await write(now, wish, `story-waiting-wish-${index}`)
}

async function showOnce(deps: Deps, operator: string, wishId: string): Promise<void> {
  try {
    await decideWish(deps, { kind: 'person', id: operator }, { wishId, decision: 'show' })
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'wish-decided')) throw error
  }
}
