/** One booked entry of a statement, with what the bank shows of the payments behind it. */
import { child, childrenNamed, textOf, type XmlElement } from '../../platform/iso20022/index.ts'
import { type EntryContext, provided, readDetail } from './read-details.ts'
import { dayIn, isCredit, oneLine, signedAmount } from './read-values.ts'
import type { EntryReference } from './references.ts'
import { Refused } from './refusal.ts'
import type { BatchReference, BookedEntry, TransactionDetail } from './statement.ts'

export function readEntry(
  entry: XmlElement,
  { reference }: EntryReference,
  context: EntryContext,
): BookedEntry {
  const amount = signedAmount(entry, context.currency)
  const bookedOn = dayIn(entry, 'BookgDt')
  if (bookedOn === undefined) throw new Refused('missing', 'Ntry/BookgDt')
  const groups = childrenNamed(entry, 'NtryDtls')
  const elements = groups.flatMap(group => childrenNamed(group, 'TxDtls'))
  const numberOfTransactions = countOf(groups)
  const batch = batchOf(groups, elements)
  const additionalInformation = oneLine(textOf(entry, 'AddtlNtryInf') ?? '')
  return {
    reference,
    amount,
    currency: context.currency,
    bookedOn,
    valueOn: dayIn(entry, 'ValDt') ?? bookedOn,
    reversal: /^(true|1)$/.test(textOf(entry, 'RvslInd') ?? ''),
    bankTransactionCode: transactionCodeOf(entry),
    numberOfTransactions,
    ...(batch === undefined ? {} : { batch }),
    details: completed(
      elements.map(each => readDetail(each, isCredit(entry), context)),
      { amount, numberOfTransactions, additionalInformation },
    ),
    additionalInformation,
  }
}

// The one payment behind an entry is the entry: banks then leave its amount out, and some its description.
function completed(
  details: readonly TransactionDetail[],
  entry: Pick<BookedEntry, 'amount' | 'numberOfTransactions' | 'additionalInformation'>,
): readonly TransactionDetail[] {
  const [only] = details
  if (only === undefined || details.length > 1 || entry.numberOfTransactions > 1) return details
  return [
    {
      ...only,
      amount: only.amount ?? entry.amount,
      remittance: only.remittance || entry.additionalInformation,
    },
  ]
}

/** What the bank counts, else what it shows, and at least the one that there must have been. */
function countOf(groups: readonly XmlElement[]): number {
  let count = 0
  for (const group of groups) {
    const said = textOf(group, 'Btch', 'NbOfTxs')
    const isNumber = said !== undefined && /^\d{1,15}$/.test(said)
    count += isNumber ? Number(said) : Math.max(1, childrenNamed(group, 'TxDtls').length)
  }
  return Math.max(1, count)
}

// From the batch itself, else from its payments when they all name the same one.
function batchOf(groups: readonly XmlElement[], details: readonly XmlElement[]): BatchReference | undefined {
  const messageId = agreed(groups, 'Btch', 'MsgId') ?? agreed(details, 'Refs', 'MsgId')
  const paymentInformationId = agreed(groups, 'Btch', 'PmtInfId') ?? agreed(details, 'Refs', 'PmtInfId')
  if (messageId === undefined && paymentInformationId === undefined) return undefined
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(paymentInformationId === undefined ? {} : { paymentInformationId }),
  }
}

function agreed(elements: readonly XmlElement[], ...path: string[]): string | undefined {
  const [first, ...others] = elements.map(each => provided(textOf(each, ...path)))
  return first && others.every(other => other === first) ? first : undefined
}

function transactionCodeOf(entry: XmlElement): string | null {
  const domain = child(entry, 'BkTxCd', 'Domn')
  const parts = [textOf(domain, 'Cd'), textOf(domain, 'Fmly', 'Cd'), textOf(domain, 'Fmly', 'SubFmlyCd')]
  const code = parts.filter(part => part !== undefined).join('/')
  return code || (textOf(entry, 'BkTxCd', 'Prtry', 'Cd') ?? null)
}
