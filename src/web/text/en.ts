/** English, the second language. A key that Dutch has and English has not does not compile, nor the other way round. */
import { admin } from './en/admin.ts'
import { amounts } from './en/amounts.ts'
import { cycle } from './en/cycle.ts'
import { give } from './en/give.ts'
import { keys } from './en/keys.ts'
import { ledger } from './en/ledger.ts'
import { pools } from './en/pools.ts'
import { recipient } from './en/recipient.ts'
import { shared } from './en/shared.ts'
import { trail } from './en/trail.ts'
import type { nl } from './nl.ts'

export const en = {
  ...shared,
  ...pools,
  ...give,
  ...ledger,
  ...amounts,
  ...recipient,
  ...admin,
  ...cycle,
  ...keys,
  ...trail,
} satisfies typeof nl
