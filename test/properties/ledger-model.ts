/**
 * A ledger small enough to believe: one signed position for each account, entries by key. The real one must say the
 * same of every batch, and end with the same positions.
 */
import type { AccountKind } from '../../src/ledger/chart.ts'
import type { Movement } from '../../src/ledger/index.ts'

export type Outcome = 'FundsTooLow' | 'key-conflict' | readonly ('posted' | 'already')[]

const funds: readonly AccountKind[] = [
  'fund-pending',
  'fund-available',
  'fund-disputed',
  'costs-pending',
  'costs-available',
]
const debts: readonly AccountKind[] = [
  'refunds-owed',
  'enrolment-reserved',
  'recipient-payable',
  'payout-sent',
  'loss-reserve',
]

export interface Model {
  readonly entries: ReadonlyMap<string, Movement>
  /** Debit positive, by 'kind subject'. A fund's position may be on either side: that is its shortfall. */
  readonly positions: ReadonlyMap<string, bigint>
}
export const emptyModel: Model = { entries: new Map(), positions: new Map() }

/** What becomes of a batch: all of it, or nothing. */
export function posted(model: Model, batch: readonly Movement[]): readonly [Outcome, Model] {
  const known = batch.map(each => model.entries.get(each.key))
  if (batch.some((each, n) => known[n] && contentOf(each) !== contentOf(known[n])))
    return ['key-conflict', model]
  if (batch.some(each => isCrooked(model, each))) return ['key-conflict', model]
  const entries = new Map(model.entries)
  const positions = new Map(model.positions)
  for (const movement of batch.filter((_, n) => !known[n])) {
    entries.set(movement.key, movement)
    for (const { account, amount } of movement.postings) {
      const name = nameOf(account)
      const position = (positions.get(name) ?? 0n) + amount
      const isFloor =
        debts.includes(account.kind) || (funds.includes(account.kind) && movement.nature === 'decision')
      if (isFloor && amount > 0n && position > 0n) return ['FundsTooLow', model]
      positions.set(name, position)
    }
  }
  return [known.map(each => (each ? 'already' : 'posted')), { entries, positions }]
}

/** The balances that accounts show: a fund never beyond zero, its shortfall beside it. */
export function balancesOf({ positions }: Model): Record<string, bigint> {
  const shown = [...positions].map(([name, position]): [string, bigint] => {
    const [kind = '', subject = ''] = name.split(' ')
    const isShort = position > 0n && funds.some(fund => fund === kind)
    return isShort ? [`shortfall ${kind}:${subject}`, position] : [name, position]
  })
  return Object.fromEntries(shown.filter(([, balance]) => balance !== 0n))
}

export function nameOf({ kind, subject }: { kind: string; subject: string }): string {
  return `${kind} ${subject}`
}

/** Two movements are the same when this is: amounts are added up by account. */
function contentOf({ kind, nature, effectiveAt, reverses, postings }: Movement): string {
  return [kind, nature, effectiveAt.toISOString(), reverses ?? '', ...sums(postings, 1n)].join('|')
}

function isCrooked({ entries }: Model, { key, reverses, postings }: Movement): boolean {
  if (reverses === undefined) return false
  const reversed = entries.get(key.replace(/:reversed$/, ''))
  return (
    !reversed ||
    reversed.reverses !== undefined ||
    `${sums(reversed.postings, -1n)}` !== `${sums(postings, 1n)}`
  )
}

function sums(postings: Movement['postings'], sign: bigint): string[] {
  const byAccount = new Map<string, bigint>()
  for (const { account, amount } of postings)
    byAccount.set(nameOf(account), (byAccount.get(nameOf(account)) ?? 0n) + sign * amount)
  return [...byAccount]
    .filter(([, amount]) => amount !== 0n)
    .map(each => each.join('='))
    .sort()
}
