/** Gathers what pages show of wishes. */
import { poolStanding } from '../../enrolments/index.ts'
import { type Pool, pools } from '../../pools/index.ts'
import { type Wish, type WishOrder, wishById, wishes } from '../../wishes/index.ts'
import type { FormState } from '../components/field.ts'
import type { ShownWish } from '../components/wish.ts'
import { localPath } from '../page.ts'
import { paths } from '../paths.ts'
import type { PageScope } from '../scope.ts'
import type { WishModel } from './wish.ts'
import type { WishesModel } from './wishes.ts'

const WISHES_A_PAGE = 12
/** On the first page and on a pool's. */
const WISHES_IN_PASSING = 3

export const wholeUrl = ({ deps, locale }: PageScope, path: string): string =>
  `${deps.publicUrl()}${localPath({ locale }, path)}`

/** Without the names of pools where the page is about one. */
const named = (all: readonly Pool[], found: readonly Wish[]): ShownWish[] =>
  found.map(wish => ({ ...wish, poolName: all.find(({ id }) => id === wish.poolId)?.name ?? null }))

export async function wishesModel(
  scope: PageScope,
  asked: { readonly pool: Pool | null; readonly order: WishOrder; readonly after?: string | undefined },
  form: FormState,
): Promise<WishesModel> {
  const { db, organisationId } = scope.deps
  const { pool, order, after } = asked
  const all = await pools(db, organisationId)
  const page = await wishes(db, organisationId, { order, after, poolId: pool?.id, limit: WISHES_A_PAGE })
  return {
    wishes: named(pool ? [] : all, page.wishes),
    order,
    pool,
    pools: all.filter(({ state }) => state === 'open'),
    isFirst: after === undefined,
    next: page.next,
    url: wholeUrl(scope, paths.wishes(pool ? { pool: pool.slug } : {})),
    form,
  }
}

export async function wishModel(scope: PageScope, wishId: string, form: FormState): Promise<WishModel> {
  const { db, organisationId, clock } = scope.deps
  const wish = await wishById(db, organisationId, wishId)
  const all = await pools(db, organisationId)
  const open = all.filter(({ state }) => state === 'open')
  const its = open.filter(({ id }) => id === wish.poolId)
  const ways = (its.length > 0 ? its : open).map(async pool => ({
    pool,
    standing: (await poolStanding(db, organisationId, pool, clock.now())).sustainability,
  }))
  const [shown = { ...wish, poolName: null }] = named(all, [wish])
  return { wish: shown, pools: await Promise.all(ways), url: wholeUrl(scope, paths.wish(wishId)), form }
}

/** A few, those that most people share first. */
export async function wishesInPassing(
  { deps: { db, organisationId } }: PageScope,
  all: readonly Pool[],
  poolId?: string,
): Promise<ShownWish[]> {
  const asked = { order: 'most-agreed', poolId, limit: WISHES_IN_PASSING } as const
  return named(poolId ? [] : all, (await wishes(db, organisationId, asked)).wishes)
}
