/** What each kind of change says, asked and answered: the forms of the pages are held to the same rules. */
import { z } from 'zod'
import { amountSchema, dateSchema, idSchema, plainText } from '../platform/http/amount.ts'
import { reasonSchema } from './reason.ts'

const terms = {
  name: plainText(2, 80),
  area: plainText(2, 80),
  monthlyAmount: amountSchema.min(100).max(100_000_000),
  termMonths: z.int().min(1).max(120),
  paydayOfMonth: z.int().min(1).max(31),
  feeBearer: z.enum(['pool', 'costs']),
}
export const newTerms = z
  .strictObject(terms)
  .partial()
  .refine(given => Object.keys(given).length > 0, 'must name a term')

const account = z.object({ iban: z.string(), holder: z.string() })
const allTerms = z.object(terms)
const fingerprint = z.string().meta({ description: 'Keyed hash of the keys, hexadecimal.' })

export const accountContent = z.object({ from: account, to: account })
export const termsContent = z.object({ from: allTerms, to: allTerms })
export const roleContent = z.object({
  personId: idSchema,
  role: z.enum(['approver', 'administrator']),
  poolId: idSchema.nullable(),
  lastDay: dateSchema.nullable(),
  standInFor: idSchema.nullable(),
})
export const keysContent = z.object({ from: fingerprint.nullable(), to: fingerprint })
export const nothingContent = z.object({})

const reason = { reason: reasonSchema }
export const newAccount = z.strictObject({
  ...{ kind: z.literal('own-iban'), ...reason },
  iban: z.string().trim().min(1).max(60),
  holder: plainText(2, 70),
})
export const newChange = z
  .discriminatedUnion('kind', [
    newAccount,
    z.strictObject({ kind: z.literal('pool-terms'), ...reason, poolId: idSchema, terms: newTerms }),
    z.strictObject({
      ...{ kind: z.literal('approving-role'), ...reason, personId: idSchema },
      role: z.enum(['approver', 'administrator']),
      poolId: idSchema.nullable().default(null).meta({ description: 'Null: the whole organisation.' }),
      lastDay: dateSchema.nullable().default(null).meta({ description: 'Of a stand-in.' }),
      standInFor: idSchema.nullable().default(null),
    }),
    z.strictObject({ kind: z.literal('provider-keys'), ...reason }),
    z.strictObject({ kind: z.literal('lift-freeze'), ...reason }),
  ])
  .meta({ id: 'NewChange' })
