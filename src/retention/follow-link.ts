/**
 * The link in the letter that asks whether somebody wants to follow a pool: a typed address proves nothing. Nothing of it is
 * stored; it says ids and a day, sealed with a keyed hash of ours, and is good for a fortnight.
 */
import { timingSafeEqual } from 'node:crypto'
import { addDays, isLocalDate } from '../platform/calendar/index.ts'
import { isUuid } from '../platform/id.ts'
import type { Vault } from '../platform/vault.ts'
import { DomainError } from '../refusals.ts'

export interface FollowLink {
  readonly donorId: string
  /** Null: the newsletter. */
  readonly poolId: string | null
  /** YYYY-MM-DD: when it was asked. */
  readonly askedOn: string
}

export const DAYS_GOOD = 14
const SEAL_BYTES = 18
const NEWSLETTER = 'news'
const seedOf = (organisationId: number, { donorId, poolId, askedOn }: FollowLink) =>
  `follow/${organisationId}/${donorId}/${poolId ?? NEWSLETTER}/${askedOn}`

export function followToken(vault: Vault, organisationId: number, link: FollowLink): string {
  const seal = vault.fingerprint(seedOf(organisationId, link)).subarray(0, SEAL_BYTES)
  return `${link.donorId}.${link.poolId ?? NEWSLETTER}.${link.askedOn}.${seal.toString('base64url')}`
}

/** Refuses whatever we did not write, and what is too old, alike: `follow-link-unknown`. */
export function readFollowToken(
  vault: Vault,
  organisationId: number,
  token: string,
  today: string,
): FollowLink {
  const [donorId = '', pool = '', askedOn = '', seal = '', more] = token.split('.')
  const said = Buffer.from(seal, 'base64url')
  const known = isUuid(donorId) && (pool === NEWSLETTER || isUuid(pool)) && isLocalDate(askedOn)
  if (more === undefined && known && said.length === SEAL_BYTES) {
    const link = { donorId, poolId: pool === NEWSLETTER ? null : pool, askedOn }
    const seals = vault.fingerprints(seedOf(organisationId, link)).map(each => each.subarray(0, SEAL_BYTES))
    if (seals.some(each => timingSafeEqual(each, said)) && today <= addDays(askedOn, DAYS_GOOD)) return link
  }
  throw new DomainError('follow-link-unknown', { field: 'token' })
}
