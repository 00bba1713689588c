// A bank statement that says that a payment came back, as somebody could invent it.

import { bankStandings } from '../../src/reconciliation/index.ts'
import { writeCamt053 } from '../../src/simulation/bank/write-camt053.ts'
import type { TestApp } from '../support/app.ts'

/** A statement with one credit that says: your payment came back. */
/** One payment of the cycle. */
export async function returned(
  { deps, organisationId, owner }: TestApp,
  cycleId: string,
  on = '2027-04-05',
): Promise<string> {
  const [bank] = await bankStandings(deps.db, organisationId)
  const opening = bank?.lastStatement?.closing ?? 0n
  const { rows } = await owner.query(
    `select a.end_to_end_id, p.amount from disbursements.attempts a join disbursements.payouts p on p.id = a.payout_id
      where p.cycle_id = $1 limit 1`,
    [cycleId],
  )
  const reference = `TERUG-${cycleId.slice(-8)}`
  const amount = BigInt(rows[0].amount)
  const payment = {
    endToEndId: rows[0].end_to_end_id,
    amount,
    counterpartyName: null,
    counterpartyIban: null,
    remittance: 'terug',
    returnReason: 'AM05',
  }
  return writeCamt053({
    id: `${reference}-1`,
    sequenceNumber: 99n,
    iban: bank?.iban ?? '',
    holder: 'Stichting',
    createdAt: new Date(`${on}T10:00:00Z`),
    from: on,
    to: on,
    opening,
    closing: opening + amount,
    entries: [
      {
        reference,
        kind: 'return',
        amount,
        bookedOn: on,
        messageId: null,
        paymentInformationId: null,
        payments: [payment],
      },
    ],
  })
}
