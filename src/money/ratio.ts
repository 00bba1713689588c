/**
 * Parts per thousand, as integers: the one way this service says "how much of it", so that no float is needed for a
 * progress bar or a percentage either.
 */

/** Rounded down, so that something is called complete (1000) only when it is. Throws RangeError unless whole > 0. */
export function perMille(part: bigint, whole: bigint): bigint {
  if (whole <= 0n) throw new RangeError('a share needs a whole above zero')
  const scaled = part * 1000n
  const quotient = scaled / whole
  return scaled < 0n && scaled % whole !== 0n ? quotient - 1n : quotient
}
