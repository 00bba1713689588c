/**
 * The donor's own bank as a way to pay: what is opened is a reference, and the page that the donor is sent to is the
 * receipt, which says how to transfer. Asked again for the same gift it answers the same reference.
 */
import type { Deps } from '../../deps.ts'
import { addDays, localDate } from '../../platform/calendar/index.ts'
import { newWord } from '../../platform/id.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { poolById } from '../../pools/index.ts'
import type { CheckoutProvider } from '../provider.ts'
import { DIGITS, referenceWith } from './reference.ts'

/** What arrives later under the reference waits in suspense for a person. */
export const DAYS_OPEN = 30

const TRIES = 20

export function bankTransfer(deps: Deps): CheckoutProvider {
  const { db, clock, organisationId } = deps
  return {
    async createCheckout({ donationId, metadata, successUrl }) {
      const { bankAccountId } = await poolById(db, organisationId, metadata.poolId)
      const openUntil = addDays(localDate(clock.now()), DAYS_OPEN)
      for (let tries = 0; tries < TRIES; tries += 1) {
        const reference = referenceWith(newWord('0123456789', DIGITS))
        const kept = await inTransaction(db, async trx => {
          await trx
            .insertInto('donations.transferReferences')
            .values({ organisationId, reference, donationId, bankAccountId, openUntil })
            .onConflict(conflict => conflict.doNothing()) // somebody else's, or this gift has one
            .execute()
          return trx
            .selectFrom('donations.transferReferences')
            .select(['reference', 'openUntil'])
            .where('organisationId', '=', organisationId)
            .where('donationId', '=', donationId)
            .executeTakeFirst()
        })
        if (kept) {
          const expiresAt = new Date(`${kept.openUntil}T23:59:59Z`)
          return { providerCheckoutId: kept.reference, url: successUrl, expiresAt }
        }
      }
      throw new Error('no free reference was found')
    },
  }
}
