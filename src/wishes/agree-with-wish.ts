/** "Me too": counted once for each network, without an account and without a cookie. */
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockShown } from './lock-wish.ts'
import { placeOn } from './place.ts'

export interface Agreement {
  readonly agreements: number
  /** False: this network had said so already. */
  readonly counted: boolean
}

/** `place`: where the request comes from, as the guard calls it. */
export async function agreeWithWish(
  { db, organisationId, vault, clock, limits }: Deps,
  place: string,
  wishId: string,
): Promise<Agreement> {
  await limits.count('agree', 'total', 'all')
  const [now, ...before] = placeOn(vault, 'agreement', wishId, place)
  if (!now) throw new DomainError('temporarily-unavailable')
  return inTransaction(db, async trx => {
    const { agreements } = await lockShown(trx, organisationId, wishId)
    const known = await trx
      .selectFrom('wishes.agreements')
      .select('place')
      .where('organisationId', '=', organisationId)
      .where('wishId', '=', wishId)
      .where('place', 'in', [now, ...before])
      .executeTakeFirst()
    if (known) return { agreements, counted: false }
    const row = { organisationId, wishId, place: now, agreedAt: clock.now() }
    await trx.insertInto('wishes.agreements').values(row).execute()
    return { agreements: agreements + 1, counted: true }
  })
}
