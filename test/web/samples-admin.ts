/** Samples of what staff sees. */
import { roles } from '../../src/auth/index.ts'
import { type CycleModel, cycleView } from '../../src/web/admin/cycle.ts'
import { newsDeskView } from '../../src/web/admin/news.ts'
import { type OverviewModel, overviewView } from '../../src/web/admin/overview.ts'
import { type AdminPoolModel, adminPoolView } from '../../src/web/admin/pool.ts'
import { reconciliationView } from '../../src/web/admin/reconciliation.ts'
import { suspenseView } from '../../src/web/admin/suspense.ts'
import {
  emptyForm,
  poolTerms,
  type Sample,
  shortStanding,
  standing,
  type Typed,
  whereabouts,
} from './samples.ts'
import { newsSamples } from './samples-public.ts'

const staff = ['operator']

const at = (text: string) => new Date(`${text}:00Z`)
const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0c${end}`

export const adminSamples = (typed: Typed): Sample[] => [
  ...overviews(typed),
  ...pools(typed),
  ...cycles(typed),
  ...reconciliations(typed),
]

function overviews(typed: Typed): Sample[] {
  const kinds = [
    'propose',
    'approve',
    'make-file',
    'hand-over',
    'import-statement',
    'money-to-bank',
    'returned-payout',
    'approve-retries',
    'make-file-again',
    'suspense',
    'decide-change',
    'payments-on-hold',
    'refund',
    'look-at-wishes',
    'late-wishes',
    'look-at-thanks',
    'late-thanks',
  ] as const
  const cycle = {
    id: id('000001'),
    month: '2026-12',
    payday: '2026-12-24',
    poolName: typed('Groningen'),
    payouts: 3,
    total: 300_000n,
    currency: 'EUR' as const,
  }
  const model: OverviewModel = {
    tasks: kinds.map((kind, index) => ({
      kind,
      where: typed('Groningen, december 2026'),
      path: '/admin/cycles/1',
      before: index % 2 ? null : '2026-12-23',
    })),
    pools: [
      { pool: poolTerms(typed), standing },
      {
        pool: { ...poolTerms(typed), slug: 'lombok', name: typed('Buurtpot Lombok') },
        standing: shortStanding,
      },
    ],
    cycles: (
      ['planned', 'proposed', 'approved', 'in-file', 'at-bank', 'not-all-paid', 'settled'] as const
    ).map(stage => ({
      ...cycle,
      stage,
    })),
    cohorts: [
      { month: '2026-11', donors: 3, again: [1, 3, 6, 12].map(within => ({ within, donors: null })) },
      {
        month: '2026-06',
        donors: 120,
        again: [1, 3, 6, 12].map(within => ({ within, donors: within < 6 ? within * 10 : null })),
      },
    ],
    maySeePeople: true,
    people: roles.map(role => ({ name: typed(role), roles: [role] })),
    mayMoveClock: true,
    mayFreeze: true,
    form: emptyForm,
  }
  const path = '/admin'
  return [
    {
      name: 'news-desk',
      path: '/admin/news',
      roles: staff,
      render: page =>
        newsDeskView(page, {
          subjects: [
            { value: 'groningen', label: typed('Groningen') },
            { value: '', label: 'Nieuwsbrief' },
          ],
          news: newsSamples(typed).map(item => ({ ...item, mayTakeDown: true })),
          form: { ...emptyForm, errors: { words: typed('Te kort') } },
        }),
    },
    { name: 'overview', path, roles: staff, render: page => overviewView(page, model) },
    {
      name: 'overview-empty',
      path,
      roles: staff,
      render: page =>
        overviewView(page, {
          ...model,
          tasks: [],
          pools: [],
          cycles: [],
          people: [],
          mayMoveClock: false,
          mayFreeze: false,
        }),
    },
  ]
}

function pools(typed: Typed): Sample[] {
  const row = {
    id: id('07398f'),
    monthlyAmount: 100_000n,
    firstMonth: '2026-09',
    lastMonth: '2027-08',
    termMonths: 12,
    ibanMasked: '•••• 0001',
    paidMonths: 2,
  }
  const model: AdminPoolModel = {
    pool: { ...poolTerms(typed), id: id('000010') },
    sustainability: standing,
    whereabouts,
    enrolments: [row, { ...row, id: id('07398e'), ibanMasked: null, paidMonths: 0 }],
    mayOpen: true,
    mayEnrol: true,
    mayProposeTerms: true,
    startMonths: ['2026-12', '2027-01', '2027-02'],
    form: emptyForm,
  }
  const form = {
    ...emptyForm,
    values: {
      name: typed('A. Voorbeeld'),
      birthDate: '2012-01-01',
      iban: typed('NL00MEEN'),
      firstMonth: '2027-01',
      livesInArea: 'yes',
      checkedHow: typed('Paspoort bekeken'),
      reason: typed('Geloot'),
    },
    errors: {
      poolId: typed('Er is te weinig vrij besteedbaar geld in deze pot. Er ontbreekt: € 7.208,66'),
      birthDate: typed('Een ontvanger is 18 jaar of ouder'),
      iban: typed('In deze IBAN zit een tikfout'),
      firstMonth: 'x',
      livesInArea: 'y',
      checkedHow: 'z',
      reason: 'z',
      name: 'n',
    },
  }
  const path = '/admin/pools/groningen'
  return [
    { name: 'admin-pool', path, roles: staff, render: page => adminPoolView(page, model) },
    {
      name: 'admin-pool-refused',
      path,
      roles: staff,
      render: page => adminPoolView(page, { ...model, form, enrolments: [], sustainability: shortStanding }),
    },
    {
      name: 'admin-pool-look',
      path,
      roles: staff,
      render: page => adminPoolView(page, { ...model, mayEnrol: false }),
    },
  ]
}

function cycles(typed: Typed): Sample[] {
  const line = {
    enrolmentId: id('07398f'),
    amount: 100_000n,
    state: 'planned' as const,
    sentAt: null,
    reason: null,
    ibanMasked: '•••• 0001',
    monthNumber: 3,
    termMonths: 12,
    change: 'same' as const,
    previousAmount: 100_000n,
  }
  const all = {
    propose: true,
    approve: true,
    makeFile: true,
    readFile: true,
    handOver: true,
    importStatement: true,
    callRecipient: true,
    openEnrolment: true,
  }
  const none = {
    propose: false,
    approve: false,
    makeFile: false,
    readFile: false,
    handOver: false,
    importStatement: false,
    callRecipient: false,
    openEnrolment: false,
  }
  const order = ['planned', 'proposed', 'approved', 'file-made', 'at-bank', 'settled'] as const
  const steps = (done: number) =>
    order.map((step, index) => ({
      step,
      at: index < done ? at(`2026-12-0${index + 1}T09:30`) : null,
      by: index === 0 ? null : typed('Uitvoerder'),
    }))
  const batch = {
    id: id('00000b'),
    messageId: 'MEENT-20261222-1',
    executionDate: '2026-12-24',
    handedOverAt: null,
  }
  const model: CycleModel = {
    cycle: { id: id('000001'), month: '2026-12', payday: '2026-12-24', state: 'planned' },
    pool: { slug: 'groningen', name: typed('Groningen') },
    currency: 'EUR',
    lines: [
      line,
      { ...line, enrolmentId: id('07398e'), change: 'changed', previousAmount: 80_000n },
      {
        ...line,
        enrolmentId: id('07398d'),
        change: 'new',
        previousAmount: null,
        monthNumber: 1,
        ibanMasked: null,
      },
    ],
    ended: [{ enrolmentId: id('07398c'), previousAmount: 100_000n }],
    previous: { payouts: 3, total: 280_000n },
    steps: steps(1),
    batch: null,
    bankBalance: 1_250_000n,
    submitBefore: '2026-12-23',
    may: all,
    noSecondEyes: null,
    retries: { waiting: 0, approved: 0, own: false },
    blocked: [],
    form: emptyForm,
  }
  const cycle = (state: CycleModel['cycle']['state']) => ({ ...model.cycle, state })
  const states = (...list: CycleModel['lines'][number]['state'][]) =>
    list.map((state, index) => ({
      ...{ ...line, enrolmentId: id(`00001${index}`), state, reason: null },
      sentAt: at('2026-12-22T10:00'),
    }))
  const variants: Record<string, CycleModel> = {
    planned: { ...model, bankBalance: 120_000n },
    empty: { ...model, lines: [], ended: [], previous: null },
    'four-eyes': {
      ...model,
      cycle: cycle('proposed'),
      steps: steps(2),
      noSecondEyes: 'proposed',
      form: { ...emptyForm, errors: { cycle: typed('Twee mensen nodig: iemand anders keurt goed') } },
    },
    enrolled: { ...model, cycle: cycle('proposed'), steps: steps(2), noSecondEyes: 'enrolled' },
    approving: { ...model, cycle: cycle('proposed'), steps: steps(2) },
    approved: {
      ...model,
      cycle: cycle('approved'),
      steps: steps(3),
      lines: states('accrued', 'accrued'),
      ended: [],
    },
    'file-made': {
      ...model,
      cycle: cycle('sent'),
      steps: steps(4),
      batch,
      lines: states('sent', 'sent').map(each => ({ ...each, sentAt: null })),
    },
    'at-bank': {
      ...model,
      cycle: cycle('sent'),
      steps: steps(5),
      batch: { ...batch, handedOverAt: at('2026-12-22T10:00') },
      lines: states('sent', 'returned', 'rejected'),
    },
    'not-all-paid': {
      ...model,
      cycle: cycle('not-all-paid'),
      steps: [
        ...steps(5).slice(0, 5),
        { step: 'not-all-paid', at: at('2026-12-24T09:30'), by: null },
        { step: 'settled', at: null, by: null },
      ],
      batch: { ...batch, handedOverAt: at('2026-12-22T10:00') },
      lines: states('paid', 'returned'),
      blocked: [{ enrolmentId: id('000011'), reason: 'AC04' }],
    },
    settled: {
      ...model,
      cycle: cycle('settled'),
      steps: steps(6),
      batch: { ...batch, handedOverAt: at('2026-12-22T10:00') },
      lines: states('paid', 'paid'),
      previous: { payouts: 2, total: 200_000n },
      ended: [],
    },
    looking: { ...model, may: none },
  }
  return Object.entries(variants).map(([name, each]) => ({
    name: `cycle-${name}`,
    path: '/admin/cycles/1',
    roles: staff,
    render: page => cycleView(page, each),
  }))
}

const balance = {
  ...{ readAt: at('2026-11-24T03:45'), currency: 'EUR', providerPending: 0n, providerAvailable: 52_000n },
  ...{ ledgerPending: 0n, ledgerAvailable: 52_000n },
}

function reconciliations(typed: Typed): Sample[] {
  const account = {
    bankAccountId: id('0000ba'),
    iban: 'NL60MEEN0123456789',
    currency: 'EUR' as const,
    ledger: 1_250_000n,
    lastStatement: { id: 'S-1', closing: 1_250_000n, closingDate: '2026-11-23' },
  }
  const entry = {
    entryKey: `${id('000006')}/2026112300012345`,
    reference: typed('2026112300012345'),
    ...{ amount: -4_000n, currency: 'EUR' as const, bookedOn: '2026-11-23', reason: null },
  }
  const suspense = {
    entry: { ...entry, reason: 'expired' as const },
    pools: [{ id: id('000007'), name: typed('Lombok') }],
    mayResolve: true,
    form: {
      ...emptyForm,
      values: { transferReference: typed('RF18'), reason: typed('Gebeld') },
      errors: { transferReference: typed('Niet gevonden'), poolId: typed('Kies'), reason: typed('Waarom') },
    },
  }
  const model = {
    currency: 'EUR' as const,
    balances: [balance, { ...balance, ledgerPending: 1n }],
    accounts: [account, { ...account, ledger: 1_249_900n }, { ...account, lastStatement: null }],
    suspense: [entry, { ...entry, reason: 'check-digits' as const }],
    statements: [
      {
        id: id('000005'),
        statementId: typed('2026-11-23'),
        opening: 1_000_000n,
        closing: 1_250_000n,
        closingDate: '2026-11-23',
        importedAt: at('2026-11-24T06:00'),
      },
    ],
    mayImport: true,
    mayProposeAccount: true,
    form: {
      ...emptyForm,
      values: { statement: typed('<Document>') },
      errors: { statement: typed('Dit bankafschrift is niet te verwerken') },
    },
  }
  const path = '/admin/reconciliation'
  return [
    { name: 'reconciliation', path, roles: staff, render: page => reconciliationView(page, model) },
    {
      name: 'suspense',
      path: '/admin/suspense?entryKey=1',
      roles: ['treasurer'],
      render: page => suspenseView(page, suspense),
    },
    {
      name: 'suspense-read-only',
      path: '/admin/suspense?entryKey=1',
      roles: staff,
      render: page => suspenseView(page, { ...suspense, mayResolve: false, form: emptyForm }),
    },
    {
      name: 'reconciliation-empty',
      path,
      roles: staff,
      render: page =>
        reconciliationView(page, {
          ...model,
          accounts: [],
          suspense: [],
          statements: [],
          mayImport: false,
          form: emptyForm,
        }),
    },
  ]
}
