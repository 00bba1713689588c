/** After SECRETS was rotated: everything that any slice seals, sealed anew under the current secret. */
import { recordAct } from './acts/index.ts'
import { resealDocuments } from './archive/index.ts'
import { resealAddresses, resealAuthenticators } from './auth/index.ts'
import type { DB } from './database.ts'
import type { Deps } from './deps.ts'
import { resealDonors } from './donors/index.ts'
import { type ResealPortion, resealAll } from './platform/reseal.ts'
import { inTransaction } from './platform/transaction.ts'
import { resealRecipients } from './recipients/index.ts'

/** How many of each were sealed anew. May be interrupted, and repeated. */
export async function resealEverything(deps: Deps): Promise<Readonly<Record<string, number>>> {
  const { db, vault, organisationId, clock } = deps
  const portions: Readonly<Record<string, ResealPortion<DB>>> = {
    recipients: (trx, after) => resealRecipients(trx, vault, organisationId, after),
    donors: (trx, after) => resealDonors(trx, vault, organisationId, after),
    documents: (trx, after) => resealDocuments(trx, vault, organisationId, after),
    addresses: (trx, after) => resealAddresses(trx, deps, after),
    authenticators: (trx, after) => resealAuthenticators(trx, deps, after),
  }
  const resealed: Record<string, number> = {}
  for (const [name, portion] of Object.entries(portions)) resealed[name] = await resealAll(db, portion)
  const subject = { kind: 'organisation', id: String(organisationId) }
  const act = { at: clock.now(), action: 'secrets.reseal', subject, detail: resealed }
  await inTransaction(db, trx => recordAct(trx, organisationId, { kind: 'system' }, act))
  return resealed
}
