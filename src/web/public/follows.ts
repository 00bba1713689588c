/** Whether whoever asks follows something: by the address that they proved when they signed in. */
import type { FastifyRequest } from 'fastify'
import { allows } from '../../auth/index.ts'
import { followedBy } from '../../retention/index.ts'
import type { PageScope } from '../scope.ts'

/** Others, signed in or not, leave an address and are asked by a letter. */
export const mayFollow = ({ session }: FastifyRequest): boolean =>
  session !== null && session !== undefined && allows('follows.manage', session.person.grants)

export async function doesFollow(
  { deps }: PageScope,
  request: FastifyRequest,
  poolId: string | null,
): Promise<boolean> {
  if (!request.session || !mayFollow(request)) return false
  return (await followedBy(deps, request.session.person.id)).includes(poolId)
}
