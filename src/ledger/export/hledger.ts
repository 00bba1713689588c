/**
 * A journal for hledger. Every posting asserts what its account holds after it, so that `hledger check` derives each
 * balance anew from the amounts, posting by posting, and finds whatever was changed, added or left out. At the end every
 * account asserts it once more, without moving, so that the last entries cannot be left out either.
 *
 * hledger takes transactions by date, and those of one day in the order of the file. Their date is therefore the day, in
 * UTC, on which they were recorded: recorded time never runs backwards within an account, and within one day entry ids
 * ascend with an account's versions. When it happened is the second date (`--date2` reports by it) and, to the moment, the
 * tag `effective`. A tag ends at a comma and a code at a
 * bracket, so keys and subjects, which may hold anything, are percent-encoded where they hold more than ids do.
 */
import type { JournalAccount, JournalEntry } from './entry.ts'
import { decimalText, type ExportFormat } from './format.ts'
import { dayText, momentText } from './moment.ts'

export const hledger: ExportFormat = {
  head: ({ organisationId, currencies, until }) =>
    [
      `; the ledger of organisation ${organisationId}, every entry${until === null ? '' : ` recorded until ${momentText(until)}`}`,
      '; a date is the day in UTC on which an entry was recorded, the second one that on which it happened (--date2)',
      '; debits are positive; each posting asserts the balance of its account after it',
      'decimal-mark .',
      // An example amount: with a point, even when the currency has no decimals.
      ...currencies.map(currency =>
        `commodity ${currency} ${decimalText(100_000n, currency)}`.replace(/ \d+$/, '$&.'),
      ),
      '\n',
    ].join('\n'),
  account: account =>
    `account ${accountName(account)}${account.poolId === null ? '' : `  ; pool:${account.poolId}`}\n`,
  entry(entry: JournalEntry) {
    const lines = entry.postings.map(
      ({ account, amount, balanceAfter }) =>
        `    ${accountName(account)}  ${amountText(amount, account)} = ${amountText(balanceAfter, account)}\n`,
    )
    return `\n${dayText(entry.recordedAt)}=${dayText(entry.effectiveAt)} (${encoded(entry.key)}) ${entry.kind}  ; ${tags(entry)}\n${lines.join('')}`
  },
  closing: (account, lastRecordedAt) =>
    `\n${dayText(lastRecordedAt)} closing\n    ${accountName(account)}  ${amountText(0n, account)} = ${amountText(account.balance, account)}\n`,
}

function tags({ id, nature, reverses, effectiveAt, recordedAt }: JournalEntry): string {
  return [
    `entry:${id}`,
    `nature:${nature}`,
    ...(reverses === null ? [] : [`reverses:${reverses}`]),
    `effective:${momentText(effectiveAt)}`,
    `recorded:${momentText(recordedAt)}`,
  ].join(', ')
}

const roots = { debit: 'assets', credit: 'liabilities', either: 'equity' } as const

/** The currency stands before the subject, and the subject is one part: no two accounts have the same name. */
function accountName({ kind, side, subject, currency }: JournalAccount): string {
  return `${roots[side]}:${kind}:${currency}${subject === '' ? '' : `:${encoded(subject, /[^\w.-]/gu)}`}`
}

const amountText = (amount: bigint, { currency }: JournalAccount) =>
  `${currency} ${decimalText(amount, currency)}`

/** Percent-encoding as in a URL. `%` itself is never left as it is, so it can be undone. */
function encoded(text: string, others = /[^\w.:/-]/gu): string {
  return text.replace(others, each => Buffer.from(each).toString('hex').toUpperCase().replace(/../g, '%$&'))
}
