/** Makes the donor's simulated bank transfer what the receipt asks, or something else to try. Only in demonstration mode. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { donationByReceipt, transferOfDonation } from '../../donations/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import { credit } from '../../simulation/bank/index.ts'
import { paths } from '../paths.ts'
import { type PageScope, seeOther } from '../scope.ts'

const params = z.object({ receiptToken: z.string().min(10).max(100) })
const body = z.object({ how: z.enum(['as-asked', 'less', 'more', 'mistyped', 'no-reference']) })

export function registerSimulatedTransfer(pages: App, scope: PageScope): void {
  const { deps, options } = scope
  pages.post(
    '/receipts/:receiptToken/simulated-transfers',
    { config: { permission: 'donations.give', limit: 'give' }, schema: { hide: true, params, body } },
    async (request, reply) => {
      const { receiptToken } = request.params
      const donation = await donationByReceipt(deps.db, deps.organisationId, receiptToken)
      const transfer = await transferOfDonation(deps.db, deps.organisationId, donation.id)
      if (!transfer) throw new DomainError('not-found', { field: 'receipt' })
      const { how } = request.body
      const asked = donation.amount + donation.costsShare
      const amounts: Partial<Record<typeof how, bigint>> = { less: (asked + 1n) / 2n, more: asked * 2n }
      const now = deps.clock.now()
      await inTransaction(deps.db, trx =>
        credit(trx, {
          iban: transfer.iban,
          amount: amounts[how] ?? asked,
          bookedOn: localDate(now),
          counterparty: { name: 'Gever uit de demonstratie' },
          remittance: typed(how, transfer.reference),
          now,
        }),
      )
      // The bank gives its statement by itself; here we only do not wait for it.
      await options.liveOn?.().catch(error => request.log.error({ err: error }, 'while living on'))
      return seeOther(reply, scope, paths.receipt(receiptToken), 'transfer-made')
    },
  )
}

/** As people type it, with words around. */
function typed(how: z.infer<typeof body>['how'], reference: string): string {
  if (how === 'no-reference') return 'voor het basisinkomen'
  const last = (Number(reference.at(-1)) + 1) % 10
  const written = how === 'mistyped' ? `${reference.slice(0, -1)}${last}` : reference
  return `gift ${written.toLowerCase().replace(/.{4}(?=.)/g, '$& ')} bedankt`
}
