/**
 * One model or more for every page, as the tests and a gallery show them. All that people type goes through `typed`,
 * so that a test can make it hostile; persons are roles, not names.
 */
import type { Role } from '../../src/auth/index.ts'
import type { LedgerEntry } from '../../src/ledger/index.ts'
import { sustainableIncomes } from '../../src/sustainability/index.ts'
import type { FormState } from '../../src/web/components/field.ts'
import type { Html } from '../../src/web/html.ts'
import type { PageContext } from '../../src/web/page.ts'
import { adminSamples } from './samples-admin.ts'
import { campaignSamples } from './samples-campaigns.ts'
import { changeSamples } from './samples-changes.ts'
import { donationSamples } from './samples-donations.ts'
import { donorSamples } from './samples-donor.ts'
import { edgeSamples } from './samples-edge.ts'
import { inboxSamples } from './samples-inbox.ts'
import { monthlySamples } from './samples-monthly.ts'
import { peopleSamples } from './samples-people.ts'
import { publicSamples } from './samples-public.ts'
import { signInSamples } from './samples-sign-in.ts'
import { thanksSamples } from './samples-thanks.ts'
import { trailSamples } from './samples-trail.ts'
import { wishSamples } from './samples-wishes.ts'

export type Typed = (words: string) => string

export interface Sample {
  readonly name: string
  readonly path: string
  readonly roles: readonly string[]
  readonly render: (page: PageContext) => Html
}

export const samples = (typed: Typed = words => words): Sample[] => [
  ...publicSamples(typed),
  ...adminSamples(typed),
  ...signInSamples(typed),
  ...inboxSamples(typed),
  ...edgeSamples(),
  ...changeSamples(typed),
  ...peopleSamples(typed),
  ...trailSamples(typed),
  ...donationSamples(typed),
  ...monthlySamples(typed),
  ...donorSamples(typed),
  ...wishSamples(typed),
  ...thanksSamples(typed),
  ...campaignSamples(typed),
]

export const pageOf = (
  sample: Sample,
  locale: PageContext['locale'],
  typed: Typed = words => words,
): PageContext => ({
  locale,
  path: sample.path,
  signIn: true,
  demonstration: { today: '2026-11-24', inbox: true },
  person:
    sample.roles.length > 0
      ? {
          name: typed('Uitvoerder'),
          grants: sample.roles.map(role => ({ role: role as Role, poolId: null })),
          helping: false,
        }
      : null,
  organisation: {
    legalName: typed('Stichting Meent (demonstratie)'),
    rsin: '000000012',
    contact: 'hallo@meent.example',
  },
  notice: sample.roles.length > 0 ? 'clock-moved' : null,
})

export const emptyForm: FormState = {
  values: {},
  errors: {},
  formKey: '019a0000-0000-7000-8000-000000000001',
}

export const poolTerms = (typed: Typed) => ({
  slug: 'groningen',
  name: typed('Groningen'),
  kind: 'community' as const,
  area: typed('Gemeente Groningen'),
  state: 'open' as const,
  currency: 'EUR' as const,
  monthlyAmount: 100_000n,
  termMonths: 12,
  paydayOfMonth: 25,
  feeBearer: 'pool' as const,
})

export const position = {
  currency: 'EUR' as const,
  fundPending: 12_500n,
  fundAvailable: 481_634n,
  fundDisputed: 0n,
  reserved: 3_000_000n,
  payable: 0n,
  shortfall: 0n,
  revocableDebits: 2_500n,
  monthlyGross: 100_000n,
  termMonths: 12,
  runningIncomes: 3,
}

/** Three running incomes, and a fourth on its way. */
export const standing = sustainableIncomes(position)
/** Nothing running, and less than nothing to spend. */
export const shortStanding = sustainableIncomes({
  ...position,
  fundAvailable: 0n,
  reserved: 0n,
  shortfall: 7_500n,
  runningIncomes: 0,
})

export const whereabouts = {
  pending: 12_500n,
  available: 481_634n,
  disputed: 0n,
  reserved: 2_400_000n,
  payable: 100_000n,
  sent: 200_000n,
  paid: 600_000n,
  shortfall: 0n,
}

const enrolment = '019a7c1e-55b0-7cc3-98c4-dc0c0c07398f'

export const entries: readonly LedgerEntry[] = [
  {
    id: 1042n,
    kind: 'income-accrued',
    key: '019a8f00-0000-7000-8000-0000000000aa',
    effectiveAt: new Date('2026-11-20T09:12:00Z'),
    recordedAt: new Date('2026-11-20T09:12:04Z'),
    reverses: null,
    postings: [
      { account: 'enrolment-reserved', subject: enrolment, amount: 100_000n },
      { account: 'recipient-payable', subject: enrolment, amount: -100_000n },
    ],
  },
  {
    id: 1041n,
    kind: 'donation-available',
    key: 'txn_1Qx7mT2eZvKYlo2C:available',
    effectiveAt: new Date('2026-11-19T23:30:00Z'),
    recordedAt: new Date('2026-11-20T06:00:10Z'),
    reverses: null,
    postings: [
      { account: 'stripe-available', subject: '', amount: 2_571n },
      { account: 'fund-pending', subject: 'pool', amount: 2_471n },
      { account: 'costs-pending', subject: '', amount: 100n },
      { account: 'stripe-pending', subject: 'pool', amount: -2_571n },
      { account: 'fund-available', subject: 'pool', amount: -2_471n },
      { account: 'costs-available', subject: '', amount: -100n },
    ],
  },
  {
    id: 1040n,
    kind: 'reversal',
    key: '019a8e00-0000-7000-8000-0000000000ab:reversed',
    effectiveAt: new Date('2026-11-18T10:00:00Z'),
    recordedAt: new Date('2026-11-18T10:00:00Z'),
    reverses: 1012n,
    postings: [
      { account: 'fund-available', subject: 'pool', amount: 1_000n },
      { account: 'refunds-owed', subject: 'pool', amount: -1_000n },
    ],
  },
]
