/** The payments behind one entry: who, how much, which of ours, and why it came back if it did. */

import type { Currency } from '../../money/index.ts'
import {
  child,
  childrenNamed,
  parseWireAmount,
  textOf,
  type XmlElement,
} from '../../platform/iso20022/index.ts'
import { isCredit, oneLine } from './read-values.ts'
import type { TransactionDetail } from './statement.ts'

export interface EntryContext {
  readonly iban: string
  readonly currency: Currency
}

/** `isCreditEntry` is the entry's own side, for the versions in which a detail has no sign of its own. */
export function readDetail(
  detail: XmlElement,
  isCreditEntry: boolean,
  context: EntryContext,
): TransactionDetail {
  const isIncoming = child(detail, 'CdtDbtInd') ? isCredit(detail) : isCreditEntry
  const endToEndId = provided(textOf(detail, 'Refs', 'EndToEndId'))
  const returnReason = textOf(detail, 'RtrInf', 'Rsn', 'Cd') ?? textOf(detail, 'RtrInf', 'Rsn', 'Prtry')
  const reference = provided(textOf(detail, 'Refs', 'AcctSvcrRef'))
  // A return in the bank's own words (a remittance text with /RTRN/ in it) is not believed: anybody who sends us
  // a cent can write that.
  const isReturn = child(detail, 'RtrInf') !== undefined || textOf(detail, ...SUB_FAMILY) === 'RRTN'
  return {
    endToEndId,
    amount: amountOf(detail, isIncoming, context.currency),
    ...counterpartyOf(detail, isIncoming, context.iban),
    remittance: remittanceOf(detail),
    ...(returnReason === undefined ? {} : { returnReason }),
    ...(isReturn && endToEndId !== null ? { originalEndToEndId: endToEndId } : {}),
    ...(reference === null ? {} : { accountServicerReference: reference }),
  }
}

const SUB_FAMILY = ['BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd'] as const

/** Banks write NOTPROVIDED where the schema wants an identifier and the payer gave none. */
export function provided(text: string | undefined): string | null {
  return text === undefined || /^(NOTPROVIDED|NOT PROVIDED|NONREF)$/i.test(text) ? null : text
}

// What the booking is of (Amt since .04, TxAmt before), else what was instructed; each only if in our currency.
const AMOUNT_PATHS = [['Amt'], ['AmtDtls', 'TxAmt', 'Amt'], ['AmtDtls', 'InstdAmt', 'Amt']] as const

function amountOf(detail: XmlElement, isIncoming: boolean, currency: Currency): bigint | null {
  for (const path of AMOUNT_PATHS) {
    const amount = child(detail, ...path)
    if (amount?.attributes.Ccy !== currency) continue
    const minor = parseWireAmount(amount.text, currency)
    if (minor !== null) return isIncoming ? minor : -minor
  }
  return null
}

// The other side of the booking. On a return some banks keep the roles of the original payment, in which we are the
// debtor of money that comes in: then the side that is not our account is the counterparty.
function counterpartyOf(detail: XmlElement, isIncoming: boolean, ownIban: string) {
  const parties = child(detail, 'RltdPties')
  const debtor = partyOf(parties, 'Dbtr')
  const creditor = partyOf(parties, 'Cdtr')
  const [expected, other] = isIncoming ? [debtor, creditor] : [creditor, debtor]
  const isOurselves = expected.counterpartyIban === ownIban
  const isUnknown = expected.counterpartyIban === undefined && expected.counterpartyName === undefined
  return (isOurselves || isUnknown) && other.counterpartyIban !== ownIban ? other : expected
}

function partyOf(parties: XmlElement | undefined, role: 'Dbtr' | 'Cdtr') {
  // Since .08 a party is wrapped once more; it can also be a bank.
  const name =
    textOf(parties, role, 'Nm') ??
    textOf(parties, role, 'Pty', 'Nm') ??
    textOf(parties, role, 'Agt', 'FinInstnId', 'Nm')
  const iban = textOf(parties, `${role}Acct`, 'Id', 'IBAN')
  return {
    ...(name === undefined ? {} : { counterpartyName: oneLine(name) }),
    ...(iban === undefined ? {} : { counterpartyIban: iban.replace(/\s/g, '').toUpperCase() }),
  }
}

function remittanceOf(detail: XmlElement): string {
  const information = child(detail, 'RmtInf')
  const structured = childrenNamed(information, 'Strd').flatMap(each => [
    textOf(each, 'CdtrRefInf', 'Ref'),
    ...childrenNamed(each, 'AddtlRmtInf').map(line => line.text),
  ])
  const lines = [...childrenNamed(information, 'Ustrd').map(each => each.text), ...structured]
  return oneLine(lines.filter(line => line !== undefined).join(' '))
}
