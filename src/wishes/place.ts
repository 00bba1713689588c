/** Where a reaction comes from, as little as is needed to count it once. */
import type { Vault } from '../platform/vault.ts'

/**
 * A keyed hash of the network, the wish and what is done: nobody can see from it which network it was, or that the same one
 * reacted to two wishes. `place`: the guard's short keyed hash, see `auth/origin.ts`.
 */
export const placeOn = (
  vault: Vault,
  reaction: 'agreement' | 'report',
  wishId: string,
  place: string,
): readonly Buffer[] => vault.fingerprints(`wish/${reaction}/${wishId}/${place}`)
