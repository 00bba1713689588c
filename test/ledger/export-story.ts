/**
 * A ledger with everything in it that an export could stumble over: every kind of movement, shortfalls, reversals, two
 * currencies, ids that hold any character, many days, and a midnight that two entries pass in the other order.
 */
import fc from 'fast-check'
import type { Test } from 'tap'
import { type Movement, movements, post, reversalOf } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { anyMovement } from '../properties/ledger-movements.ts'
import { type TestLedger, testLedger } from './support.ts'

const at = new Date('2027-02-28T23:00:00Z')
const euro = { at, currency: 'EUR' } as const
const poolIds = [1, 2, 3].map(n => `00000000-0000-7000-8000-00000000000${n}`)

/** Some of them would be each other's names if nothing, or the wrong thing, were escaped. */
export const oddTexts = [
  ...[
    '=1+1',
    '+31',
    '-5',
    '@SUM(A1)',
    "'=1+1",
    '"',
    '"; drop',
    'a,b',
    'a;b',
    'a  ; b',
    'tab\there',
    'line\nbreak',
  ],
  ...[
    'ret\r\nurn',
    ')',
    '(x)',
    '[2027-01-01]',
    '{',
    '\\',
    'date:2020-01-01',
    'a:b',
    'a%3Ab',
    'a--3Ab',
    'a-b',
    'a--2Db',
  ],
  ...[
    'EUR',
    'b ',
    'B',
    'b',
    '-',
    '--',
    '-a',
    'é',
    'e\u0301',
    '₿ 😀',
    '%',
    '%25',
    'Id-b',
    'C:\\x',
    '#',
    '*',
    '!',
    '|',
  ],
]

export async function exportStory(t: Test): Promise<TestLedger> {
  const ledger = await testLedger(t)
  const postOne = (movement: Movement) => inTransaction(ledger.db, trx => post(trx, 1, [movement]))
  for (const poolId of poolIds) {
    await postOne(
      movements.grantReceived({
        ...euro,
        poolId,
        bankEntry: `grant-${poolId}`,
        bankAccountId: 'b',
        amount: 30_000n,
      }),
    )
  }
  for (const movement of decisions()) await postOne(movement)
  // What a fund or a debt cannot bear is refused; what goes through is enough.
  for (const [index, movement] of fc.sample(anyMovement, { numRuns: 700, seed: 7 }).entries()) {
    await postOne({ ...movement, key: `${movement.key}/${index}` }).catch(() => {})
  }
  for (const [index, text] of oddTexts.entries()) {
    const bankEntry = `${text}${text.length < 3 ? '...' : ''}`
    await postOne(
      movements.unrecognisedEntry({ ...euro, bankEntry, bankAccountId: text, amount: BigInt(index + 1) }),
    )
  }
  await postOne(
    movements.grantReceived({
      ...{ at, currency: 'ISK', poolId: poolIds[0] ?? '', bankEntry: 'isk-grant', bankAccountId: 'b' },
      amount: 5_000n,
    }),
  )
  await postOne(
    movements.costPaid({ ...euro, bankEntry: 'a-large-bill', bankAccountId: 'b', amount: 90_000n }),
  )
  for (const key of ['grant-of-reversal', 'bill-of-reversal']) {
    const movement = { ...euro, bankEntry: key, bankAccountId: 'b', amount: 1_200n }
    const poolId = poolIds[1] ?? ''
    await postOne(
      key.startsWith('bill')
        ? movements.costPaid(movement)
        : movements.grantReceived({ ...movement, poolId }),
    )
    await inTransaction(ledger.db, async trx => post(trx, 1, [await reversalOf(trx, 1, key, at)]))
  }
  await inTransaction(ledger.db, trx =>
    post(trx, 2, [
      movements.unrecognisedEntry({ ...euro, bankEntry: 'others', bankAccountId: 'x', amount: 7n }),
    ]),
  )
  for (const bankAccountId of ['before-midnight', 'after-midnight']) {
    const poolId = bankAccountId.startsWith('b')
      ? '00000000-0000-7000-8000-0000000000b0'
      : '00000000-0000-7000-8000-0000000000a0'
    for (const step of [1, 2]) {
      await postOne(
        movements.transferReceived({
          ...{ ...euro, poolId, bankAccountId, bankEntry: `${bankAccountId}-${step}`, amount: 100n },
        }),
      )
    }
  }
  await spreadOverDays(ledger)
  return ledger
}

/** What chance seldom brings about, because a fund must hold enough for it. */
function decisions(): Movement[] {
  const [poolId = '', toPoolId = ''] = poolIds
  const gift = {
    ...euro,
    poolId,
    transactionId: 'gift',
    gift: 9_000n,
    costsShare: 1_000n,
    fee: 0n,
    feeBearer: 'pool',
  } as const
  return [
    movements.donationReceived(gift),
    movements.donationAvailable(gift),
    movements.fundMoved({ ...euro, fromPoolId: poolId, toPoolId, sourceId: 'match', amount: 500n }),
    movements.lossReserveBuilt({ ...euro, decisionId: 'reserve', amount: 400n }),
    movements.lossCovered({ ...euro, poolId, decisionId: 'cover', amount: 150n }),
  ]
}

/**
 * Forty entries a day from February 2027 on, written down up to a month after they happened. The last entry but two is
 * recorded a day later than the two behind it.
 */
async function spreadOverDays({ owner }: TestLedger): Promise<void> {
  await owner.query(`
    set session_replication_role = replica;
    update ledger.entries set recorded_at = timestamptz '2027-02-01T23:59:59.999990Z'
      + id / 40 * interval '1 day' + id % 40 * interval '1 microsecond';
    update ledger.entries set recorded_at = recorded_at + interval '1 day' where key = 'before-midnight-2';
    update ledger.entries set effective_at = recorded_at - id * 17 % 30 * interval '1 day';
    update ledger.accounts a set recorded_at = (
      select max(e.recorded_at) from ledger.postings p
        join ledger.entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
       where p.organisation_id = a.organisation_id and p.account_id = a.id) where version > 0;
    set session_replication_role = origin`)
}

/** The export as one text. */
export const collect = () => {
  const pieces: string[] = []
  return { write: async (text: string) => void pieces.push(text), text: () => pieces.join('') }
}
