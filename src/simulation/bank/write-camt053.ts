/**
 * Writes a statement as a bank does, camt.053.001.08: balances, one entry for each booking, and below a batch debit
 * each payment of it. Pure; what stands on the statement is decided by the caller.
 */
import { create } from 'xmlbuilder2'
import { money, toDecimal } from '../../money/index.ts'
import type { LocalDate } from '../../platform/calendar/index.ts'
import type { BookingKind } from './tables.ts'

export interface WrittenStatement {
  readonly id: string
  readonly sequenceNumber: bigint
  readonly iban: string
  readonly holder: string
  readonly createdAt: Date
  readonly from: LocalDate
  readonly to: LocalDate
  /** Signed cents, as all amounts here. */
  readonly opening: bigint
  readonly closing: bigint
  readonly entries: readonly WrittenEntry[]
}

export interface WrittenEntry {
  readonly reference: string
  readonly kind: BookingKind
  readonly amount: bigint
  readonly bookedOn: LocalDate
  readonly messageId: string | null
  readonly paymentInformationId: string | null
  readonly payments: readonly WrittenPayment[]
}

export interface WrittenPayment {
  readonly endToEndId: string | null
  readonly amount: bigint
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly remittance: string
  readonly returnReason: string | null
}

/** ISO 20022 bank transaction codes: family and sub-family within the domain PMNT. */
const CODES: Readonly<Record<BookingKind, readonly [family: string, subFamily: string]>> = {
  'batch-debit': ['ICDT', 'ESCT'],
  credit: ['RCDT', 'ESCT'],
  return: ['RCDT', 'RRTN'],
}

export function writeCamt053(statement: WrittenStatement): string {
  const { id, iban, from, to, opening, closing, entries } = statement
  const createdAt = `${statement.createdAt.toISOString().slice(0, 19)}Z`
  const document = {
    Document: {
      '@xmlns': 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08',
      BkToCstmrStmt: {
        GrpHdr: { MsgId: id, CreDtTm: createdAt },
        Stmt: {
          Id: id,
          ElctrncSeqNb: statement.sequenceNumber.toString(),
          CreDtTm: createdAt,
          FrToDt: { FrDtTm: `${from}T00:00:00`, ToDtTm: `${to}T23:59:59` },
          Acct: { Id: { IBAN: iban }, Ccy: 'EUR', Ownr: { Nm: statement.holder } },
          Bal: [balance('OPBD', opening, from), balance('CLBD', closing, to)],
          ...(entries.length === 0 ? {} : { Ntry: entries.map(entryElement) }),
        },
      },
    },
  }
  return create({ version: '1.0', encoding: 'UTF-8' }, document).end({ prettyPrint: true })
}

const balance = (code: string, amount: bigint, day: LocalDate) => ({
  Tp: { CdOrPrtry: { Cd: code } },
  ...signed(amount),
  Dt: { Dt: day },
})

// The amount itself never has a sign: the indicator is the only one.
const signed = (amount: bigint) => ({
  Amt: { '@Ccy': 'EUR', '#': toDecimal(money(amount < 0n ? -amount : amount, 'EUR')) },
  CdtDbtInd: amount < 0n ? 'DBIT' : 'CRDT',
})

function entryElement(entry: WrittenEntry, index: number) {
  const [family, subFamily] = CODES[entry.kind]
  return {
    NtryRef: (index + 1).toString(),
    ...signed(entry.amount),
    Sts: { Cd: 'BOOK' },
    BookgDt: { Dt: entry.bookedOn },
    ValDt: { Dt: entry.bookedOn },
    AcctSvcrRef: entry.reference,
    BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: family, SubFmlyCd: subFamily } } },
    NtryDtls: {
      ...(entry.kind === 'batch-debit' ? { Btch: batchElement(entry) } : {}),
      TxDtls: entry.payments.map(payment => paymentElement(entry, payment)),
    },
  }
}

const batchElement = ({ amount, payments, ...entry }: WrittenEntry) => {
  const { Amt, CdtDbtInd } = signed(amount)
  return { ...references(entry), NbOfTxs: payments.length.toString(), TtlAmt: Amt, CdtDbtInd }
}

const references = ({
  messageId,
  paymentInformationId,
}: Pick<WrittenEntry, 'messageId' | 'paymentInformationId'>) => ({
  ...(messageId === null ? {} : { MsgId: messageId }),
  ...(paymentInformationId === null ? {} : { PmtInfId: paymentInformationId }),
})

function paymentElement(entry: WrittenEntry, payment: WrittenPayment) {
  const { endToEndId, remittance, returnReason } = payment
  return {
    Refs: { ...references(entry), EndToEndId: endToEndId ?? 'NOTPROVIDED' },
    ...signed(payment.amount),
    ...partyElement(payment),
    ...(remittance === '' ? {} : { RmtInf: { Ustrd: remittance } }),
    ...(returnReason === null ? {} : { RtrInf: { Rsn: { Cd: returnReason } } }),
  }
}

// Whom the money came from or went to, whatever the roles were in an original payment.
function partyElement({ amount, counterpartyName, counterpartyIban }: WrittenPayment) {
  if (counterpartyName === null && counterpartyIban === null) return {}
  const role = amount < 0n ? 'Cdtr' : 'Dbtr'
  return {
    RltdPties: {
      ...(counterpartyName === null ? {} : { [role]: { Pty: { Nm: counterpartyName } } }),
      ...(counterpartyIban === null ? {} : { [`${role}Acct`]: { Id: { IBAN: counterpartyIban } } }),
    },
  }
}
