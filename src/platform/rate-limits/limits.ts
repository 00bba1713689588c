/**
 * The one table of rate limits: how often, in how many seconds, and why that many. Whoever reaches one waits until its
 * window ends. Generous to people, who often share an address (a library, a town hall), and tight where each request costs
 * somebody else something.
 */
export interface Quota {
  readonly points: number
  readonly seconds: number
}

/**
 * Who is counted. `origin`: the network a request comes from; `network`: the larger one around it; the others once it is known
 * who asks. `codes` and `letters`: of an address, over a day.
 */
export type Subject =
  | 'origin'
  | 'network'
  | 'person'
  | 'key'
  | 'address'
  | 'codes'
  | 'letters'
  | 'pool'
  | 'total'

export interface Limit {
  readonly quotas: Readonly<Partial<Record<Subject, Quota>>>
  /** When the count cannot be reached: each instance counts by itself, or nobody gets through. */
  readonly whenAway: 'count-here' | 'refuse'
}

const MINUTE = 60
const QUARTER = 15 * MINUTE
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const limits = {
  // A page is one request; twenty people behind one address may click every two seconds. A program reads in pages of 100.
  read: {
    quotas: {
      origin: { points: 600, seconds: MINUTE },
      person: { points: 300, seconds: MINUTE },
      key: { points: 600, seconds: MINUTE },
    },
    whenAway: 'count-here',
  },
  // Nobody fills in two forms a second; the demonstration's clock is moved day by day.
  write: {
    quotas: {
      origin: { points: 240, seconds: MINUTE },
      person: { points: 120, seconds: MINUTE },
      key: { points: 120, seconds: MINUTE },
    },
    whenAway: 'count-here',
  },
  // Reads that go over much of the ledger: exports, searches, what stood at an earlier moment. A second of work each.
  costly: {
    quotas: {
      origin: { points: 60, seconds: MINUTE },
      person: { points: 30, seconds: MINUTE },
      key: { points: 60, seconds: MINUTE },
    },
    whenAway: 'count-here',
  },
  // Guessing and mailing. By network for all who sit behind it; by address so that many networks guess no faster, and
  // nobody's mailbox is filled. A home has one /64 of IPv6, whoever rents a machine a /48 of 65,536 of them. After ten codes a
  // day a mail has its link alone; `total` is of letters to addresses that nobody here has.
  'sign-in': {
    quotas: {
      origin: { points: 60, seconds: QUARTER }, // a sign-in with a passkey is four requests: fifteen colleagues at nine o'clock
      person: { points: 20, seconds: QUARTER },
      network: { points: 240, seconds: QUARTER },
      address: { points: 5, seconds: QUARTER },
      codes: { points: 10, seconds: DAY },
      letters: { points: 40, seconds: DAY },
      total: { points: 300, seconds: HOUR },
    },
    whenAway: 'refuse',
  },
  // Card testing opens payment pages by the hundred. A donor opens a few, a stand at a fair some dozens an hour. The
  // ceilings are far above a good day, and far below what would get us barred by the payment provider.
  give: {
    quotas: {
      origin: { points: 20, seconds: 10 * MINUTE },
      address: { points: 20, seconds: HOUR }, // a letter follows each that is paid
      pool: { points: 600, seconds: HOUR },
      total: { points: 2_000, seconds: HOUR },
    },
    whenAway: 'count-here',
  },
  // Staff reads every wish before it is shown: what a school class writes in an hour, and what staff can still read.
  wish: {
    quotas: { origin: { points: 30, seconds: HOUR }, total: { points: 120, seconds: HOUR } },
    whenAway: 'count-here',
  },
  // A click, counted once for each wish and network.
  agree: {
    quotas: { origin: { points: 60, seconds: 10 * MINUTE }, total: { points: 20_000, seconds: HOUR } },
    whenAway: 'count-here',
  },
  // Nobody finds ten wishes in a row that should not stand there; each costs staff a look.
  report: {
    quotas: { origin: { points: 10, seconds: 10 * MINUTE }, total: { points: 300, seconds: HOUR } },
    whenAway: 'count-here',
  },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits
export type Limits = Readonly<Record<LimitName, Limit>>
