/** English, the second language. A key that Dutch has and English has not does not compile, nor the other way round. */
import { admin } from './en/admin.ts'
import { amounts } from './en/amounts.ts'
import { changes } from './en/changes.ts'
import { cycle } from './en/cycle.ts'
import { donations } from './en/donations.ts'
import { give } from './en/give.ts'
import { inbox } from './en/inbox.ts'
import { keys } from './en/keys.ts'
import { ledger } from './en/ledger.ts'
import { organisation } from './en/organisation.ts'
import { people } from './en/people.ts'
import { pools } from './en/pools.ts'
import { recipient } from './en/recipient.ts'
import { shared } from './en/shared.ts'
import { signInWords } from './en/sign-in.ts'
import { trail } from './en/trail.ts'
import { wishes } from './en/wishes.ts'
import type { nl } from './nl.ts'

export const en = {
  ...shared,
  ...signInWords,
  ...pools,
  ...give,
  ...donations,
  ...ledger,
  ...amounts,
  ...recipient,
  ...admin,
  ...cycle,
  ...inbox,
  ...changes,
  ...people,
  ...keys,
  ...trail,
  ...wishes,
  ...organisation,
} satisfies typeof nl
