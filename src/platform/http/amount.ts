/** Amounts at the edge: bigint inside, a JSON integer of minor units outside, exact or refused. */
import { z } from 'zod'

/** Throws on an amount that a JSON number cannot hold exactly: beyond 90 trillion euro something is wrong. */
export function amountOut(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new Error(`${value} does not fit a JSON number`)
  return number
}

export const amountSchema = z.int().meta({ description: 'Integer of minor units (cents).' })
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
  .meta({ description: 'ISO 4217 code.' })
export const dateSchema = z.iso.date().meta({ description: 'Calendar day in Europe/Amsterdam.' })
export const instantSchema = z.iso.datetime().meta({ description: 'RFC 3339 time in UTC.' })
export const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
  .meta({ description: 'Month, YYYY-MM.' })
/** In one writing: what is sealed is sealed for the id as it is stored. */
export const idSchema = z.uuid().toLowerCase().meta({ description: 'Opaque identifier.' })

/** What a person or program writes as text: nothing that does not show, which a database or a bank could not keep. */
export const plainText = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u, 'must not contain control characters')

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/, 'must be 8 to 200 visible characters')
    .meta({ description: 'Chosen by the caller; the same key and content have their effect once.' }),
})
