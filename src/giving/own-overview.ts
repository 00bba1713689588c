/** An annual overview of whoever is signed in, as it was made. */
import type { Deps } from '../deps.ts'
import { donorById, donorIdOfPerson } from '../donors/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { keptOverview, type Overview } from './overview.ts'

export interface OwnOverview extends Overview {
  /** Looked up now: the snapshot names no person. */
  readonly email: string
}

/** Refuses with `not-found` what was not made yet, or is nobody's that they proved to be. */
export async function ownOverview(deps: Deps, personId: string, year: number): Promise<OwnOverview> {
  return inTransaction(deps.db, async trx => {
    const donorId = await donorIdOfPerson(trx, deps, personId)
    const overview = donorId && (await keptOverview(trx, deps.organisationId, donorId, year))
    const donor = donorId ? await donorById(trx, deps, donorId) : null
    if (!overview || !donor) throw new DomainError('not-found', { field: 'year' })
    return { ...overview, email: donor.email }
  })
}
