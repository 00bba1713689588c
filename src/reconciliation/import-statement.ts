/**
 * Imports a bank statement: what the bank booked is booked here, entry by entry, and nothing else moves the bank
 * account in the ledger. Statements of an account follow each other without a gap; one that was imported before
 * changes nothing. A crash leaves all of a file imported or nothing of it.
 */
import type { Transaction } from 'kysely'
import { type Actor, recordAct } from '../acts/index.ts'
import { archiveDocument } from '../archive/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { accounts, balanceOf, type Movement, movements, post } from '../ledger/index.ts'
import { type BankAccount, bankAccounts } from '../organisations/index.ts'
import { instantOf } from '../platform/calendar/index.ts'
import { inChunks } from '../platform/chunks.ts'
import { newId, sha256 } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { type BookedEntry, readCamt053, type Statement } from './camt053/index.ts'
import { matchEntries } from './match-entries.ts'
import { recordMatchedTransfers } from './match-transfer.ts'
import { recordOutcomes } from './record-outcomes.ts'
import { refusalWords } from './refusal-words.ts'

export interface ImportedStatement {
  readonly statementId: string
  readonly closing: bigint
  readonly entries: number
  /** Entries that nobody recognises yet. */
  readonly inSuspense: number
  readonly alreadyImported: boolean
}

/** Throws `statement-refused` with the reason, or `statement-out-of-order`. */
export async function importStatement(deps: Deps, actor: Actor, xml: string): Promise<ImportedStatement[]> {
  return inTransaction(deps.db, trx => importStatementWithin(trx, deps, actor, xml))
}

export async function importStatementWithin(
  trx: Transaction<DB>,
  deps: Deps,
  actor: Actor,
  xml: string,
): Promise<ImportedStatement[]> {
  const read = readCamt053(xml)
  if (!read.ok)
    throw new DomainError('statement-refused', { field: 'statement', reason: refusalWords[read.reason] })
  const { organisationId, vault, clock } = deps
  let documentId: string | undefined
  const archived = async () =>
    (documentId ??= await archiveDocument(trx, vault, {
      organisationId,
      kind: 'bank-statement',
      body: xml,
      now: clock.now(),
    }))
  const imported: ImportedStatement[] = []
  for (const statement of read.statements) {
    refuseUncountable(statement)
    imported.push(await importOne(trx, deps, actor, statement, archived))
  }
  return imported
}

/** Ten million million euro: beyond it something is wrong, and no account of ours could count it. */
const LARGEST_AMOUNT = 10n ** 15n

const LONGEST_ID = 100

/** What the ledger can hold, and more than any bank has. */
const FIRST_DAY = '1900-01-01'
const LAST_DAY = '9998-12-31'

function refuseUncountable({ id, opening, closing, entries }: Statement): void {
  if (id.length > LONGEST_ID) {
    throw new DomainError('statement-refused', { field: 'statement', reason: 'its number is too long' })
  }
  const amounts = [opening.amount, closing.amount, ...entries.map(entry => entry.amount)]
  if (amounts.some(amount => amount > LARGEST_AMOUNT || amount < -LARGEST_AMOUNT)) {
    throw new DomainError('statement-refused', { field: 'statement', reason: 'an amount is too large' })
  }
  const days = [opening.date, closing.date, ...entries.map(entry => entry.bookedOn)]
  if (days.some(day => day < FIRST_DAY || day > LAST_DAY)) {
    throw new DomainError('statement-refused', { field: 'statement', reason: 'a day is no day of a bank' })
  }
}

async function importOne(
  trx: Transaction<DB>,
  deps: Deps,
  actor: Actor,
  statement: Statement,
  archived: () => Promise<string>,
): Promise<ImportedStatement> {
  const { organisationId, clock } = deps
  const account = await lockAccount(trx, organisationId, statement)
  const result = {
    statementId: statement.id,
    closing: statement.closing.amount,
    entries: statement.entries.length,
    inSuspense: 0,
  }
  const previous = await lastStatement(trx, organisationId, account.id)
  if (await isKnown(trx, organisationId, account.id, statement)) return { ...result, alreadyImported: true }
  if (previous && previous.closing !== statement.opening.amount) {
    throw new DomainError('statement-out-of-order', {
      field: 'statement',
      reason: `opening ${statement.opening.amount} ≠ previous closing ${previous.closing}`,
    })
  }
  const id = newId()
  const now = clock.now()
  const entries = await withOwnReferences(trx, organisationId, account.id, statement)
  const matches = await matchEntries(trx, organisationId, account, entries)
  await trx
    .insertInto('reconciliation.statements')
    .values({
      organisationId,
      id,
      bankAccountId: account.id,
      statementId: statement.id,
      opening: statement.opening.amount,
      closing: statement.closing.amount,
      closingDate: statement.closing.date,
      position: (previous?.position ?? 0) + 1,
      documentId: await archived(),
      importedBy: actor.kind === 'person' ? actor.id : null,
      importedByKey: actor.kind === 'key' ? actor.id : null,
      importedAt: now,
    })
    .execute()
  const rows = matches.map(({ entry, matchedTo, matchedId, suspenseReason = null }) => ({
    organisationId,
    bankAccountId: account.id,
    reference: entry.reference,
    statementId: id,
    amount: entry.amount,
    bookedOn: entry.bookedOn,
    matchedTo,
    matchedId,
    suspenseReason,
  }))
  await inChunks(rows, some => trx.insertInto('reconciliation.bankEntries').values(some).execute())
  await recordOutcomes(trx, organisationId, matches)
  await recordMatchedTransfers(trx, organisationId, account.id, matches)
  const opening = previous ? [] : openingBalance(account, statement)
  await post(trx, organisationId, [...opening, ...matches.flatMap(match => match.movements)])
  await assertBankAgrees(trx, organisationId, account, statement)
  await recordAct(trx, organisationId, actor, {
    at: now,
    action: 'statement.import',
    subject: { kind: 'statement', id },
    detail: { entries: statement.entries.length, closing: statement.closing.amount.toString() },
  })
  const inSuspense = matches.filter(match => match.matchedTo === 'suspense').length
  return { ...result, inSuspense, alreadyImported: false }
}

/** Statements of one account are imported one after the other. */
async function lockAccount(
  trx: Transaction<DB>,
  organisationId: number,
  statement: Statement,
): Promise<BankAccount> {
  const account = (await bankAccounts(trx, organisationId)).find(each => each.iban === statement.iban)
  if (!account)
    throw new DomainError('statement-refused', {
      field: 'statement',
      reason: 'not an account of this organisation',
    })
  if (account.currency !== statement.currency) {
    throw new DomainError('statement-refused', {
      field: 'statement',
      reason: 'another currency than the account',
    })
  }
  await trx
    .selectFrom('organisations.bankAccounts')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', account.id)
    .forNoKeyUpdate()
    .execute()
  return account
}

async function lastStatement(trx: Transaction<DB>, organisationId: number, bankAccountId: string) {
  return trx
    .selectFrom('reconciliation.statements')
    .select(['closing', 'position'])
    .where('organisationId', '=', organisationId)
    .where('bankAccountId', '=', bankAccountId)
    .orderBy('position', 'desc')
    .executeTakeFirst()
}

async function isKnown(
  trx: Transaction<DB>,
  organisationId: number,
  bankAccountId: string,
  statement: Statement,
): Promise<boolean> {
  const known = await trx
    .selectFrom('reconciliation.statements')
    .select(['opening', 'closing'])
    .where('organisationId', '=', organisationId)
    .where('bankAccountId', '=', bankAccountId)
    .where('statementId', '=', statement.id)
    .executeTakeFirst()
  if (!known) return false
  if (known.opening !== statement.opening.amount || known.closing !== statement.closing.amount) {
    throw new DomainError('statement-refused', {
      field: 'statement',
      reason: 'a statement with this number was imported with other balances',
    })
  }
  return true
}

/**
 * Banks use a reference again, so one that is known gets its statement's name behind it; but the very same entry on
 * another statement means that two files overlap, and booking it twice would be worse than refusing.
 */
async function withOwnReferences(
  trx: Transaction<DB>,
  organisationId: number,
  bankAccountId: string,
  { id, entries: given }: Statement,
): Promise<BookedEntry[]> {
  if (given.length === 0) return []
  const entries = given.map(entry => ({ ...entry, reference: short(entry.reference) }))
  const known = await trx
    .selectFrom('reconciliation.bankEntries')
    .select(['reference', 'amount', 'bookedOn'])
    .where('organisationId', '=', organisationId)
    .where('bankAccountId', '=', bankAccountId)
    .where(
      'reference',
      'in',
      entries.map(entry => entry.reference),
    )
    .execute()
  const byReference = new Map(known.map(row => [row.reference, row]))
  return entries.map(entry => {
    const earlier = byReference.get(entry.reference)
    if (!earlier) return entry
    if (earlier.amount === entry.amount && earlier.bookedOn === entry.bookedOn) {
      throw new DomainError('statement-refused', {
        field: 'statement',
        reason: `${entry.reference} was imported before`,
      })
    }
    return { ...entry, reference: short(`${entry.reference}@${id}`) }
  })
}

/** It becomes part of a ledger key, which has a length; what is longer is told apart by its hash. */
const LONGEST_REFERENCE = 120
const short = (reference: string) =>
  reference.length <= LONGEST_REFERENCE ? reference : sha256(reference).toString('hex')

/** What stood on the account before the first statement came from before the ledger: somebody says what it was. */
function openingBalance(account: BankAccount, { opening, currency }: Statement): Movement[] {
  if (opening.amount === 0n) return []
  return [
    movements.unrecognisedEntry({
      bankEntry: `${account.id}/opening`,
      bankAccountId: account.id,
      amount: opening.amount,
      currency,
      at: instantOf(opening.date, '00:00'),
    }),
  ]
}

async function assertBankAgrees(
  trx: Transaction<DB>,
  organisationId: number,
  account: BankAccount,
  statement: Statement,
) {
  const ours = await balanceOf(trx, organisationId, accounts.bank(account.id), account.currency)
  if (ours !== statement.closing.amount) {
    throw new Error(`bank account ${account.id}: ledger ${ours}, statement ${statement.closing.amount}`)
  }
}
