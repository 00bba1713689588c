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

/**
 * What does not show: controls, marks of direction, joiners, breaks of lines, blanks that pass for letters. No name of Dutch or
 * Arabic needs one. Only the joiner within a picture stays, as of a family or a flag: Persian and Indian names are written
 * without theirs.
 */
const unseen =
  /(?!(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*)\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu

export const withoutUnseen = (text: string): string => text.replace(unseen, '')

/** Blanks, and what only changes the letter before it, are not counted. */
const seen = (text: string): number =>
  [...text.replace(/[\s\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')].length

/** What a person or program writes as text: nothing that does not show, and at least `min` characters that do. */
export const plainText = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(
      /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u200d)*$/u,
      'must not contain characters that do not show',
    )
    .refine(text => withoutUnseen(text) === text, 'must not contain characters that do not show')
    .refine(text => seen(text) >= min, `must have at least ${min} characters that show`)

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/, 'must be 8 to 200 visible characters')
    .meta({ description: 'Chosen by the caller; the same key and content have their effect once.' }),
})
