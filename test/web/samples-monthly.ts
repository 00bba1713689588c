/** Samples of monthly gifts: a donor's own in every state, the page after paying, the staff's list, and the provider's page. */
import { type MonthlyGift, monthlyGiftStates } from '../../src/donations/index.ts'
import { adminMonthlyView } from '../../src/web/admin/monthly.ts'
import { ownMonthlyGiftsView } from '../../src/web/donor/monthly.ts'
import { monthlyStartedView } from '../../src/web/donor/monthly-started.ts'
import { simulatedAccountView } from '../../src/web/public/simulated-account.ts'
import { emptyForm, type Sample, type Typed } from './samples.ts'

const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0e${end}`
const at = new Date('2026-11-20T10:00:00Z')

const giftOf = (state: MonthlyGift['state'], index: number): MonthlyGift => ({
  ...{ id: id(`00000${index}`), poolId: id('00000a'), amount: 2_500n, costsShare: index % 2 ? 100n : 0n },
  ...{ currency: 'EUR', startedAt: at, state, saidAt: state === 'awaiting-payment' ? null : at },
  nextAt: state === 'active' ? new Date('2026-12-20T10:00:00Z') : null,
  ...{ method: 'sepa_debit', instalments: index, openChange: null },
})

export function monthlySamples(typed: Typed): Sample[] {
  const pool = { id: id('00000a'), slug: 'groningen', name: typed('Groningen'), currency: 'EUR' as const }
  const gifts = monthlyGiftStates.map(giftOf)
  const own = gifts.map(gift => ({ ...gift, pool }))
  const [, active] = own
  const refused = {
    ...emptyForm,
    values: { [`amount-${id('000001')}`]: typed('abc') },
    errors: { [`amount-${id('000001')}`]: typed('abc') },
  }
  const asked = (['change-amount', 'pause', 'resume', 'stop'] as const).flatMap((openChange, index) =>
    active ? [{ ...active, id: id(`00010${index}`), openChange }] : [],
  )
  const path = '/my-monthly-gifts'
  const roles = ['donor']
  return [
    {
      name: 'own-monthly',
      path,
      roles,
      render: page => ownMonthlyGiftsView(page, { gifts: own, form: emptyForm }),
    },
    {
      name: 'own-monthly-none',
      path,
      roles,
      render: page => ownMonthlyGiftsView(page, { gifts: [], form: emptyForm }),
    },
    {
      name: 'own-monthly-asked',
      path,
      roles,
      render: page => ownMonthlyGiftsView(page, { gifts: asked, form: emptyForm }),
    },
    {
      name: 'own-monthly-refused',
      path,
      roles,
      render: page => ownMonthlyGiftsView(page, { gifts: own, form: refused }),
    },
    ...gifts.map(gift => ({
      ...{ name: `monthly-started-${gift.state}`, path: '/monthly-gifts/started/abcdefghijkl', roles: [] },
      render: (page: Parameters<Sample['render']>[0]) => monthlyStartedView(page, { gift, pool }),
    })),
    {
      ...{ name: 'admin-monthly', path: '/admin/pools/groningen/monthly-gifts', roles: ['operator'] },
      render: page =>
        adminMonthlyView(page, {
          ...{ pool, gifts, more: true },
          sums: monthlyGiftStates.map((state, index) => ({ state, count: index, amount: 2_500n })),
        }),
    },
    {
      ...{ name: 'admin-monthly-none', path: '/admin/pools/groningen/monthly-gifts', roles: ['operator'] },
      render: page => adminMonthlyView(page, { pool, gifts: [], sums: [], more: false }),
    },
    {
      ...{ name: 'simulated-account', path: '/simulated-account/bps_1', roles: [] },
      render: page =>
        simulatedAccountView(page, { id: 'bps_1', returnUrl: '/my-monthly-gifts', form: emptyForm }),
    },
  ]
}
