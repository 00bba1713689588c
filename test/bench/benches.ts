// Every benchmark, by the name it is called by.

import type { Bench } from './figure.ts'
import { growth } from './growth.ts'
import { payoutSet } from './payout-set.ts'
import { postHot } from './post-hot.ts'
import { postSpread } from './post-spread.ts'
import { verify } from './verify.ts'
import { webhook } from './webhook/index.ts'

export const benches: Readonly<Record<string, Bench>> = {
  'post-hot': postHot,
  'post-spread': postSpread,
  'payout-set': payoutSet,
  growth,
  verify,
  webhook,
}
