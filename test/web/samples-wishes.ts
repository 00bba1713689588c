/** Samples of wishes: the list, one wish, one's own in each state, and what staff sees of them. */

import { openWishesView } from '../../src/web/admin/wishes.ts'
import type { ShownWish } from '../../src/web/components/wish.ts'
import { ownWishView } from '../../src/web/public/own-wish.ts'
import { wishView } from '../../src/web/public/wish.ts'
import { type WishesModel, wishesView } from '../../src/web/public/wishes.ts'
import type { OpenWish, OwnWish, WishState } from '../../src/wishes/index.ts'
import { emptyForm, poolTerms, type Sample, shortStanding, standing, type Typed } from './samples.ts'

const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0c0b0${end}`
const at = new Date('2026-11-20T10:00:00Z')
/** The page itself: nothing of ours links elsewhere. */
const url = 'https://meent.example/wishes'

export const shownWishes = (typed: Typed): readonly ShownWish[] => [
  {
    ...{ id: id('001'), poolId: id('0aa'), locale: 'nl', agreements: 12, writtenAt: at },
    ...{ text: typed('Een dag minder werken, en die dag voor mijn moeder zorgen.') },
    ...{ nickname: typed('Mantelzorger'), poolName: typed('Groningen') },
  },
  {
    ...{ id: id('002'), poolId: null, locale: 'en', agreements: 1, writtenAt: at, poolName: null },
    ...{ text: typed('Finish my training as a nurse without a second job at night.'), nickname: null },
  },
  {
    ...{ id: id('003'), poolId: null, locale: 'nl', agreements: 0, writtenAt: at, poolName: null },
    text: typed(
      'Ik zou eindelijk mijn schulden aflossen, weer slapen zonder te rekenen, en daarna met de buurt een werkplaats beginnen waar iedereen zijn fiets, stoel of radio kan leren maken. Niet om er rijk van te worden, maar omdat we allemaal iets kunnen dat een ander wil leren. Dat begint met rust.',
    ).slice(0, 280),
    nickname: typed('Klusser'),
  },
]

const refused = () => ({
  ...emptyForm,
  values: { text: 'kort', nickname: '<b>' },
  errors: {
    text: 'Gebruik 10 tot 280 tekens; je hebt er nu 4',
    nickname: 'Laat de tekens < en > weg',
    poolId: 'Deze pot is gesloten',
  },
})

export const wishSamples = (typed: Typed): Sample[] => {
  const wishes = shownWishes(typed)
  const [first, second, third] = wishes as [ShownWish, ShownWish, ShownWish]
  const pool = poolTerms(typed)
  const pools = [{ id: id('0aa'), name: typed('Groningen') }]
  const list: WishesModel = {
    ...{ wishes, order: 'newest', pool: null, pools, isFirst: true, next: id('003'), url, form: emptyForm },
  }
  const ofPool = { ...list, order: 'most-agreed' as const, pool, isFirst: false, next: null }
  const own = (state: WishState): OwnWish => ({
    ...{ id: id('001'), poolId: null, state, agreements: 3, locale: 'nl' },
    because: state === 'refused' ? 'advertising' : state === 'hidden' ? 'reported' : null,
    lookBy: state === 'waiting' ? '2026-11-26' : null,
    text: state === 'taken-away' ? null : first.text,
    nickname: state === 'taken-away' ? null : first.nickname,
  })
  const open = (wish: ShownWish, more: Partial<OpenWish>): OpenWish => ({
    ...wish,
    ...{ state: 'waiting', because: null, lookBy: '2026-11-26', reports: [], notes: [], ...more },
  })
  const staffSees = [
    open(first, { lookBy: '2026-11-23' }),
    open(second, { id: id('004') }),
    open(third, {
      ...{
        state: 'shown',
        reports: [{ reason: 'advertising', reports: 1 }],
        notes: [typed('Dit is mijn tekst')],
      },
    }),
    open(second, { state: 'hidden', because: 'reported', reports: [{ reason: 'hurtful', reports: 3 }] }),
    open(third, { id: id('005'), state: 'hidden', because: 'not-a-wish', lookBy: null }),
  ]
  const admin = { hasMore: true, poolNames: new Map([[id('0aa'), typed('Groningen')]]), today: '2026-11-24' }
  const chosen = {
    ...emptyForm,
    errors: { [`reason-${first.id}`]: 'Kies een reden', wish: 'Over deze wens is al beslist' },
  }
  const page = (
    name: string,
    path: string,
    render: Sample['render'],
    roles: readonly string[] = [],
  ): Sample => ({
    ...{ name, path, roles, render },
  })
  return [
    page('wishes', '/wishes', each => wishesView(each, list)),
    page('wishes-of-pool', '/wishes?pool=groningen', each => wishesView(each, ofPool)),
    page('wishes-refused', '/wishes', each =>
      wishesView(each, { ...list, wishes: [], next: null, form: refused() }),
    ),
    page('wish', `/wishes/${first.id}`, each =>
      wishView(each, { wish: first, pools: [{ pool, standing }], url, form: emptyForm }),
    ),
    page('wish-refused-report', `/wishes/${third.id}`, each =>
      wishView(each, {
        ...{ wish: third, url, form: { ...emptyForm, errors: { reason: 'Kies een reden' } } },
        pools: [
          { pool, standing },
          { pool: { ...pool, slug: 'ander' }, standing: shortStanding },
        ],
      }),
    ),
    ...(['waiting', 'shown', 'hidden', 'refused', 'taken-away'] as const).map(state =>
      page(`own-wish-${state}`, '/wishes/links/x', each =>
        ownWishView(each, { wish: own(state), token: 'geheime-link-1', url }),
      ),
    ),
    page(
      'admin-wishes',
      '/admin/wishes',
      each => openWishesView(each, { ...admin, wishes: staffSees, form: chosen }),
      ['operator'],
    ),
    page(
      'admin-wishes-none',
      '/admin/wishes',
      each => openWishesView(each, { ...admin, hasMore: false, wishes: [], form: emptyForm }),
      ['administrator'],
    ),
  ]
}
