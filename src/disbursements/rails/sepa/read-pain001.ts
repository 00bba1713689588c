/**
 * Reads a payment file the way a bank does before it takes it: is it the message that we agreed on, do count and sum
 * agree, can each account be reached. Used by the simulated bank, and by tests that hold it against the writer.
 */
import { parseIban } from '../../../platform/iban.ts'
import {
  child,
  childrenNamed,
  isSepaIdentifier,
  parseWireAmount,
  parseWireDay,
  parseWireInstant,
  readXml,
  textOf,
  type XmlElement,
  type XmlRefusal,
} from '../../../platform/iso20022/index.ts'
import { type CreditTransfer, type CreditTransferBatch, LARGEST_TRANSFER } from './credit-transfer.ts'
import { PAIN001_NAMESPACE } from './write-pain001.ts'

export type Pain001Refusal =
  | XmlRefusal
  | 'not-pain001'
  | 'more-than-one-payment-block'
  | 'unsupported'
  | 'missing'
  | 'identifier'
  | 'duplicate-end-to-end-id'
  | 'date'
  | 'amount'
  | 'iban'
  | 'count-or-sum-differs'

export type ReadPain001 =
  | { readonly ok: true; readonly batch: CreditTransferBatch }
  | { readonly ok: false; readonly reason: Pain001Refusal; readonly detail: string }

const MAX_CHARACTERS = 32 * 1024 * 1024

export function readPain001(file: string, maxCharacters = MAX_CHARACTERS): ReadPain001 {
  const xml = readXml(file, maxCharacters)
  if (!xml.ok) return xml
  try {
    return { ok: true, batch: batchOf(xml.root) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason, detail: error.message }
    throw error
  }
}

class Refused extends Error {
  readonly reason: Pain001Refusal

  constructor(reason: Pain001Refusal, detail: string) {
    super(detail)
    this.reason = reason
  }
}

function batchOf(root: XmlElement): CreditTransferBatch {
  const message = child(root, 'CstmrCdtTrfInitn')
  if (root.name !== 'Document' || root.attributes.xmlns !== PAIN001_NAMESPACE || !message) {
    throw new Refused('not-pain001', `the root must be a Document of ${PAIN001_NAMESPACE}`)
  }
  const [payment, ...others] = childrenNamed(message, 'PmtInf')
  if (others.length > 0) throw new Refused('more-than-one-payment-block', 'one PmtInf is read')
  only('TRF', payment, 'PmtMtd')
  only('true', payment, 'BtchBookg')
  only('SEPA', payment, 'PmtTpInf', 'SvcLvl', 'Cd')
  only('SLEV', payment, 'ChrgBr')

  const header = child(message, 'GrpHdr')
  const transfers = childrenNamed(payment, 'CdtTrfTxInf').map(transferOf)
  if (transfers.length === 0) throw new Refused('missing', 'CdtTrfTxInf')
  refuseDuplicates(transfers)
  checkTotals(header, transfers)
  checkTotals(payment, transfers)

  const bic = textOf(payment, 'DbtrAgt', 'FinInstnId', 'BICFI')
  const purpose = textOf(payment, 'PmtTpInf', 'CtgyPurp', 'Cd')
  return {
    messageId: identifier(header, 'MsgId'),
    createdAt: read('date', parseWireInstant, header, 'CreDtTm'),
    initiatingParty: required(header, 'InitgPty', 'Nm'),
    paymentInformationId: identifier(payment, 'PmtInfId'),
    requestedExecutionDate: read('date', parseWireDay, payment, 'ReqdExctnDt', 'Dt'),
    debtor: {
      name: required(payment, 'Dbtr', 'Nm'),
      iban: account(payment, 'DbtrAcct', 'Id', 'IBAN'),
      ...(bic === undefined ? {} : { bic }),
    },
    batchBooking: true,
    ...(purpose === undefined ? {} : { categoryPurpose: purpose }),
    transfers,
  }
}

function transferOf(element: XmlElement): CreditTransfer {
  const amount = child(element, 'Amt', 'InstdAmt')
  if (amount?.attributes.Ccy !== 'EUR') throw new Refused('unsupported', 'SEPA transfers are in EUR')
  return {
    endToEndId: identifier(element, 'PmtId', 'EndToEndId'),
    amount: read('amount', euroAmount, amount),
    currency: 'EUR',
    creditor: {
      name: required(element, 'Cdtr', 'Nm'),
      iban: account(element, 'CdtrAcct', 'Id', 'IBAN'),
    },
    remittance: textOf(element, 'RmtInf', 'Ustrd') ?? '',
  }
}

function euroAmount(text: string): bigint | null {
  const cents = parseWireAmount(text, 'EUR')
  return cents !== null && cents > 0n && cents <= LARGEST_TRANSFER ? cents : null
}

function refuseDuplicates(transfers: readonly CreditTransfer[]): void {
  if (new Set(transfers.map(({ endToEndId }) => endToEndId)).size < transfers.length) {
    throw new Refused('duplicate-end-to-end-id', 'each EndToEndId may occur once')
  }
}

function checkTotals(element: XmlElement | undefined, transfers: readonly CreditTransfer[]): void {
  const total = transfers.reduce((sum, { amount }) => sum + amount, 0n)
  const count = required(element, 'NbOfTxs')
  const sum = read('amount', text => parseWireAmount(text, 'EUR'), element, 'CtrlSum')
  if (count !== transfers.length.toString() || sum !== total) {
    throw new Refused(
      'count-or-sum-differs',
      `NbOfTxs or CtrlSum of ${element?.name} is not that of the transfers`,
    )
  }
}

function only(expected: string, element: XmlElement | undefined, ...path: string[]): void {
  if (required(element, ...path) !== expected) {
    throw new Refused('unsupported', `${path.join('/')} must be ${expected}`)
  }
}

function required(element: XmlElement | undefined, ...path: string[]): string {
  const text = textOf(element, ...path)
  if (text === undefined) throw new Refused('missing', [element?.name, ...path].join('/'))
  return text
}

function identifier(element: XmlElement | undefined, ...path: string[]): string {
  const text = required(element, ...path)
  if (!isSepaIdentifier(text)) throw new Refused('identifier', path.join('/'))
  return text
}

function account(element: XmlElement | undefined, ...path: string[]): string {
  const parsed = parseIban(required(element, ...path))
  if (!parsed.ok) throw new Refused('iban', `${path.join('/')}: ${parsed.reason}`)
  return parsed.iban
}

function read<Value>(
  reason: Pain001Refusal,
  parse: (text: string) => Value | null,
  element: XmlElement | undefined,
  ...path: string[]
): Value {
  const value = parse(required(element, ...path))
  if (value === null) throw new Refused(reason, [element?.name, ...path].join('/'))
  return value
}
