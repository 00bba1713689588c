/** Samples of what anybody and a recipient sees. */

import { roles } from '../../src/auth/index.ts'
import { type DonationState, donationStates } from '../../src/donations/index.ts'
import { apiDocsView } from '../../src/web/public/api-docs.ts'
import { homeView } from '../../src/web/public/home.ts'
import { ledgerView } from '../../src/web/public/ledger.ts'
import type { OpenApiDocument } from '../../src/web/public/openapi-document.ts'
import { organisationView } from '../../src/web/public/organisation.ts'
import { type PoolModel, poolView } from '../../src/web/public/pool.ts'
import { problemView } from '../../src/web/public/problem.ts'
import { type ReceiptModel, receiptView } from '../../src/web/public/receipt.ts'
import { simulatedPaymentView } from '../../src/web/public/simulated-payment.ts'
import { simulatedTransferForm } from '../../src/web/public/transfer.ts'
import { type StatusModel, statusView } from '../../src/web/recipient/status.ts'
import {
  emptyForm,
  entries,
  poolTerms,
  type Sample,
  shortStanding,
  standing,
  type Typed,
  whereabouts,
} from './samples.ts'

import { shownWishes } from './samples-wishes.ts'

const day = (text: string) => new Date(`${text}T10:00:00Z`)

const giftMeaningSample = {
  amount: 2_500n,
  costsShare: 100n,
  time: { months: 0n, days: 0n, hours: 18n, minutes: 0n },
  effect: { incomeNumber: 4, sharePerMille: 2n },
  fees: [
    { method: 'ideal', fee: 29n },
    { method: 'card', fee: 64n },
  ] as const,
}

const profileSample = (typed: Typed) => ({
  address: typed('Markt 1'),
  registered: '12345678',
  anbiSince: '2020-01-01',
  policyUrl: 'https://meent.example/beleid',
  board: [typed('Voorzitter'), typed('Penningmeester')],
})

const told = {
  ...{ name: 'Groningen', area: 'Gemeente Groningen', monthlyAmount: 100_000 },
  ...{ termMonths: 12, paydayOfMonth: 25, feeBearer: 'pool' as const },
}

export const publicSamples = (typed: Typed): Sample[] => {
  const pool = poolTerms(typed)
  const small = {
    ...pool,
    slug: 'lombok',
    name: typed('Buurtpot Lombok'),
    area: typed('Utrecht, wijk Lombok'),
    monthlyAmount: 10_000n,
    feeBearer: 'costs' as const,
  }
  const personal = {
    ...pool,
    slug: 'een-jaar-schrijven',
    name: typed('Een jaar om te schrijven'),
    kind: 'personal' as const,
    area: typed('Nederland'),
  }
  const home = {
    currency: 'EUR' as const,
    totals: { given: 3_894_134n, paidOut: 645_000n, receiving: 5 },
    wishes: shownWishes(typed),
    persons: [...roles].map(role => ({ id: `id-${role}`, name: typed(role), roles: [role] })),
    pools: [
      { pool, standing },
      { pool: small, standing },
      { pool: personal, standing: shortStanding },
      { pool: { ...small, slug: 'oud', state: 'closed' as const }, standing: shortStanding },
    ],
  }
  const poolModel: PoolModel = {
    pool,
    sustainability: standing,
    whereabouts,
    nextPayday: '2026-12-24',
    termChanges: [
      {
        changeId: '019a8f00-0000-7000-8000-0000000000cc',
        changedAt: day('2026-11-20'),
        was: { ...told, monthlyAmount: 80_000, feeBearer: 'costs' },
        became: { ...told, name: typed('Groningen') },
        alone: false,
      },
      {
        changeId: '019a8f00-0000-7000-8000-0000000000cb',
        changedAt: day('2026-11-10'),
        was: { ...told, termMonths: 6, paydayOfMonth: 1, area: typed('Stad') },
        became: { ...told, monthlyAmount: 80_000, feeBearer: 'costs' },
        alone: true,
      },
    ],
    wishes: shownWishes(typed)
      .slice(0, 2)
      .map(wish => ({ ...wish, poolName: null })),
    gifts: [
      {
        amount: 2_500n,
        currency: 'EUR',
        at: day('2026-11-23'),
        nickname: typed('Noorderling'),
        message: typed('Een jaar lang ademruimte gunnen we iedereen.'),
        asOrganisation: true,
      },
      {
        amount: 1_000_000n,
        currency: 'EUR',
        at: day('2026-11-20'),
        nickname: null,
        message: null,
        asOrganisation: false,
      },
    ],
    form: emptyForm,
    meaning: giftMeaningSample,
  }
  const refused = {
    ...emptyForm,
    values: {
      amount: '25',
      ownAmount: typed('veel'),
      nickname: typed('Koffiebar om de hoek'),
      message: typed('Rust\nin het hoofd'),
    },
    errors: {
      ownAmount: typed('Vul een bedrag in, bijvoorbeeld 25 of 12,50'),
      nickname: typed('Gebruik hoogstens 60 tekens'),
    },
  }
  return [
    { name: 'home', path: '/', roles: [], render: page => homeView(page, home) },
    {
      name: 'home-empty',
      path: '/',
      roles: ['recipient'],
      render: page =>
        homeView(
          { ...page, demonstration: null },
          { ...home, totals: { given: 0n, paidOut: 0n, receiving: 1 }, persons: null, pools: [], wishes: [] },
        ),
    },
    {
      name: 'organisation',
      path: '/organisation',
      roles: [],
      render: page => organisationView(page, profileSample(typed)),
    },
    {
      name: 'organisation-bare',
      path: '/organisation',
      roles: [],
      render: page => organisationView(page, null),
    },
    { name: 'pool', path: '/pools/groningen', roles: [], render: page => poolView(page, poolModel) },
    {
      name: 'pool-refused',
      path: '/pools/groningen',
      roles: [],
      render: page => poolView(page, { ...poolModel, form: refused, gifts: [], wishes: [] }),
    },
    {
      name: 'pool-short',
      path: '/pools/groningen',
      roles: [],
      render: page =>
        poolView(page, {
          ...poolModel,
          pool: { ...pool, state: 'closed' },
          sustainability: shortStanding,
          whereabouts: { ...whereabouts, disputed: 5_000n, shortfall: 7_500n },
          nextPayday: null,
        }),
    },
    {
      name: 'ledger',
      path: '/pools/groningen/ledger?before=1043',
      roles: [],
      render: page => ledgerView(page, { pool, page: { entries, next: 1040n }, before: 1043n }),
    },
    {
      name: 'ledger-empty',
      path: '/pools/groningen/ledger',
      roles: [],
      render: page => ledgerView(page, { pool, page: { entries: [], next: null }, before: null }),
    },
    ...receipts(typed),
    ...(['open', 'complete', 'expired'] as const).map(
      (status): Sample => ({
        name: `simulated-payment-${status}`,
        path: '/simulated-payment/cs_1',
        roles: [],
        render: page =>
          simulatedPaymentView(page, {
            session: {
              id: 'cs_1',
              status,
              amount: 2_600n,
              lines: [
                { name: typed('Donatie aan Groningen'), amount: 2_500n },
                { name: typed('Bijdrage'), amount: 100n },
              ],
              methods: ['ideal', 'card', 'sepa_debit'],
            },
            currency: 'EUR',
            form:
              status === 'open'
                ? { ...emptyForm, errors: { method: typed('De betaling is mislukt') } }
                : emptyForm,
          }),
      }),
    ),
    {
      name: 'problem',
      path: '/admin/cycles/1',
      roles: [],
      render: page =>
        problemView(page, {
          problem: {
            type: '/problems/not-signed-in',
            title: typed('Log eerst in'),
            status: 401,
            detail: typed('Deze pagina is voor medewerkers'),
            instance: 'urn:uuid:019a0000-0000-7000-8000-000000000009',
            errors: [{ field: typed('name'), reason: typed('leeg') }],
            missing: { amount: 718366, currency: 'EUR' },
          },
          back: '/pools/groningen',
        }),
    },
    ...statuses(typed),
    { name: 'api-docs', path: '/v1/docs', roles: [], render: page => apiDocsView(page, openApi(typed)) },
  ]
}

const backOf: Partial<Record<DonationState, Partial<ReceiptModel['donation']>>> = {
  'partly-refunded': { refunded: 500n, refundOwed: 100n },
  refunded: { refunded: 2_600n },
  disputed: { disputed: 2_600n },
  'charged-back': { chargedBack: 2_600n },
}

function receipts(typed: Typed): Sample[] {
  const base: ReceiptModel = {
    donation: {
      id: '019a8f00-0000-7000-8000-00000000cafe',
      amount: 2_500n,
      costsShare: 100n,
      currency: 'EUR',
      createdAt: day('2026-11-19'),
      provider: 'simulated',
      checkoutUrl: '/simulated-payment/cs_1',
      state: 'available',
      fee: 29n,
      feeBearer: 'pool',
      availableOn: day('2026-11-22'),
      ...{ refunded: 0n, refundOwed: 0n, disputed: 0n, chargedBack: 0n },
    },
    pool: { slug: 'groningen', name: typed('Groningen') },
    effect: { repaysMissing: 0n, incomeNumber: 4, sharePerMille: 2n, incomesCompleted: 0 },
    entries: entries.slice(1, 2),
    work: { months: [{ month: '2026-11', paid: 300_000n, part: 187n }], left: 2_284n },
  }
  const transfer = {
    ...{ reference: 'RF18539007547', iban: 'NL60MEEN0123456789', holder: typed('Stichting Meent') },
    ...{ openUntil: '2026-12-24', amount: 2_600n, currency: 'EUR' as const, isOpen: true },
  }
  const byTransfer = (name: string, isOpen: boolean): Sample => ({
    ...{ name, path: '/receipts/token', roles: [] },
    render: page =>
      receiptView(page, {
        ...base,
        donation: { ...base.donation, state: 'awaiting-transfer', provider: 'bank-transfer', fee: null },
        entries: [],
        work: null,
        transfer: { ...transfer, isOpen },
        simulatedTransfer: simulatedTransferForm(page, 'token-of-a-receipt'),
      }),
  })
  const states = donationStates.filter(state => state !== 'awaiting-transfer')
  const paid: Sample[] = states.map(state => ({
    name: `receipt-${state}`,
    path: '/receipts/token',
    roles: [],
    render: page => {
      const moved = state === 'received' || state === 'available'
      const effect =
        state === 'received'
          ? { repaysMissing: 500n, incomeNumber: 4, sharePerMille: 0n, incomesCompleted: 1 }
          : base.effect
      return receiptView(page, {
        ...base,
        donation: { ...base.donation, ...backOf[state], state, fee: moved ? 29n : null },
        effect: moved ? effect : null,
        entries: moved ? base.entries : [],
        work: moved ? (state === 'received' ? { months: [], left: 2_471n } : base.work) : null,
      })
    },
  }))
  return [...paid, byTransfer('receipt-transfer', true), byTransfer('receipt-transfer-closed', false)]
}

function statuses(typed: Typed): Sample[] {
  const paid = (month: string, payday: string) => ({
    month,
    amount: 100_000n,
    payday,
    state: 'paid' as const,
    approvedAt: day(`${month}-18`),
    sentAt: day(`${month}-20`),
    outcomeAt: day(payday),
    reason: null,
  })
  const model: StatusModel = {
    pool: { slug: 'groningen', name: typed('Groningen') },
    enrolment: { currency: 'EUR', firstMonth: '2026-09', lastMonth: '2027-08', termMonths: 12 },
    next: { month: '2026-11', amount: 100_000n, payday: '2026-11-25', stage: 'at-bank' },
    late: false,
    frozen: true,
    held: null,
    helped: [
      { at: new Date('2026-11-20T09:00:00Z'), role: 'operator', reason: typed('Belde: heeft geen computer') },
    ],
    payouts: [
      { ...paid('2026-11', '2026-11-25'), state: 'sent', outcomeAt: null },
      paid('2026-10', '2026-10-23'),
      paid('2026-09', '2026-09-25'),
    ],
    paid: 200_000n,
    ibanMasked: 'NL•• •••• •••• ••00 01',
  }
  const wrong = model.payouts.map((payout, at) =>
    at === 1
      ? { ...payout, state: 'returned' as const, reason: 'AC04' }
      : at === 2
        ? { ...payout, state: 'rejected' as const, reason: typed('XX99') }
        : { ...payout, state: 'planned' as const },
  )
  const role = ['recipient']
  return [
    { name: 'status', path: '/my-income', roles: role, render: page => statusView(page, model) },
    {
      name: 'status-wrong',
      path: '/my-income',
      roles: role,
      render: page =>
        statusView(page, {
          ...model,
          next: { month: '2026-11', amount: 100_000n, payday: '2026-11-25', stage: 'planned' },
          payouts: wrong,
        }),
    },
    {
      name: 'status-held',
      path: '/my-income',
      roles: role,
      render: page => statusView(page, { ...model, held: 30_000n, payouts: wrong }),
    },
    {
      name: 'status-late',
      path: '/my-income',
      roles: role,
      render: page =>
        statusView(page, {
          ...model,
          next: { month: '2026-11', amount: 100_000n, payday: '2026-11-25', stage: 'in-file' },
          late: true,
        }),
    },
    {
      name: 'status-ended',
      path: '/my-income',
      roles: role,
      render: page => statusView(page, { ...model, next: null, payouts: [] }),
    },
  ]
}

const openApi = (typed: Typed): OpenApiDocument => ({
  servers: [{ url: '/v1' }],
  info: { title: 'Meent', version: '1.0.0', description: typed('A crowdfunded basic income.') },
  tags: [{ name: 'pools', description: typed('Money for one purpose') }],
  paths: {
    '/pools/{poolId}': {
      get: {
        operationId: 'getPool',
        summary: typed('One pool'),
        description: typed('With its terms.'),
        tags: ['pools'],
        parameters: [
          { name: 'poolId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        ],
        responses: {
          200: {
            description: typed('The pool'),
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pool' } } },
          },
          '4XX': { description: 'Refused' },
        },
      },
      post: {
        operationId: 'changePool',
        summary: typed('Change it'),
        security: [{ session: [] }],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  state: { enum: ['open', typed('closed')] },
                  ids: { type: 'array', items: { type: ['string', 'integer'] } },
                },
              },
            },
          },
        },
        responses: { 204: { description: 'Done' } },
      },
    },
  },
  components: {
    schemas: {
      Pool: {
        type: 'object',
        required: ['slug'],
        properties: {
          slug: { type: 'string', description: typed('Its name in addresses') },
          kind: { anyOf: [{ const: 'community' }, { const: 'personal' }] },
        },
      },
      Month: { type: 'string', description: 'YYYY-MM' },
    },
  },
})
