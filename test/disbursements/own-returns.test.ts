// What came back is paid again only with other eyes: whoever brought in the statement that says that it came back does
// not also make the file that pays it again. Else one person could invent a return and send the money a second time.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { makePaymentFile } from '../../src/disbursements/index.ts'
import { bankStandings, importStatement } from '../../src/reconciliation/index.ts'
import { writeCamt053 } from '../../src/simulation/bank/write-camt053.ts'
import { testApp } from '../support/app.ts'
import { actor, approved, fund, outcomes, recipient, sent } from './run.ts'

t.test('an invented return cannot be paid again by who invented it', async t => {
  const api = await testApp(t)
  await fund(api, 1_000_000)
  const enrolmentId = await recipient(api, 'NL35MEEN0000000004')
  const cycleId = await approved(api, '2027-03')
  await sent(api, cycleId)
  await api.liveTo('2027-04-05')
  t.strictSame(await outcomes(api, cycleId), { [enrolmentId]: 'paid' })
  await importStatement(api.deps, actor(api, 'treasurer'), await returned(api))
  t.strictSame(await outcomes(api, cycleId), { [enrolmentId]: 'returned AM05' })
  const again = () => ({ cycleId, idempotencyKey: randomUUID() })
  const own = makePaymentFile(api.deps, actor(api, 'treasurer'), again())
  await t.rejects(own, { code: 'maker-is-approver' })
  t.type(await makePaymentFile(api.deps, actor(api, 'operator'), again()), 'string', 'somebody else may')
})

/** A statement with one credit that says: your payment came back. */
async function returned({
  deps,
  organisationId,
  owner,
}: Awaited<ReturnType<typeof testApp>>): Promise<string> {
  const [bank] = await bankStandings(deps.db, organisationId)
  const opening = bank?.lastStatement?.closing ?? 0n
  const { rows } = await owner.query(`
    select a.end_to_end_id, p.amount from disbursements.attempts a join disbursements.payouts p on p.id = a.payout_id`)
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
    id: 'VERZONNEN-1',
    sequenceNumber: 99n,
    iban: bank?.iban ?? '',
    holder: 'Stichting',
    createdAt: new Date('2027-04-05T10:00:00Z'),
    from: '2027-04-05',
    to: '2027-04-05',
    opening,
    closing: opening + amount,
    entries: [
      {
        reference: 'VERZONNEN',
        kind: 'return',
        amount,
        bookedOn: '2027-04-05',
        messageId: null,
        paymentInformationId: null,
        payments: [payment],
      },
    ],
  })
}
