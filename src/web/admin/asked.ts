/** What a form asked, held to the API's own rules, with words for what is missing. */
import type { z } from 'zod'
import { reasonSchema } from '../../api/reason.ts'
import { DomainError } from '../../refusals.ts'

/** A field that was left empty was not filled in. */
export const filled = (body: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value.trim() !== ''))

const why = { nl: 'Schrijf op waarom, in 3 tot 500 tekens', en: 'Say why, in 3 to 500 characters' }
const words: Readonly<Record<string, { nl: string; en: string }>> = {
  name: { nl: 'Vul een naam in', en: 'Fill in a name' },
  email: { nl: 'Vul een goed e-mailadres in', en: 'Fill in a valid e-mail address' },
  role: { nl: 'Kies een rol', en: 'Choose a role' },
  lastDay: { nl: 'Vul een datum in', en: 'Fill in a date' },
  reason: why,
}

/** What was typed in a form's own reason field: several on one page have several names. */
export function reasonOf(body: Readonly<Record<string, string>> | null | undefined, field: string): string {
  const result = reasonSchema.safeParse(body?.[field] ?? '')
  if (result.success) return result.data
  throw new DomainError('invalid-request', { field, reason: why })
}

/** Throws `invalid-request`, naming the first field that is wrong. */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  const field = String(path.findLast(part => typeof part === 'string') ?? '')
  throw new DomainError('invalid-request', { field, reason: words[field] ?? field })
}
