/** What long lists have in common: how much of one is asked, and where it goes on. */
import { z } from 'zod'

/** A bigint as text: it may outgrow a JSON number. */
export const numberSchema = z.string().regex(/^\d{1,18}$/, 'must be a whole number')

export const pageLimit = z.coerce.number().int().min(1).max(100).default(50)

/** The `Link` header to the next page: `query` as it was asked, with `cursor` in the place of the one in it. */
export function linkNext(
  path: string,
  query: object,
  cursor: Readonly<Record<string, bigint | string>>,
): string {
  const next = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, ...cursor }))
    if (value !== undefined) next.set(name, String(value))
  return `</v1${path}?${next}>; rel="next"`
}
