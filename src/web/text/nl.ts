/** Dutch, the main language: plain sentences (B1), *je*, and the words that the product's word list gives. */
import { admin } from './nl/admin.ts'
import { amounts } from './nl/amounts.ts'
import { changes } from './nl/changes.ts'
import { cycle } from './nl/cycle.ts'
import { donations } from './nl/donations.ts'
import { give } from './nl/give.ts'
import { inbox } from './nl/inbox.ts'
import { keys } from './nl/keys.ts'
import { ledger } from './nl/ledger.ts'
import { organisation } from './nl/organisation.ts'
import { people } from './nl/people.ts'
import { pools } from './nl/pools.ts'
import { recipient } from './nl/recipient.ts'
import { shared } from './nl/shared.ts'
import { signInWords } from './nl/sign-in.ts'
import { trail } from './nl/trail.ts'
import { wishes } from './nl/wishes.ts'

export const nl = {
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
}
