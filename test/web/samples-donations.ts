/** Samples of donations for staff: looked up, and one with refunds in every state. */
import { type Donation, donationStates, type Refund, refundStates } from '../../src/donations/index.ts'
import { type DonationModel, donationsView, donationView } from '../../src/web/admin/donations.ts'
import { emptyForm, type Sample, type Typed } from './samples.ts'

const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0d${end}`
const at = new Date('2026-11-20T10:00:00Z')

const donation: Donation = {
  ...{
    id: id('000001'),
    poolId: id('00000a'),
    amount: 2_500n,
    costsShare: 100n,
    currency: 'EUR',
    createdAt: at,
  },
  ...{
    provider: 'simulated',
    checkoutUrl: null,
    state: 'partly-refunded',
    fee: 29n,
    feeBearer: 'pool',
    transactionId: 'txn_1',
  },
  ...{
    availableOn: at,
    madeAvailableAt: at,
    refunded: 500n,
    refundOwed: 100n,
    disputed: 0n,
    chargedBack: 0n,
  },
}
const refund = (state: Refund['state'], index: number): Refund => ({
  ...{
    id: id(`00010${index}`),
    donationId: donation.id,
    poolId: donation.poolId,
    amount: 100n,
    currency: 'EUR',
    state,
  },
  ...{ decidedBy: id('0000a1'), decidedAt: at, approvedBy: state === 'decided' ? null : id('0000a2') },
  ...{ approvedAt: at, askedAt: state === 'decided' ? null : at, withdrawnAt: null },
})

export function donationSamples(typed: Typed): Sample[] {
  const pool = { id: donation.poolId, slug: 'groningen', name: typed('Groningen') }
  const refunds = refundStates.map(refund)
  const model: DonationModel = {
    ...{ pool, donation, refunds, left: 1_900n, viewerId: id('0000a2') },
    names: new Map([
      [id('0000a1'), typed('Uitvoerder')],
      [id('0000a2'), typed('Fiatteur')],
    ]),
    form: {
      ...emptyForm,
      values: { amount: typed('abc'), reason: typed('Gever belde') },
      errors: {
        amount: typed('Vul een bedrag in'),
        [`reason-${refunds[0]?.id}`]: typed('Schrijf op waarom'),
      },
    },
  }
  const path = '/admin/donations/1'
  const render = (roles: readonly string[], each: DonationModel, name: string): Sample => ({
    ...{ name, path, roles, render: page => donationView(page, each) },
  })
  return [
    render(['operator'], model, 'donation-decides'),
    render(['approver'], { ...model, form: emptyForm }, 'donation-approves'),
    render(['auditor'], { ...model, refunds: [], left: 0n, form: emptyForm }, 'donation-reads'),
    render(['treasurer'], { ...model, refunds: [], left: 0n, form: emptyForm }, 'donation-nothing-left'),
    {
      name: 'donations',
      path: '/admin/pools/groningen/donations',
      roles: ['operator'],
      render: page =>
        donationsView(page, {
          ...{ pool, todo: refunds },
          donations: donationStates.map((state, index) => ({ ...donation, id: id(`00020${index}`), state })),
          form: {
            ...emptyForm,
            values: { reference: typed('abc') },
            errors: { amount: typed('Vul een bedrag in') },
          },
        }),
    },
    {
      name: 'donations-none',
      path: '/admin/pools/groningen/donations',
      roles: ['operator'],
      render: page => donationsView(page, { pool, donations: [], todo: [], form: emptyForm }),
    },
  ]
}
