/** From a parameter of a route to the pool that it is about: what a role for one pool is held against. */
import type { PoolOf } from './auth/index.ts'
import type { Deps } from './deps.ts'
import { cycleById, cycleOfBatch } from './disbursements/index.ts'
import { donationById, refundById } from './donations/index.ts'
import { enrolmentById } from './enrolments/index.ts'
import { isUuid } from './platform/id.ts'
import { poolBySlug } from './pools/index.ts'
import { DomainError } from './refusals.ts'
import { poolOfNews } from './retention/index.ts'

export function poolScopes({ db, organisationId }: Deps): PoolOf {
  const ofCycle = async (id: string) => (await cycleById(db, organisationId, id)).poolId
  return {
    poolId: async id => (isUuid(id) ? id : undefined),
    slug: slug => found(async () => (await poolBySlug(db, organisationId, slug)).id),
    cycleId: id => found(() => ofCycle(id), id),
    batchId: id => found(async () => ofCycle(await cycleOfBatch(db, organisationId, id)), id),
    donationId: id => found(async () => (await donationById(db, organisationId, id)).poolId, id),
    refundId: id => found(async () => (await refundById(db, organisationId, id)).poolId, id),
    newsId: id => found(async () => (await poolOfNews({ db, organisationId }, id)) ?? undefined, id),
    enrolmentId: id => found(async () => (await enrolmentById(db, organisationId, id)).poolId, id),
  }
}

/** What is not there is about no pool; the route says so itself to whoever may ask. */
async function found(look: () => Promise<string | undefined>, id?: string): Promise<string | undefined> {
  if (id !== undefined && !isUuid(id)) return undefined
  try {
    return await look()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return undefined
    throw error
  }
}
