/** Why: asked for whatever somebody decides about people, settings and personal data, and kept on the trail. */
import { z } from 'zod'
import { plainText } from '../platform/http/amount.ts'

export const reasonSchema = plainText(3, 500).meta({
  description: 'Why. It stands on the trail for good: without personal data.',
})
export const becauseOf = z.strictObject({ reason: reasonSchema }).meta({ id: 'Because' })
/** For the steps of every month, which say for themselves why: only what is out of the ordinary. */
export const noteOf = z
  .strictObject({ reason: reasonSchema.optional() })
  .nullish()
  .meta({ description: 'What is out of the ordinary, if anything.' })
