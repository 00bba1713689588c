/**
 * Writes the file that an administrator uploads to the bank: pain.001.001.09, one payment block, one batch debit.
 * Postal addresses are left out (unstructured ones are refused since 15 November 2026) and so is the creditor's
 * bank, which follows from the IBAN.
 *
 * Source: ISO 20022 pain.001.001.09; EPC132-08 "SEPA Credit Transfer C2PSP Implementation Guidelines".
 */
import { create } from 'xmlbuilder2'
import { money, toDecimal } from '../../../money/index.ts'
import { isLocalDate } from '../../../platform/calendar/index.ts'
import { parseIban } from '../../../platform/iban.ts'
import { isSepaIdentifier, LONGEST_REMITTANCE, sepaName, sepaText } from '../../../platform/iso20022/index.ts'
import {
  type CreditTransfer,
  type CreditTransferBatch,
  LARGEST_TRANSFER,
  PaymentFileRefused,
} from './credit-transfer.ts'

export const PAIN001_NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'

/**
 * Throws PaymentFileRefused, and then writes nothing. Names and remittance text are written in SEPA's characters and
 * cut to its lengths; identifiers, accounts and amounts are written as they are or refused.
 */
export function writePain001(batch: CreditTransferBatch): string {
  if (batch.transfers.length === 0) throw new PaymentFileRefused('no-transfers', 'transfers')
  refuseDuplicates(batch.transfers)
  const counted = {
    NbOfTxs: batch.transfers.length.toString(),
    CtrlSum: decimal(batch.transfers.reduce((total, transfer) => total + transfer.amount, 0n)),
  }
  const transfers = batch.transfers.map(transferElement)
  const document = {
    Document: {
      '@xmlns': PAIN001_NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: identifier(batch.messageId, 'messageId'),
          CreDtTm: `${batch.createdAt.toISOString().slice(0, 19)}Z`,
          ...counted,
          InitgPty: { Nm: name(batch.initiatingParty, 'initiatingParty') },
        },
        PmtInf: {
          PmtInfId: identifier(batch.paymentInformationId, 'paymentInformationId'),
          PmtMtd: 'TRF',
          BtchBookg: batch.batchBooking.toString(),
          ...counted,
          PmtTpInf: { SvcLvl: { Cd: 'SEPA' }, ...categoryPurpose(batch.categoryPurpose) },
          ReqdExctnDt: { Dt: executionDate(batch.requestedExecutionDate) },
          Dbtr: { Nm: name(batch.debtor.name, 'debtor.name') },
          DbtrAcct: { Id: { IBAN: account(batch.debtor.iban, 'debtor.iban') }, Ccy: 'EUR' },
          DbtrAgt: { FinInstnId: debtorBank(batch.debtor.bic) },
          ChrgBr: 'SLEV',
          CdtTrfTxInf: transfers,
        },
      },
    },
  }
  return create({ version: '1.0', encoding: 'UTF-8' }, document).end({ prettyPrint: true })
}

function transferElement(transfer: CreditTransfer, index: number) {
  const field = `transfers[${index}]`
  if (transfer.amount <= 0n || transfer.amount > LARGEST_TRANSFER) {
    throw new PaymentFileRefused('amount', `${field}.amount`)
  }
  const remittance = sepaText(transfer.remittance, LONGEST_REMITTANCE)
  return {
    PmtId: { EndToEndId: identifier(transfer.endToEndId, `${field}.endToEndId`) },
    Amt: { InstdAmt: { '@Ccy': transfer.currency, '#': decimal(transfer.amount) } },
    Cdtr: { Nm: name(transfer.creditor.name, `${field}.creditor.name`) },
    CdtrAcct: { Id: { IBAN: account(transfer.creditor.iban, `${field}.creditor.iban`) } },
    ...(remittance === '' ? {} : { RmtInf: { Ustrd: remittance } }),
  }
}

function refuseDuplicates(transfers: readonly CreditTransfer[]): void {
  const seen = new Set<string>()
  for (const [index, { endToEndId }] of transfers.entries()) {
    if (seen.has(endToEndId))
      throw new PaymentFileRefused('duplicate-end-to-end-id', `transfers[${index}].endToEndId`)
    seen.add(endToEndId)
  }
}

const decimal = (cents: bigint): string => toDecimal(money(cents, 'EUR'))

function identifier(text: string, field: string): string {
  if (!isSepaIdentifier(text)) throw new PaymentFileRefused('identifier', field)
  return text
}

function name(text: string, field: string): string {
  const written = sepaName(text)
  if (written === null) throw new PaymentFileRefused('name', field)
  return written
}

function account(text: string, field: string): string {
  const parsed = parseIban(text)
  if (!parsed.ok) throw new PaymentFileRefused('iban', field)
  return parsed.iban
}

function executionDate(day: string): string {
  if (!isLocalDate(day)) throw new PaymentFileRefused('execution-date', 'requestedExecutionDate')
  return day
}

function categoryPurpose(code: string | undefined) {
  if (code === undefined) return {}
  if (!/^[A-Z0-9]{4}$/.test(code)) throw new PaymentFileRefused('category-purpose', 'categoryPurpose')
  return { CtgyPurp: { Cd: code } }
}

// The schema wants the debtor's bank, SEPA no longer does: this is how a file says that it follows from the IBAN.
function debtorBank(bic: string | undefined) {
  if (bic === undefined) return { Othr: { Id: 'NOTPROVIDED' } }
  if (!/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic))
    throw new PaymentFileRefused('bic', 'debtor.bic')
  return { BICFI: bic }
}
