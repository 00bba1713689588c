// Samples of the donor's own pages.
import type { DonationState } from '../../src/donations/index.ts'
import type { OwnGift, OwnGifts, OwnOverview } from '../../src/giving/index.ts'
import { giftsView } from '../../src/web/donor/gifts.ts'
import { overviewView } from '../../src/web/donor/overview.ts'
import { stopView } from '../../src/web/donor/stop.ts'
import type { Sample, Typed } from './samples.ts'

const at = new Date('2026-11-19T10:00:00Z')

const gift = (typed: Typed, state: DonationState, more: Partial<OwnGift['donation']> = {}): OwnGift => ({
  donation: {
    ...{ id: '019a8f00-0000-7000-8000-00000000cafe', poolId: '019a8f00-0000-7000-8000-00000000beef' },
    ...{ amount: 2_500n, costsShare: 100n, currency: 'EUR', createdAt: at, provider: 'simulated', state },
    ...{ checkoutUrl: null, fee: 29n, feeBearer: 'pool', transactionId: 'txn_1' },
    ...{ availableOn: null, madeAvailableAt: null },
    ...{ refunded: 0n, refundOwed: 0n, disputed: 0n, chargedBack: 0n },
    ...more,
  },
  pool: { slug: 'groningen', name: typed('Groningen') },
  ...{
    receiptToken: 'token-of-a-receipt',
    nickname: typed('Buurvrouw'),
    message: null,
    asOrganisation: false,
  },
})

export const donorSamples = (typed: Typed): Sample[] => {
  const own: OwnGifts = {
    donor: {
      id: '019a8f00-0000-7000-8000-00000000d0d0',
      email: typed('gever@thuis.example'),
      locale: 'nl',
      knownSince: at,
    },
    letters: { locale: 'nl', wanted: ['gift-received'] },
    gifts: [
      gift(typed, 'available'),
      gift(typed, 'partly-refunded', { refunded: 600n }),
      gift(typed, 'disputed', { disputed: 2_600n }),
      { ...gift(typed, 'awaiting-payment'), receiptToken: null },
    ],
    years: [
      { year: 2025, isMade: true },
      { year: 2024, isMade: false },
    ],
  }
  const line = {
    on: '2025-11-19',
    donationId: gift(typed, 'received').donation.id,
    pool: typed('Groningen'),
    currency: 'EUR',
  } as const
  const overview: OwnOverview = {
    email: typed('gever@thuis.example'),
    madeAt: new Date('2026-01-02T06:15:00Z'),
    content: {
      version: 1,
      year: 2025,
      organisation: {
        ...{ legalName: typed('Stichting Meent'), rsin: '123456789', contact: typed('post@meent.example') },
        ...{ address: 'Vismarkt 1, Groningen', anbiSince: '2024-05-01' },
      },
      lines: [
        { ...line, what: 'gift', amount: '2600', costsShare: '100' },
        { ...line, what: 'back', amount: '-600', costsShare: '-23' },
        { ...line, what: 'again', amount: '600', costsShare: '23' },
      ],
    },
  }
  const bare = {
    ...overview.content,
    lines: [],
    organisation: { ...overview.content.organisation, rsin: null, address: null, anbiSince: null },
  }
  const roles = ['donor']
  const path = '/my-gifts'
  const stop = { kind: 'goal-reached', token: '019a.goal-reached.Zk3' } as const
  return [
    { name: 'my gifts', path, roles, render: page => giftsView(page, own) },
    { name: 'my gifts, none yet', path, roles, render: page => giftsView(page, null) },
    {
      ...{ name: 'my gifts, known by letters alone', path, roles },
      render: page => giftsView(page, { ...own, gifts: [], years: [] }),
    },
    {
      name: 'annual overview',
      path: `${path}/overviews/2025`,
      roles,
      render: page => overviewView(page, overview),
    },
    {
      ...{ name: 'annual overview, with little', path: `${path}/overviews/2025`, roles },
      render: page => overviewView(page, { ...overview, content: bare }),
    },
    {
      name: 'stop letters',
      path: `/letters/stop/${stop.token}`,
      roles: [],
      render: page => stopView(page, { ...stop, done: false }),
    },
    {
      name: 'letters stopped',
      path: `/letters/stop/${stop.token}`,
      roles: [],
      render: page => stopView(page, { ...stop, done: true }),
    },
  ]
}
