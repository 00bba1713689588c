/**
 * The link under a letter that stops its kind. Nothing of it is stored: whoever has it proves by a keyed hash that we wrote it,
 * and it says an id and a kind, never an address.
 */
import { timingSafeEqual } from 'node:crypto'
import { isUuid } from '../platform/id.ts'
import type { Vault } from '../platform/vault.ts'
import { DomainError } from '../refusals.ts'
import { isDonorLetterKind, isStoppable, type StoppableKind } from './letter-kinds.ts'

export interface StopLink {
  readonly donorId: string
  readonly kind: StoppableKind
}

const SEAL_BYTES = 18
const seedOf = (organisationId: number, { donorId, kind }: StopLink) =>
  `stop-letters/${organisationId}/${donorId}/${kind}`

export function stopToken(vault: Vault, organisationId: number, link: StopLink): string {
  const seal = vault.fingerprint(seedOf(organisationId, link)).subarray(0, SEAL_BYTES)
  return `${link.donorId}.${link.kind}.${seal.toString('base64url')}`
}

/** Refuses whatever we did not write, always alike: `stop-link-unknown`. */
export function readStopToken(vault: Vault, organisationId: number, token: string): StopLink {
  const [donorId = '', kind = '', seal = '', more] = token.split('.')
  const said = Buffer.from(seal, 'base64url')
  if (more === undefined && isUuid(donorId) && isDonorLetterKind(kind) && isStoppable(kind)) {
    const link = { donorId, kind }
    const seals = vault.fingerprints(seedOf(organisationId, link)).map(each => each.subarray(0, SEAL_BYTES))
    if (said.length === SEAL_BYTES && seals.some(each => timingSafeEqual(each, said))) return link
  }
  throw new DomainError('stop-link-unknown', { field: 'token' })
}
