/** The demonstration's story as data: who there is, which pools, what was given. Persons are roles, not names. */
import type { Role } from '../auth/index.ts'
import type { Profile } from '../organisations/index.ts'
import type { Pool } from '../pools/index.ts'

export const organisation = {
  slug: 'meent',
  legalName: 'Stichting Meent (demonstratie)',
  rsin: '000000012',
  contact: 'hallo@meent.example',
  iban: 'NL60MEEN0123456789',
}

/** Who stands behind it: functions, since nobody is real. */
export const profile = {
  address: 'Markt 1, 1234 AB Voorbeeldstad',
  registered: null,
  anbiSince: null,
  policyUrl: null,
  board: ['Voorzitter', 'Secretaris', 'Penningmeester'],
} satisfies Profile

const member = (name: string, role: Role) => ({
  name,
  role,
  email: `${name.toLowerCase().replaceAll(' ', '-')}@meent.example`,
})

export const staff: readonly { name: string; email: string; role: Role }[] = [
  member('Uitvoerder', 'operator'),
  member('Goedkeurder', 'approver'),
  member('Tweede goedkeurder', 'approver'),
  member('Penningmeester', 'treasurer'),
  member('Controleur', 'auditor'),
  member('Privacyfunctionaris', 'privacy-officer'),
  member('Beheerder', 'administrator'),
]

export interface Gift {
  readonly amount: bigint
  readonly costsShare?: bigint
  readonly method: 'ideal' | 'card' | 'sepa_debit'
  readonly nickname?: string
  readonly message?: string
}

export interface SeededPool {
  readonly pool: Omit<Pool, 'id' | 'state' | 'bankAccountId'>
  readonly gifts: readonly Gift[]
  /** One account each; a `closed` one sends its payment back. */
  readonly recipients: readonly { readonly iban: string; readonly closed?: boolean }[]
}

const gift = (euros: number, method: Gift['method'], nickname?: string, message?: string): Gift => ({
  amount: BigInt(euros) * 100n,
  method,
  ...(nickname ? { nickname } : {}),
  ...(message ? { message } : {}),
})
const times = (count: number, each: Gift): Gift[] => Array.from({ length: count }, () => each)

export const poolsToSeed: readonly SeededPool[] = [
  {
    pool: {
      slug: 'groningen',
      name: 'Groningen',
      kind: 'community',
      area: 'Gemeente Groningen',
      currency: 'EUR',
      monthlyAmount: 100_000n,
      termMonths: 12,
      paydayOfMonth: 25,
      feeBearer: 'pool',
    },
    gifts: [
      ...times(3, gift(10_000, 'ideal', 'Fonds voor de stad')),
      gift(5_000, 'ideal', 'Buurtvereniging'),
      gift(2_500, 'ideal', undefined, 'Voor wie het nodig heeft, zonder vragen.'),
      ...times(2, gift(100, 'ideal')),
      gift(250, 'card', 'Koffiebar om de hoek', 'Rust in het hoofd is goud waard.'),
      gift(50, 'ideal', 'Buurtgenoot'),
      gift(75, 'card', 'Noorderling', 'Een jaar lang ademruimte gunnen we iedereen.'),
      gift(25, 'sepa_debit', 'Doorzetter'),
      ...times(2, gift(25, 'ideal')),
      { ...gift(10, 'ideal', 'Eerste keer'), costsShare: 100n },
    ],
    recipients: [
      { iban: 'NL19MEEN0000000001' },
      { iban: 'NL89MEEN0000000002' },
      { iban: 'NL62MEEN0000000003' },
    ],
  },
  {
    pool: {
      slug: 'lombok',
      name: 'Buurtpot Lombok',
      kind: 'community',
      area: 'Utrecht, wijk Lombok',
      currency: 'EUR',
      monthlyAmount: 10_000n,
      termMonths: 12,
      paydayOfMonth: 1,
      feeBearer: 'costs',
    },
    gifts: [
      gift(1_500, 'ideal', 'Winkeliers van de straat', 'Klein beginnen, samen groeien.'),
      gift(1_000, 'ideal'),
      { ...gift(250, 'ideal', 'Buurvrouw'), costsShare: 500n },
      ...times(2, { ...gift(50, 'ideal'), costsShare: 200n }),
    ],
    recipients: [{ iban: 'NL35MEEN0000000004' }, { iban: 'NL08MEEN0000000005', closed: true }],
  },
  {
    pool: {
      slug: 'een-jaar-schrijven',
      name: 'Een jaar om te schrijven',
      kind: 'personal',
      area: 'Nederland',
      currency: 'EUR',
      monthlyAmount: 100_000n,
      termMonths: 12,
      paydayOfMonth: 25,
      feeBearer: 'pool',
    },
    gifts: [
      gift(2_500, 'ideal', 'Leesclub', 'We wachten op het boek!'),
      gift(1_000, 'card'),
      ...times(2, gift(250, 'ideal')),
      ...times(3, gift(50, 'ideal', 'Lezer')),
      gift(25, 'card'),
    ],
    recipients: [],
  },
]
