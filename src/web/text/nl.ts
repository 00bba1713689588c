/** Dutch, the main language: plain sentences (B1), *je*, and the words that the product's word list gives. */
import { admin } from './nl/admin.ts'
import { amounts } from './nl/amounts.ts'
import { campaigns } from './nl/campaigns.ts'
import { changes } from './nl/changes.ts'
import { cycle } from './nl/cycle.ts'
import { donations } from './nl/donations.ts'
import { donor } from './nl/donor.ts'
import { give } from './nl/give.ts'
import { inbox } from './nl/inbox.ts'
import { keys } from './nl/keys.ts'
import { ledger } from './nl/ledger.ts'
import { monthly } from './nl/monthly.ts'
import { news } from './nl/news.ts'
import { organisation } from './nl/organisation.ts'
import { people } from './nl/people.ts'
import { pools } from './nl/pools.ts'
import { recipient } from './nl/recipient.ts'
import { shared } from './nl/shared.ts'
import { signInWords } from './nl/sign-in.ts'
import { thanks } from './nl/thanks.ts'
import { trail } from './nl/trail.ts'
import { wishes } from './nl/wishes.ts'

export const nl = {
  ...shared,
  ...signInWords,
  ...pools,
  donor,
  ...give,
  ...donations,
  ...ledger,
  ...amounts,
  ...recipient,
  ...admin,
  ...cycle,
  ...inbox,
  ...changes,
  ...monthly,
  ...people,
  ...keys,
  ...trail,
  ...wishes,
  ...thanks,
  ...campaigns,
  ...organisation,
  ...news,
}
