/**
 * A file for Beancount, versions 2 and 3. Dates are as in the export for hledger. Beancount's `balance` holds at the
 * beginning of a day, so each account asserts once what it holds, on the day after the last entry, to the last cent.
 */
import type { JournalAccount, JournalEntry } from './entry.ts'
import { decimalText, type ExportFormat } from './format.ts'
import { DAY, dayText, momentText } from './moment.ts'

export const beancount: ExportFormat = {
  head: ({ organisationId, currencies, until }) =>
    [
      `; the ledger of organisation ${organisationId}, every entry${until === null ? '' : ` recorded until ${momentText(until)}`}`,
      '; a date is the day in UTC on which an entry was recorded; its effective says when it happened',
      ...currencies.map(currency => `option "operating_currency" "${currency}"`),
      '\n',
    ].join('\n'),
  account: account =>
    [
      `${dayText(account.firstRecordedAt)} open ${accountName(account)} ${account.currency}\n`,
      `  subject: ${quoted(account.subject)}\n`,
      account.poolId === null ? '' : `  pool: ${quoted(account.poolId)}\n`,
    ].join(''),
  entry: (entry: JournalEntry) =>
    [
      `\n${dayText(entry.recordedAt)} * ${quoted(entry.kind)}\n`,
      `  entry: "${entry.id}"\n`,
      `  nature: "${entry.nature}"\n`,
      `  key: ${quoted(entry.key)}\n`,
      entry.reverses === null ? '' : `  reverses: "${entry.reverses}"\n`,
      `  effective: "${momentText(entry.effectiveAt)}"\n`,
      `  recorded: "${momentText(entry.recordedAt)}"\n`,
      ...entry.postings.map(
        ({ account, amount }) =>
          `  ${accountName(account)}  ${decimalText(amount, account.currency)} ${account.currency}\n`,
      ),
    ].join(''),
  // Without a tolerance of its own, Beancount would let a cent of difference pass.
  closing: (account, lastRecordedAt) =>
    `${dayText(lastRecordedAt + DAY)} balance ${accountName(account)}  ${decimalText(account.balance, account.currency)} ~ 0 ${account.currency}\n`,
}

const roots = { debit: 'Assets', credit: 'Liabilities', either: 'Equity' } as const

/** A part of a name begins with a capital or a digit. `Id-` sees to that for subjects, which may begin with anything. */
function accountName({ kind, side, subject, currency }: JournalAccount): string {
  const kindPart = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  return `${roots[side]}:${kindPart}:${currency}${subject === '' ? '' : `:Id-${encoded(subject)}`}`
}

/**
 * Only letters, digits and hyphens may stand in a name. Every other byte is written as two hyphens and its two hexadecimal
 * digits, and so is a hyphen that no letter or digit follows: two hyphens then always mean that, and it can be undone.
 */
function encoded(subject: string): string {
  return subject.replace(/[^A-Za-z0-9-]|-(?![A-Za-z0-9])/gu, each =>
    Buffer.from(each).toString('hex').toUpperCase().replace(/../g, '--$&'),
  )
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
